package io.github.streamwebsocket.internal.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Issues certificates for the tests of revocation, all valid around one day. */
final class StatusAuthority {
    /** When the tests take place. */
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static final AtomicLong SERIAL_NUMBERS = new AtomicLong(1000);

    /** A certificate and its key. */
    record Holder(Certificate certificate, PrivateKey key) {
        ContentSigner signer() {
            return signer("SHA256withECDSA");
        }

        ContentSigner signer(String algorithm) {
            try {
                return new JcaContentSignerBuilder(algorithm).build(key);
            } catch (OperatorCreationException e) {
                throw new IllegalStateException(e);
            }
        }

        X500Name name() {
            return certificate.subject();
        }

        BigInteger serialNumber() {
            return certificate.serialNumber();
        }
    }

    /** One extension of a certificate to be. */
    record With(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        static With keyUsage(int bits) {
            return new With(Extension.keyUsage, true, new KeyUsage(bits));
        }
    }

    final Holder self;

    /** Whoever has a key, whether it is an authority or not. */
    StatusAuthority(Holder self) {
        this.self = self;
    }

    /** A root that may sign certificates and lists. */
    static StatusAuthority root(String name) {
        return root(name, KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    static StatusAuthority root(String name, int keyUsage) {
        KeyPair pair = pair();
        X500Name subject = new X500Name("CN=" + name);
        return new StatusAuthority(
                make(subject, subject, pair, pair.getPrivate(), validity(-500, 500), authority(keyUsage)));
    }

    /** An authority below this one. */
    StatusAuthority below(String name) {
        return below(name, validity(-100, 100));
    }

    StatusAuthority below(String name, Instant[] validity) {
        return new StatusAuthority(issue(name, validity, authority(KeyUsage.keyCertSign | KeyUsage.cRLSign)));
    }

    Holder issue(String name, With... extensions) {
        return issue(name, validity(-100, 100), extensions);
    }

    /** Issues a certificate that is valid from one day to another, counted from today. */
    Holder issue(String name, Instant[] validity, With... extensions) {
        return make(self.name(), new X500Name("CN=" + name), pair(), self.key(), validity, extensions);
    }

    Certificate certificate() {
        return self.certificate();
    }

    static Instant[] validity(int fromDay, int toDay) {
        return new Instant[] {day(fromDay), day(toDay)};
    }

    static Instant day(int fromToday) {
        return NOW.plus(Duration.ofDays(fromToday));
    }

    private static With[] authority(int keyUsage) {
        return new With[] {
            new With(Extension.basicConstraints, true, new BasicConstraints(true)), With.keyUsage(keyUsage)
        };
    }

    private static Holder make(
            X500Name issuer,
            X500Name subject,
            KeyPair pair,
            PrivateKey signer,
            Instant[] validity,
            With... extensions) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIAL_NUMBERS.incrementAndGet()),
                    Date.from(validity[0]),
                    Date.from(validity[1]),
                    subject,
                    pair.getPublic());
            for (With extension : extensions) {
                builder.addExtension(extension.oid(), extension.critical(), extension.value());
            }
            byte[] der = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer))
                    .getEncoded();
            return new Holder(Certificate.of(der), pair.getPrivate());
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
