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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a client's TLS handshake does on elliptic curves, by the JDK and by BouncyCastle. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(3)
public class EllipticCurves {

    private static Provider provider(String name) {
        return name.equals("jdk") ? Security.getProvider("SunEC") : new BouncyCastleProvider();
    }

    /** What a server has signed. */
    @State(Scope.Thread)
    public static class Signed extends InTurns {
        private static final String ECDSA = "secp256r1";

        @Param({"jdk", "bouncycastle"})
        private String provider;

        @Param({ECDSA, "Ed25519"})
        private String curve;

        private Provider algorithms;
        private String algorithm;
        /** As long as what a server signs in TLS 1.3, with SHA-256 (RFC 8446 4.4.3). */
        private final byte[] signed = Talk.payload(130);

        private KeyPair keys;
        private byte[] signature;

        /** Does the server's part. */
        @Setup
        public void sign() throws GeneralSecurityException {
            boolean ecdsa = curve.equals(ECDSA);
            algorithms = provider(provider);
            algorithm = ecdsa ? "SHA256withECDSA" : curve;
            KeyPairGenerator generator = KeyPairGenerator.getInstance(ecdsa ? "EC" : curve, algorithms);
            if (ecdsa) {
                generator.initialize(new ECGenParameterSpec(curve));
            }
            keys = generator.generateKeyPair();
            Signature signing = Signature.getInstance(algorithm, algorithms);
            signing.initSign(keys.getPrivate());
            signing.update(signed);
            signature = signing.sign();
        }
    }

    /** A server to agree with. */
    @State(Scope.Thread)
    public static class Peer extends InTurns {
        @Param({"jdk", "bouncycastle"})
        private String provider;

        @Param({"X25519", "X448"})
        private String curve;

        private Provider algorithms;
        private KeyPair keys;

        /** Makes its keys. */
        @Setup
        public void make() throws GeneralSecurityException {
            algorithms = provider(provider);
            keys = KeyPairGenerator.getInstance(curve, algorithms).generateKeyPair();
        }
    }

    /** Verifies a signature. */
    @Benchmark
    public boolean verify(Signed of) throws GeneralSecurityException {
        Signature verifying = Signature.getInstance(of.algorithm, of.algorithms);
        verifying.initVerify(of.keys.getPublic());
        verifying.update(of.signed);
        if (!verifying.verify(of.signature)) {
            throw new IllegalStateException("expected the signature to be good");
        }
        return true;
    }

    /** Makes a key for one handshake and agrees with the peer's. */
    @Benchmark
    public byte[] agree(Peer with) throws GeneralSecurityException {
        KeyPair own = KeyPairGenerator.getInstance(with.curve, with.algorithms).generateKeyPair();
        KeyAgreement agreement = KeyAgreement.getInstance(with.curve, with.algorithms);
        agreement.init(own.getPrivate());
        agreement.doPhase(with.keys.getPublic(), true);
        return agreement.generateSecret();
    }
}
