package io.github.streamwebsocket.cli;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * A certificate authority made for the occasion: a server started by hand, a demonstration, a test. Its key lives as long
 * as the object, so what it has issued ends there too.
 */
public final class SelfMadeAuthority {

    /** The kind of a key, at the strength everybody takes. */
    public enum KeyKind {
        /** ECDSA on P-256. */
        EC,
        /** RSA of 2048 bits. */
        RSA
    }

    /**
     * What a server proves its name with.
     *
     * @param chain its certificate, then the authority's
     * @param privateKey the key of the first
     */
    public record Credential(List<X509Certificate> chain, PrivateKey privateKey) {}

    /** How long a certificate is valid unless said otherwise; browsers refuse servers' above 398 days. */
    public static final Duration VALIDITY = Duration.ofDays(90);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair keys;
    private final X509Certificate certificate;

    private SelfMadeAuthority(KeyPair keys, X509Certificate certificate) {
        this.keys = keys;
        this.certificate = certificate;
    }

    /**
     * Makes an authority, valid from an hour ago (clocks differ) for {@link #VALIDITY}.
     *
     * @param name its common name
     */
    public static SelfMadeAuthority create(String name, KeyKind kind) {
        KeyPair keys = newKeys(kind);
        X500Principal subject = new X500Principal("CN=" + name);
        Instant notBefore = anHourAgo();
        try {
            X509v3CertificateBuilder builder =
                    builder(subject, subject, keys.getPublic(), notBefore, notBefore.plus(VALIDITY));
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return new SelfMadeAuthority(keys, sign(builder, keys.getPrivate()));
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("no authority could be made", e);
        }
    }

    /** Returns the authority's own certificate, for clients to trust. */
    public X509Certificate certificate() {
        return certificate;
    }

    /**
     * Issues a server's credential, valid from an hour ago for {@link #VALIDITY}.
     *
     * @param names what it is for: DNS names, wildcards among them, and addresses written as numbers
     */
    public Credential issue(KeyKind kind, String... names) {
        Instant notBefore = anHourAgo();
        return issue(kind, notBefore, notBefore.plus(VALIDITY), names);
    }

    /** Issues a server's credential for a time of one's own. */
    public Credential issue(KeyKind kind, Instant notBefore, Instant notAfter, String... names) {
        KeyPair leaf = newKeys(kind);
        try {
            X509v3CertificateBuilder builder = builder(
                    certificate.getSubjectX500Principal(),
                    new X500Principal("CN=" + (names.length == 0 ? "nobody" : names[0])),
                    leaf.getPublic(),
                    notBefore,
                    notAfter);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(
                    Extension.keyUsage,
                    true,
                    new KeyUsage(KeyUsage.digitalSignature | (kind == KeyKind.RSA ? KeyUsage.keyEncipherment : 0)));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(keys.getPublic()));
            if (names.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(names));
            }
            return new Credential(List.of(sign(builder, keys.getPrivate()), certificate), leaf.getPrivate());
        } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate could be made", e);
        }
    }

    private static Instant anHourAgo() {
        return Instant.now().minus(Duration.ofHours(1));
    }

    private static KeyPair newKeys(KeyKind kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.name());
            generator.initialize(kind == KeyKind.EC ? 256 : 2048, RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + kind + " keys", e);
        }
    }

    private static X509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, PublicKey key, Instant notBefore, Instant notAfter)
            throws IOException, GeneralSecurityException {
        // 127 random bits, above 0: unique without a book of what was issued (RFC 5280 4.1.2.2)
        BigInteger serial = new BigInteger(127, RANDOM).add(BigInteger.ONE);
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(notBefore), Date.from(notAfter), subject, key);
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, new JcaX509ExtensionUtils().createSubjectKeyIdentifier(key));
        return builder;
    }

    private static GeneralNames alternativeNames(String[] names) {
        GeneralName[] alternatives = new GeneralName[names.length];
        for (int i = 0; i < names.length; i++) {
            int type = IPAddress.isValid(names[i]) ? GeneralName.iPAddress : GeneralName.dNSName;
            alternatives[i] = new GeneralName(type, names[i]);
        }
        return new GeneralNames(alternatives);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws OperatorCreationException, GeneralSecurityException {
        String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
    }

    /** Returns certificates as PEM text, in their order. */
    public static String pem(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("a certificate without an encoding", e);
            }
        }
        return text.toString();
    }

    /** Returns a private key as PEM text in PKCS#8, not encrypted: for a file that others cannot read. */
    public static String pem(PrivateKey key) {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String type, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException e) {
            throw new IllegalStateException("memory cannot fail to be written", e);
        }
        return text.toString();
    }
}
