package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.ChainValidationResult.BASIC_CONSTRAINTS_ERROR;
import static io.github.streamwebsocket.ChainValidationResult.EXPIRED;
import static io.github.streamwebsocket.ChainValidationResult.INCOMPLETE_CHAIN;
import static io.github.streamwebsocket.ChainValidationResult.INVALID_NAME;
import static io.github.streamwebsocket.ChainValidationResult.INVALID_SIGNATURE;
import static io.github.streamwebsocket.ChainValidationResult.OTHER_ERRORS;
import static io.github.streamwebsocket.ChainValidationResult.UNTRUSTED;
import static io.github.streamwebsocket.ChainValidationResult.WRONG_USAGE;

import java.io.IOException;
import java.math.BigInteger;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is no authority, or not this one, and acts like it. */
class ForgedAuthorityTest {

    static Stream<Forgery> authorities() {
        return Stream.of(
                Forgery.of(
                        "a server's certificate issues another",
                        chain -> {
                            chain.server.subject("CN=Mine");
                            CertificateSpec forged = CertificateSpec.server("a.example", "Mine")
                                    .signedBy(Keys.ec("a.example"), "SHA256withECDSA");
                            chain.server.dns("mine.example");
                            chain.sent.add(0, forged);
                        },
                        BASIC_CONSTRAINTS_ERROR,
                        WRONG_USAGE),
                Forgery.of(
                        "the same, and that certificate is trusted",
                        chain -> {
                            chain.anchors.clear();
                            chain.anchors.add(CertificateSpec.server("mine.example", "Issuing"));
                            chain.sent.clear();
                            chain.sent.add(CertificateSpec.server("a.example", "mine.example"));
                        },
                        BASIC_CONSTRAINTS_ERROR),
                Forgery.of(
                        "the same, and the trusted one does not say that it is none",
                        chain -> {
                            chain.anchors.clear();
                            chain.anchors.add(CertificateSpec.server("mine.example", "Issuing")
                                    .without(Extension.basicConstraints));
                            chain.sent.clear();
                            chain.sent.add(CertificateSpec.server("a.example", "mine.example"));
                        },
                        BASIC_CONSTRAINTS_ERROR),
                Forgery.of(
                        "an anchor that may not vouch for the host calls itself a server",
                        chain -> {
                            chain.root.extension(Extension.nameConstraints, true, Faults.permitted("b.example"));
                            chain.sent.clear();
                            chain.sent.add(
                                    CertificateSpec.authority("Root", "Root").dns("a.example"));
                        },
                        INVALID_NAME,
                        WRONG_USAGE),
                Forgery.of(
                        "a server's certificate with the name and key of an anchor, signed by nobody",
                        chain -> {
                            chain.sent.clear();
                            chain.sent.add(CertificateSpec.server("a.example", "Root")
                                    .subject("CN=Root")
                                    .key(Keys.ec("Root"))
                                    .corrupt());
                        },
                        INVALID_SIGNATURE),
                Forgery.of(
                        "an authority with the name of the anchor and another key",
                        chain -> {
                            chain.sent.clear();
                            chain.sent.add(CertificateSpec.server("a.example", "Root")
                                    .signedBy(Keys.ec("attacker"), "SHA256withECDSA"));
                            chain.sent.add(CertificateSpec.authority("Root", "Root")
                                    .key(Keys.ec("attacker"))
                                    .signedBy(Keys.ec("attacker"), "SHA256withECDSA"));
                        },
                        UNTRUSTED),
                Forgery.of(
                        "the same with the anchor's key identifier",
                        chain -> {
                            chain.sent.clear();
                            CertificateSpec forged = CertificateSpec.authority("Root", "Root");
                            byte[] identifier = forged.extensions
                                    .get(Extension.subjectKeyIdentifier)
                                    .getExtnValue()
                                    .getOctets();
                            chain.sent.add(CertificateSpec.server("a.example", "Root")
                                    .signedBy(Keys.ec("attacker"), "SHA256withECDSA"));
                            chain.sent.add(forged.key(Keys.ec("attacker"))
                                    .signedBy(Keys.ec("attacker"), "SHA256withECDSA")
                                    .extension(Extension.subjectKeyIdentifier, false, identifier));
                        },
                        UNTRUSTED),
                Forgery.of(
                        "signed by nobody in the name of the anchor",
                        chain -> {
                            chain.sent.clear();
                            chain.sent.add(
                                    CertificateSpec.server("a.example", "Root").corrupt());
                        },
                        INVALID_SIGNATURE),
                Forgery.of(
                        "signed by itself",
                        chain -> {
                            chain.sent.clear();
                            chain.sent.add(CertificateSpec.server("a.example", "a.example"));
                        },
                        UNTRUSTED),
                Forgery.of(
                        "signed by itself, badly",
                        chain -> {
                            chain.sent.clear();
                            chain.sent.add(CertificateSpec.server("a.example", "a.example")
                                    .corrupt());
                        },
                        UNTRUSTED,
                        INVALID_SIGNATURE),
                Forgery.of(
                        "an intermediate of version 1",
                        chain -> {
                            chain.issuing.version = 1;
                            chain.issuing.extensions.clear();
                        },
                        BASIC_CONSTRAINTS_ERROR),
                Forgery.of("version 1 with extensions", chain -> chain.server.version = 1, OTHER_ERRORS),
                Forgery.of(
                        "a negative path length",
                        chain -> chain.issuing.extension(
                                Extension.basicConstraints,
                                true,
                                new DERSequence(new ASN1Encodable[] {ASN1Boolean.TRUE, new ASN1Integer(-1)})),
                        BASIC_CONSTRAINTS_ERROR,
                        OTHER_ERRORS),
                Forgery.of(
                        "a path length that is 0 in 32 bits does not allow more in truth",
                        chain -> {
                            chain.upper.extension(
                                    Extension.basicConstraints, true, new DERSequence(new ASN1Encodable[] {
                                        ASN1Boolean.TRUE, new ASN1Integer(BigInteger.ONE.shiftLeft(32))
                                    }));
                            chain.server.validity(-20, -10); // so that there is something to find
                        },
                        EXPIRED),
                Forgery.of(
                        "keyUsage with no bit",
                        chain -> chain.issuing.extension(Extension.keyUsage, true, new DERBitString(new byte[0], 0)),
                        WRONG_USAGE),
                Forgery.of(
                        "extKeyUsage with no purpose",
                        chain -> chain.server.extension(Extension.extendedKeyUsage, false, new DERSequence()),
                        WRONG_USAGE),
                Forgery.of(
                        "extKeyUsage twice",
                        chain -> {
                            chain.server.extension(
                                    Extension.extendedKeyUsage,
                                    false,
                                    new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
                            chain.server.more.put(
                                    "again", new Extension(Extension.extendedKeyUsage, false, purposes()));
                        },
                        OTHER_ERRORS),
                Forgery.of(
                        "basicConstraints twice in an intermediate",
                        chain -> {
                            Extension authority = chain.issuing.extensions.get(Extension.basicConstraints);
                            chain.issuing.extension(Extension.basicConstraints, true, new BasicConstraints(false));
                            chain.issuing.more.put("again", authority);
                        },
                        INCOMPLETE_CHAIN,
                        OTHER_ERRORS));
    }

    private static byte[] purposes() {
        try {
            return new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("authorities")
    void theForgeryIsFound(Forgery forgery) {
        forgery.assertFound(true);
    }
}
