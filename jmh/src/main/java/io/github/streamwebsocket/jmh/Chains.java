package io.github.streamwebsocket.jmh;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Chains as public servers send them: a server's certificate and an intermediate; the root stays at home. */
final class Chains {
    /** Chains that are judged in one operation: more certificates than the JDK keeps of those it has read. */
    static final int COUNT = 500;

    static final String HOST = "films.example.org";

    private final String keyKind;
    private final KeyPair rootKeys;
    private final KeyPair intermediateKeys;
    private final KeyPair serverKeys;
    private final X509Certificate root;
    private final List<byte[]> intermediates = new ArrayList<>();
    private final List<byte[]> servers = new ArrayList<>();

    Chains(String keyKind) throws Exception {
        this.keyKind = keyKind;
        rootKeys = keys();
        intermediateKeys = keys();
        serverKeys = keys();
        root = parse(issue(1, "Root", rootKeys, "Root", rootKeys, true));
        for (int i = 0; i < COUNT; i++) { // the JDK keeps certificates it has seen, with the keys that verified them
            intermediates.add(issue(10_000 + i, "Intermediate", intermediateKeys, "Root", rootKeys, true));
            servers.add(issue(100 + i, "server " + i, serverKeys, "Intermediate", intermediateKeys, false));
        }
    }

    X509Certificate root() {
        return root;
    }

    /** Returns all chains, read anew. */
    List<X509Certificate[]> read() throws Exception {
        List<X509Certificate[]> chains = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            chains.add(new X509Certificate[] {parse(servers.get(i)), parse(intermediates.get(i))});
        }
        return chains;
    }

    private KeyPair keys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyKind);
        generator.initialize(keyKind.equals("EC") ? 256 : 2048);
        return generator.generateKeyPair();
    }

    private byte[] issue(int serial, String name, KeyPair keys, String issuer, KeyPair issuerKeys, boolean authority)
            throws Exception {
        Instant now = Instant.now();
        JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                new X500Principal("CN=" + issuer + ", O=Benchmark"),
                BigInteger.valueOf(serial),
                Date.from(now.minus(1, ChronoUnit.DAYS)),
                Date.from(now.plus(90, ChronoUnit.DAYS)),
                new X500Principal("CN=" + name + ", O=Benchmark"),
                keys.getPublic());
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        builder.addExtension(
                Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(keys.getPublic()));
        builder.addExtension(
                Extension.authorityKeyIdentifier,
                false,
                identifiers.createAuthorityKeyIdentifier(issuerKeys.getPublic()));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        builder.addExtension(
                Extension.keyUsage,
                true,
                new KeyUsage(authority ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature));
        if (!authority) {
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "example.org"),
                new GeneralName(GeneralName.dNSName, "*.example.org")
            }));
        }
        X509CertificateHolder holder =
                builder.build(new JcaContentSignerBuilder(keyKind.equals("EC") ? "SHA256withECDSA" : "SHA256withRSA")
                        .build(issuerKeys.getPrivate()));
        return holder.getEncoded();
    }

    private static X509Certificate parse(byte[] encoded) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
    }
}
