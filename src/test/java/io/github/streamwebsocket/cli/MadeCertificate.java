package io.github.streamwebsocket.cli;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/** A certificate that says what a test wants it to say. Nobody would trust it. */
final class MadeCertificate {
    static final Instant FROM = Instant.parse("2026-01-02T00:00:00Z");
    static final Instant UNTIL = Instant.parse("2026-04-02T00:00:00Z");

    private final X500Name subject;
    private X500Name issuer;
    private Instant from = FROM;
    private Instant until = UNTIL;
    private BigInteger serial = BigInteger.valueOf(0x1f2e3d4cL);
    private @Nullable KeyPair keys;
    private String signature = "SHA256withECDSA";
    private @Nullable KeyPair signer;
    private final List<GeneralName> names = new ArrayList<>();

    private MadeCertificate(X500Name subject) {
        this.subject = subject;
        issuer = subject;
    }

    static MadeCertificate of(String distinguishedName) {
        return new MadeCertificate(new X500Name(distinguishedName));
    }

    static MadeCertificate of(X500Name name) {
        return new MadeCertificate(name);
    }

    static KeyPair keys(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair();
    }

    static KeyPair keys(String algorithm, AlgorithmParameterSpec parameters) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(parameters);
        return generator.generateKeyPair();
    }

    MadeCertificate issuedBy(String distinguishedName) {
        issuer = new X500Name(distinguishedName);
        return this;
    }

    MadeCertificate names(String... dnsNames) {
        for (String name : dnsNames) {
            names.add(new GeneralName(GeneralName.dNSName, name));
        }
        return this;
    }

    MadeCertificate name(GeneralName name) {
        names.add(name);
        return this;
    }

    MadeCertificate valid(Instant begin, Instant end) {
        from = begin;
        until = end;
        return this;
    }

    MadeCertificate serial(BigInteger value) {
        serial = value;
        return this;
    }

    MadeCertificate keys(KeyPair value) {
        keys = value;
        return this;
    }

    MadeCertificate signed(String algorithm, KeyPair by) {
        signature = algorithm;
        signer = by;
        return this;
    }

    X509Certificate make() throws Exception {
        KeyPair own = keys == null ? keys("EC", 256) : keys;
        KeyPair by = signer == null ? keys("EC", 256) : signer;
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer, serial, Date.from(from), Date.from(until), subject, own.getPublic());
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(GeneralName[]::new)));
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder(signature).build(by.getPrivate())));
    }
}
