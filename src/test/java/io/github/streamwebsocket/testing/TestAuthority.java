package io.github.streamwebsocket.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority, made for a test, whose certificates say what the test wants them to say. */
public final class TestAuthority {
    private static final Duration DAY = Duration.ofDays(1);

    private final X500Name name;
    private final KeyPair keys;
    private final AtomicInteger issued = new AtomicInteger();

    private TestAuthority(X500Name name, KeyPair keys) {
        this.name = name;
        this.keys = keys;
    }

    /** Makes one that signs with a key on P-256. */
    public static TestAuthority named(String name) {
        return new TestAuthority(name(name), keys("secp256r1"));
    }

    private static X500Name name(String name) {
        return new X500Name("CN=" + name);
    }

    /** Makes keys on a curve ("secp256r1"), for EdDSA ("Ed25519"), or of 2048 bits ("RSA"). */
    public static KeyPair keys(String kind) {
        boolean curve = kind.startsWith("secp");
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(curve ? "EC" : kind);
            if (curve) {
                generator.initialize(new ECGenParameterSpec(kind));
            } else if (kind.equals("RSA")) {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public X500Name name() {
        return name;
    }

    /** Makes the authority's own certificate, which may sign those of servers and clients. */
    public X509Certificate certificate() {
        X509v3CertificateBuilder own =
                certificateOf(name, keys.getPublic(), Instant.now().minus(DAY), DAY.multipliedBy(2));
        try {
            own.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            own.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        } catch (CertIOException e) {
            throw new AssertionError(e);
        }
        return sign(own);
    }

    /** Begins a certificate that is valid from yesterday to tomorrow; the test adds what else it says. */
    public X509v3CertificateBuilder certificateOf(String subject, PublicKey key) {
        return certificateOf(subject, key, Instant.now().minus(DAY), DAY.multipliedBy(2));
    }

    /** The same for a time of one's own. */
    public X509v3CertificateBuilder certificateOf(String subject, PublicKey key, Instant from, Duration validity) {
        return certificateOf(name(subject), key, from, validity);
    }

    private X509v3CertificateBuilder certificateOf(X500Name subject, PublicKey key, Instant from, Duration validity) {
        BigInteger serial = BigInteger.valueOf(issued.incrementAndGet());
        return new JcaX509v3CertificateBuilder(
                name, serial, Date.from(from), Date.from(from.plus(validity)), subject, key);
    }

    /** Ends a certificate. */
    public X509Certificate sign(X509v3CertificateBuilder certificate) {
        try {
            return new JcaX509CertificateConverter().getCertificate(certificate.build(signer()));
        } catch (CertificateException e) {
            throw new AssertionError(e);
        }
    }

    /** Signs with the authority's key whatever else it vouches for. */
    public ContentSigner signer() {
        try {
            return new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
        } catch (OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
