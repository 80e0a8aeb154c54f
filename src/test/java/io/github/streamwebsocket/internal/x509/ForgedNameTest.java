package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.ChainValidationResult.INVALID_NAME;
import static io.github.streamwebsocket.ChainValidationResult.OTHER_ERRORS;

import java.util.stream.Stream;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names made so that a careless look takes them for others, or does not see that they are forbidden. */
class ForgedNameTest {

    static Stream<Forgery> names() {
        return Stream.of(
                Forgery.of("NUL in the name", chain -> chain.server.dns("a.example\0.mine.example"), INVALID_NAME),
                Forgery.of("NUL after the name", chain -> chain.server.dns("a.example\0"), INVALID_NAME),
                Forgery.of("a star alone", chain -> chain.server.dns("*"), INVALID_NAME),
                Forgery.of("a star over the last label", chain -> chain.server.dns("*.example"), INVALID_NAME),
                Forgery.of("stars", chain -> chain.server.dns("*.*"), INVALID_NAME),
                Forgery.of("a star in a label", chain -> chain.server.dns("a*.example", "*a.example"), INVALID_NAME),
                Forgery.of("a star to the right", chain -> chain.server.dns("a.*"), INVALID_NAME),
                Forgery.of("a space before the name", chain -> chain.server.dns(" a.example"), INVALID_NAME),
                Forgery.of("two names in one", chain -> chain.server.dns("a.example,b.example"), INVALID_NAME),
                Forgery.of(
                        "the name as a URI",
                        chain -> chain.server.names(
                                new GeneralName(GeneralName.uniformResourceIdentifier, "https://a.example/")),
                        INVALID_NAME),
                Forgery.of(
                        "the name as a mail address",
                        chain -> chain.server.names(new GeneralName(GeneralName.rfc822Name, "a.example")),
                        INVALID_NAME),
                Forgery.of(
                        "the name as common name only",
                        chain -> chain.server.without(Extension.subjectAlternativeName),
                        INVALID_NAME),
                Forgery.of(
                        "an address as a name",
                        chain -> {
                            chain.host = "192.0.2.1";
                            chain.server.dns("192.0.2.1", "*.0.2.1");
                        },
                        INVALID_NAME),
                Forgery.of(
                        "an address as 16 bytes",
                        chain -> {
                            chain.host = "192.0.2.1";
                            chain.server.names(
                                    new GeneralName(GeneralName.iPAddress, new DEROctetString(mapped(192, 0, 2, 1))));
                        },
                        INVALID_NAME),
                Forgery.of(
                        "an address as 5 bytes",
                        chain -> {
                            chain.host = "192.0.2.1";
                            chain.server.names(new GeneralName(
                                    GeneralName.iPAddress, new DEROctetString(new byte[] {(byte) 192, 0, 2, 1, 0})));
                        },
                        INVALID_NAME),
                Forgery.of(
                        "a wildcard around what an issuer may not vouch for",
                        chain -> {
                            chain.host = "b.a.example";
                            chain.server.dns("*.a.example");
                            chain.issuing.extension(Extension.nameConstraints, true, Faults.excluded("b.a.example"));
                        },
                        INVALID_NAME),
                Forgery.of(
                        "a wildcard over what an issuer may vouch for",
                        chain -> {
                            chain.host = "b.a.example";
                            chain.server.dns("*.a.example");
                            chain.issuing.extension(Extension.nameConstraints, true, Faults.permitted("b.a.example"));
                        },
                        INVALID_NAME),
                Forgery.of(
                        "capitals where small ones are excluded",
                        chain -> {
                            chain.server.dns("A.EXAMPLE");
                            chain.issuing.extension(Extension.nameConstraints, true, Faults.excluded("a.example"));
                        },
                        INVALID_NAME),
                Forgery.of(
                        "a dot at the end of what is excluded",
                        chain -> {
                            chain.server.dns("a.example.", "a.example");
                            chain.issuing.extension(Extension.nameConstraints, true, Faults.excluded("a.example"));
                        },
                        INVALID_NAME),
                Forgery.of(
                        "an excluded name with a dot at its end",
                        chain ->
                                chain.issuing.extension(Extension.nameConstraints, true, Faults.excluded("a.example.")),
                        OTHER_ERRORS),
                Forgery.of(
                        "an excluded name that is not ASCII",
                        chain -> chain.issuing.extension(
                                Extension.nameConstraints, true, Faults.excluded("\u00e4.example")),
                        OTHER_ERRORS),
                Forgery.of(
                        "a mail address in the subject that is excluded",
                        chain -> {
                            chain.server.subject("CN=a.example,E=me@mine.example");
                            chain.issuing.extension(Extension.nameConstraints, true, mail("mine.example"));
                        },
                        INVALID_NAME),
                Forgery.of(
                        "a constraint on the root, by a server with the root's name",
                        chain -> {
                            chain.root.extension(Extension.nameConstraints, true, Faults.permitted("b.example"));
                            chain.sent.clear();
                            chain.sent.add(
                                    CertificateSpec.server("a.example", "Root").subject("CN=Root"));
                        },
                        INVALID_NAME));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theForgeryIsFound(Forgery forgery) {
        forgery.assertFound(true);
    }

    private static byte[] mapped(int... address) {
        byte[] octets = new byte[16];
        octets[10] = (byte) 0xff;
        octets[11] = (byte) 0xff;
        for (int i = 0; i < 4; i++) {
            octets[12 + i] = (byte) address[i];
        }
        return octets;
    }

    private static NameConstraints mail(String host) {
        return new NameConstraints(
                null, new GeneralSubtree[] {new GeneralSubtree(new GeneralName(GeneralName.rfc822Name, host))});
    }
}
