package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.Revocation;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509CRL;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A chain of root, authority, now and then a lower authority, and server, which is good until something in it is changed.
 * What was issued before is taken again.
 */
final class ChainSpec {
    static final String HOST = "films.example.org";

    static final Instant NOW = Instant.parse("2026-06-15T12:00:00Z");

    private static final Map<String, Certificate> ISSUED = new HashMap<>();

    private static final KeyPair ROOT = keys("EC", 256);
    private static final KeyPair AUTHORITY = keys("EC", 256);
    private static final KeyPair LOWER = keys("EC", 256);
    static final KeyPair SERVER = keys("EC", 256);
    static final KeyPair WEAK_RSA = keys("RSA", 1024);

    /** What one certificate of the chain says. */
    static final class Entity {
        final String name;
        KeyPair keys;
        Instant notBefore = NOW.minus(30, ChronoUnit.DAYS);
        Instant notAfter = NOW.plus(60, ChronoUnit.DAYS);
        boolean ca;
        int pathLength = -1;
        int keyUsage;
        KeyPurposeId purpose = KeyPurposeId.id_kp_serverAuth;

        @Nullable
        X500Name subject;

        String names = "";
        List<GeneralName> alternatives = List.of();

        @Nullable
        NameConstraints constraints;

        String permitted = "";
        boolean explicitPolicy;
        boolean unknownCritical;
        boolean malformed;
        String hash = "SHA256";
        boolean corrupt;

        Entity(String name, KeyPair keys, boolean ca) {
            this.name = name;
            this.keys = keys;
            this.ca = ca;
            keyUsage = ca ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
        }

        X500Name subject() {
            return subject == null ? new X500Name("CN=" + name) : subject;
        }

        /** Those that tell one certificate of the same name from the next. */
        @Override
        public String toString() {
            return String.join(
                    "|",
                    name,
                    Integer.toString(System.identityHashCode(keys)),
                    notBefore.toString(),
                    notAfter.toString(),
                    ca + " " + pathLength + " " + keyUsage,
                    purpose.getId(),
                    names + " " + subject,
                    permitted,
                    explicitPolicy + " " + unknownCritical + " " + malformed + " " + corrupt,
                    hash);
        }
    }

    final Entity root = new Entity("Root", ROOT, true);
    final Entity authority = new Entity("Authority", AUTHORITY, true);
    final Entity lower = new Entity("Lower Authority", LOWER, true);
    final Entity server = new Entity("server", SERVER, false);
    boolean hasLower;
    boolean rootTrusted = true;
    boolean rootSent;
    boolean authoritySent = true;
    String host = HOST;
    Revocation revocation = Revocation.NONE;
    boolean revoked;
    boolean listEnded;

    ChainSpec() {
        server.names = HOST;
    }

    Certificate rootCertificate() {
        return issue(root, root);
    }

    Certificate authorityCertificate() {
        return issue(authority, root);
    }

    Certificate serverCertificate() {
        return issue(server, issuerOfServer());
    }

    Entity issuerOfServer() {
        return hasLower ? lower : authority;
    }

    List<Certificate> sent() {
        List<Certificate> sent = new ArrayList<>();
        sent.add(serverCertificate());
        if (hasLower) {
            sent.add(issue(lower, authority));
        }
        if (authoritySent) {
            sent.add(authorityCertificate());
        }
        if (rootSent) {
            sent.add(rootCertificate());
        }
        return sent;
    }

    ValidationRequest request() {
        return request(
                sent(),
                new TrustAnchors(rootTrusted ? List.of(rootCertificate().jca().orElseThrow()) : List.of()));
    }

    ValidationRequest request(List<Certificate> sent, TrustAnchors anchors) {
        List<X509CRL> lists = revoked || listEnded ? List.of(list()) : List.of();
        return new ValidationRequest(
                sent,
                host,
                anchors,
                NOW,
                ValidationPolicy.TLS_SERVER,
                new RevocationMaterial(revocation, lists, List.of(), List.of()));
    }

    /** The list of who issued the server's certificate. */
    private X509CRL list() {
        try {
            Instant made = NOW.minus(Duration.ofDays(20));
            X509v2CRLBuilder builder =
                    new X509v2CRLBuilder(new X500Name("CN=" + issuerOfServer().name), Date.from(made));
            builder.setNextUpdate(Date.from(listEnded ? NOW.minus(Duration.ofDays(5)) : NOW.plus(Duration.ofDays(5))));
            if (revoked) {
                builder.addCRLEntry(serverCertificate().serialNumber(), Date.from(made), 1);
            }
            return new JcaX509CRLConverter()
                    .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .build(issuerOfServer().keys.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }

    private static Certificate issue(Entity subject, Entity issuer) {
        if (!subject.alternatives.isEmpty() || subject.constraints != null) {
            return make(subject, issuer); // such are made once only
        }
        return ISSUED.computeIfAbsent(
                subject + " by " + issuer.name + System.identityHashCode(issuer.keys), key -> make(subject, issuer));
    }

    static Certificate make(Entity subject, Entity issuer) {
        try {
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    new X500Name("CN=" + issuer.name),
                    BigInteger.valueOf(ISSUED.size() + 1L),
                    Date.from(subject.notBefore),
                    Date.from(subject.notAfter),
                    subject.subject(),
                    subject.keys.getPublic());
            extend(builder, subject, issuer);
            byte[] encoded = builder.build(
                            new JcaContentSignerBuilder(subject.hash + "withECDSA").build(issuer.keys.getPrivate()))
                    .getEncoded();
            if (subject.corrupt) {
                encoded[encoded.length - 1] ^= 1;
            }
            return Certificate.of(encoded);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void extend(X509v3CertificateBuilder builder, Entity subject, Entity issuer)
            throws GeneralSecurityException, IOException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                identifiers.createSubjectKeyIdentifier(subject.keys.getPublic()));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                identifiers.createAuthorityKeyIdentifier(issuer.keys.getPublic()));
        builder.addExtension(
                Extension.basicConstraints,
                true,
                subject.pathLength >= 0 ? new BasicConstraints(subject.pathLength) : new BasicConstraints(subject.ca));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(subject.keyUsage));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(subject.purpose));
        if (!subject.alternatives.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(subject.alternatives.toArray(new GeneralName[0])));
        } else if (!subject.names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.dNSName, subject.names)));
        }
        if (subject.constraints != null) {
            builder.addExtension(Extension.nameConstraints, true, subject.constraints);
        }
        if (!subject.permitted.isEmpty()) {
            GeneralSubtree[] permitted = {new GeneralSubtree(new GeneralName(GeneralName.dNSName, subject.permitted))};
            builder.addExtension(Extension.nameConstraints, true, new NameConstraints(permitted, null));
        }
        if (subject.explicitPolicy) {
            builder.addExtension(Extension.policyConstraints, true, new PolicyConstraints(BigInteger.ZERO, null));
        }
        if (subject.unknownCritical) {
            builder.addExtension(Extension.qCStatements, true, new DEROctetString(new byte[1]));
        }
        if (subject.malformed) {
            builder.addExtension(Extension.certificatePolicies, false, new byte[] {1, 2, 3});
        }
    }

    static KeyPair keys(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
