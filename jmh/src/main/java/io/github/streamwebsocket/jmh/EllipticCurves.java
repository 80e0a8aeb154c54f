package io.github.streamwebsocket.jmh;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.concurrent.TimeUnit;
import javax.crypto.KeyAgreement;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/** What a client's TLS handshake does on elliptic curves, by the JDK and by BouncyCastle. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class EllipticCurves extends InTurns {
    private static final String ECDSA = "SHA256withECDSA";
    private static final String X25519 = "X25519";

    @Param({"jdk", "bouncycastle"})
    private String provider;

    private Provider algorithms;
    /** As long as what a server signs in TLS 1.3, with SHA-256 (RFC 8446 4.4.3). */
    private final byte[] signed = Talk.payload(130);

    private KeyPair keys;
    private byte[] signature;
    private KeyPair peer;

    /** Makes the server's part. */
    @Setup
    public void sign() throws GeneralSecurityException {
        algorithms = provider.equals("jdk") ? Security.getProvider("SunEC") : new BouncyCastleProvider();
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", algorithms);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
        Signature signing = Signature.getInstance(ECDSA, algorithms);
        signing.initSign(keys.getPrivate());
        signing.update(signed);
        signature = signing.sign();
        peer = KeyPairGenerator.getInstance(X25519, algorithms).generateKeyPair();
    }

    /** Verifies a signature on P-256. */
    @Benchmark
    public boolean verify() throws GeneralSecurityException {
        Signature verifying = Signature.getInstance(ECDSA, algorithms);
        verifying.initVerify(keys.getPublic());
        verifying.update(signed);
        if (!verifying.verify(signature)) {
            throw new IllegalStateException("expected the signature to be good");
        }
        return true;
    }

    /** Makes a key for one handshake and agrees with the peer's. */
    @Benchmark
    public byte[] agree() throws GeneralSecurityException {
        KeyPair own = KeyPairGenerator.getInstance(X25519, algorithms).generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance(X25519, algorithms);
        agreement.init(own.getPrivate());
        agreement.doPhase(peer.getPublic(), true);
        return agreement.generateSecret();
    }
}
