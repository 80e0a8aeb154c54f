package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Chains that look odd and are good: no error may be found in them. */
class OddChainsTest {

    private static Arguments row(String name, Consumer<ChainOfFour> change) {
        return Arguments.of(name, change);
    }

    static Stream<Arguments> chains() {
        return Stream.of(
                row("as it should be", chain -> {}),
                row("shuffled", chain -> Collections.shuffle(chain.sent.subList(1, 3), new Random(1))),
                row("upside down", chain -> Collections.reverse(chain.sent.subList(1, 3))),
                row("with the root", chain -> chain.sent.add(chain.root)),
                row("with the root in between", chain -> chain.sent.add(1, chain.root)),
                row("each twice", chain -> chain.sent.addAll(List.copyOf(chain.sent))),
                row("the server's again at the end", chain -> chain.sent.add(chain.server)),
                row("with a stranger", chain -> chain.sent.add(1, CertificateSpec.server("c.example", "Nobody"))),
                row(
                        "with a stranger that names itself like the issuer",
                        chain -> chain.sent.add(
                                1, CertificateSpec.authority("Issuing", "Root").key(Keys.ec("another")))),
                row("with such a one, and no key identifiers", chain -> {
                    chain.server.withoutKeyIdentifiers();
                    chain.issuing.withoutKeyIdentifiers();
                    chain.sent.add(
                            1,
                            CertificateSpec.authority("Issuing", "Upper")
                                    .withoutKeyIdentifiers()
                                    .key(Keys.ec("another")));
                }),
                row(
                        "without key identifiers",
                        chain -> List.of(chain.root, chain.upper, chain.issuing, chain.server)
                                .forEach(CertificateSpec::withoutKeyIdentifiers)),
                row(
                        "with wrong key identifiers",
                        chain -> chain.issuing.extension(Extension.subjectKeyIdentifier, false, new byte[] {4, 1, 7})),
                row("the anchor has ended", chain -> chain.root.validity(-30, -20)),
                row("the anchor has yet to begin", chain -> chain.root.validity(20, 30)),
                row("the anchor has a weak signature", chain -> chain.root.algorithm = "SHA1withECDSA"),
                row("the anchor's own signature is wrong", chain -> chain.root.corrupt()),
                row(
                        "the anchor has a critical unknown",
                        chain -> chain.root.extension(
                                new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, DERNull.INSTANCE)),
                row("the anchor is of version 1", chain -> {
                    chain.root.version = 1;
                    chain.root.extensions.clear();
                }),
                row(
                        "the anchor does not say that it is an authority",
                        chain -> chain.root.without(Extension.basicConstraints)),
                row(
                        "the anchor may sign lists only",
                        chain -> chain.root.extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.cRLSign))),
                row("an intermediate is the anchor", chain -> {
                    chain.anchors.clear();
                    chain.anchors.add(chain.issuing);
                }),
                row("an intermediate that has ended is the anchor", chain -> {
                    chain.issuing.validity(-30, -20);
                    chain.anchors.clear();
                    chain.anchors.add(chain.issuing);
                }),
                row("the upper one has ended, and the one below is an anchor too", chain -> {
                    chain.upper.validity(-30, -20);
                    chain.anchors.add(chain.issuing);
                }),
                row("the server's is the anchor", chain -> {
                    chain.anchors.clear();
                    chain.anchors.add(chain.server);
                    chain.sent.subList(1, 3).clear();
                }),
                row("the server's is the anchor, and its issuers are sent", chain -> {
                    chain.anchors.clear();
                    chain.anchors.add(chain.server);
                }),
                row("the server's has signed itself, and is the anchor", chain -> {
                    CertificateSpec own = CertificateSpec.server("a.example", "a.example");
                    chain.anchors.clear();
                    chain.anchors.add(own);
                    chain.sent.clear();
                    chain.sent.add(own);
                }),
                row(
                        "two ways, one by an authority that has ended",
                        chain -> chain.sent.add(
                                1, CertificateSpec.authority("Issuing", "Upper").validity(-20, -10))),
                row("two ways, one to a stranger's root", chain -> {
                    chain.sent.add(1, CertificateSpec.authority("Upper", "Stranger"));
                    chain.sent.add(2, CertificateSpec.authority("Stranger", "Stranger"));
                }),
                row(
                        "two ways, one with a wrong signature",
                        chain -> chain.sent.add(
                                1,
                                CertificateSpec.authority("Issuing", "Upper")
                                        .validity(-5, 5)
                                        .corrupt())),
                row("two ways, one too long", chain -> {
                    chain.upper.extension(Extension.basicConstraints, true, new BasicConstraints(0));
                    chain.sent.add(CertificateSpec.authority("Issuing", "Root").validity(-5, 5));
                }),
                row(
                        "two ways, one that may not vouch for the name",
                        chain -> chain.sent.add(
                                1,
                                CertificateSpec.authority("Issuing", "Upper")
                                        .extension(Extension.nameConstraints, true, Faults.excluded("a.example")))),
                row("cross-signed in a circle", chain -> {
                    chain.sent.add(1, CertificateSpec.authority("Upper", "Issuing"));
                    chain.sent.add(CertificateSpec.authority("Root", "Issuing"));
                }),
                row("a new key of the root, signed with its old one", chain -> {
                    chain.upper.signedBy(Keys.ec("new"), "SHA256withECDSA");
                    chain.sent.add(CertificateSpec.authority("Root", "Root").key(Keys.ec("new")));
                }),
                row("the old key of the root, signed with its new one", chain -> {
                    chain.anchors.clear();
                    chain.anchors.add(CertificateSpec.authority("Root", "Root")
                            .key(Keys.ec("new"))
                            .signedBy(Keys.ec("new"), "SHA256withECDSA"));
                    chain.sent.add(
                            CertificateSpec.authority("Root", "Root").signedBy(Keys.ec("new"), "SHA256withECDSA"));
                }),
                row("an authority that issued itself a new key does not count for the length", chain -> {
                    chain.issuing.extension(Extension.basicConstraints, true, new BasicConstraints(0));
                    chain.server.signedBy(Keys.ec("new"), "SHA256withECDSA");
                    chain.sent.add(
                            CertificateSpec.authority("Issuing", "Issuing").key(Keys.ec("new")));
                }),
                row(
                        "of two anchors of the same name the second",
                        chain -> chain.anchors.add(
                                0, CertificateSpec.authority("Root", "Root").key(Keys.ec("another")))),
                row("the same, without key identifiers", chain -> {
                    chain.upper.withoutKeyIdentifiers();
                    chain.anchors.add(
                            0,
                            CertificateSpec.authority("Root", "Root")
                                    .withoutKeyIdentifiers()
                                    .key(Keys.ec("another")));
                }),
                row("the path is as long as allowed", chain -> {
                    chain.root.extension(Extension.basicConstraints, true, new BasicConstraints(2));
                    chain.upper.extension(Extension.basicConstraints, true, new BasicConstraints(1));
                    chain.issuing.extension(Extension.basicConstraints, true, new BasicConstraints(0));
                }),
                row("the name is within what all may vouch for", chain -> {
                    chain.root.extension(Extension.nameConstraints, true, Faults.permitted("example"));
                    chain.upper.extension(Extension.nameConstraints, true, Faults.permitted("a.example"));
                    chain.issuing.extension(Extension.nameConstraints, true, Faults.excluded("b.example"));
                }),
                row("authorities are for servers, and for all", chain -> {
                    chain.upper.extension(
                            Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.anyExtendedKeyUsage));
                    chain.issuing.extension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(new KeyPurposeId[] {
                        KeyPurposeId.id_kp_clientAuth, KeyPurposeId.id_kp_serverAuth
                    }));
                }),
                row("a policy is demanded, and there", chain -> {
                    chain.issuing.extension(
                            Extension.policyConstraints, true, new PolicyConstraints(BigInteger.ZERO, null));
                    for (CertificateSpec spec : List.of(chain.upper, chain.issuing, chain.server)) {
                        spec.extension(
                                Extension.certificatePolicies,
                                false,
                                new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier("2.999.1"))));
                    }
                }),
                row(
                        "an unknown that is not critical",
                        chain -> chain.server.extension(
                                new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), false, DERNull.INSTANCE)),
                row(
                        "other names beside the host's",
                        chain -> chain.server.names(
                                new GeneralName(GeneralName.iPAddress, "192.0.2.1"),
                                new GeneralName(GeneralName.rfc822Name, "a@b.example"),
                                new GeneralName(GeneralName.registeredID, "1.2.3"),
                                new GeneralName(GeneralName.dNSName, "a.example"))),
                row("no common name", chain -> chain.server.subject("O=Nobody")),
                row(
                        "no subject",
                        chain -> chain.server
                                .subject("")
                                .extension(
                                        Extension.subjectAlternativeName,
                                        true,
                                        chain.server
                                                .extensions
                                                .get(Extension.subjectAlternativeName)
                                                .getParsedValue())),
                row("RSA and Ed25519", chain -> {
                    chain.upper.key(Keys.of("RSA", 2048, "upper"));
                    chain.issuing
                            .key(Keys.of("Ed25519", 0, "issuing"))
                            .signedBy(Keys.of("RSA", 2048, "upper"), "SHA256withRSAandMGF1");
                    chain.server.signedBy(Keys.of("Ed25519", 0, "issuing"), "Ed25519");
                }),
                row("P-224", chain -> chain.server.key(Keys.ec("secp224r1", "server"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chains")
    void noErrorIsFound(String name, Consumer<ChainOfFour> change) {
        ChainOfFour chain = new ChainOfFour();
        change.accept(chain);
        assertEquals(Map.of(), chain.verdict().explanations(), name);
    }
}
