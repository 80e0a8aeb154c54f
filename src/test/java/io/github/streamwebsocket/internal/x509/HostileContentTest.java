package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What BouncyCastle reads only when it is asked for, and names that were made to be compared for long. */
@Timeout(60)
class HostileContentTest {
    /** The promise is 100 ms; here tests run beside each other, in code that is not compiled yet. */
    private static final long MOST_MILLIS = 400;

    private static final X500Name ISSUER = new X500Name("CN=b");

    private static ServerCertificates validate(Certificate... sent) {
        return ChainValidator.validate(OddCertificate.request(List.of(sent)));
    }

    private static void assertUnreadable(Certificate... sent) {
        ServerCertificates verdict = validate(sent);
        assertTrue(verdict.errors().contains(ChainValidationResult.OTHER_ERRORS), verdict.explanations()::toString);
    }

    static List<ASN1Encodable> brokenNames() {
        return List.of(
                new DERSequence(new DERSet()),
                new DERSequence(new DERSet(new ASN1Integer(1))),
                new DERSequence(new DERSet(new DERSequence(BCStyle.CN))),
                new DERSequence(IntStream.range(0, 101)
                        .mapToObj(HostileContentTest::part)
                        .toArray(ASN1Encodable[]::new)));
    }

    private static ASN1Encodable part(int number) {
        return new DERSet(
                new DERSequence(new ASN1Encodable[] {BCStyle.CN, new DERPrintableString(String.valueOf(number))}));
    }

    @ParameterizedTest
    @MethodSource("brokenNames")
    void aNameThatCannotBeReadIsAnError(ASN1Encodable name) throws IOException {
        assertUnreadable(OddCertificate.of(name, ISSUER).make());
        assertUnreadable(OddCertificate.of(ISSUER, name).make());
    }

    @ParameterizedTest
    @MethodSource("brokenNames")
    void aSuperfluousCertificateWithSuchANameHidesNoOtherError(ASN1Encodable name) throws IOException {
        Certificate leaf = OddCertificate.of("CN=a", "CN=b").make();
        ServerCertificates verdict =
                validate(leaf, OddCertificate.of(name, name).make());
        assertTrue(verdict.errors().contains(ChainValidationResult.INCOMPLETE_CHAIN), verdict.explanations()::toString);
        assertTrue(verdict.errors().contains(ChainValidationResult.INVALID_NAME), verdict.explanations()::toString);
    }

    static List<ASN1Encodable> brokenMappings() {
        return List.of(
                new DERSequence(new DERSequence()),
                new DERSequence(new ASN1Integer(3)),
                new DERSequence(new DERSequence(new ASN1Encodable[] {new ASN1Integer(3), new ASN1Integer(4)})));
    }

    @ParameterizedTest
    @MethodSource("brokenMappings")
    void policyMappingsThatAreNoneAreMalformed(ASN1Encodable mappings) throws IOException {
        assertUnreadable(
                OddCertificate.of("CN=a", "CN=b").make(),
                OddCertificate.of("CN=b", "CN=b")
                        .with(Extension.policyMappings, mappings)
                        .make());
    }

    static List<GeneralName> brokenGeneralNames() {
        return List.of(
                new GeneralName(GeneralName.otherName, new DERSequence()),
                new GeneralName(GeneralName.directoryName, new DERSequence(new DERSet())),
                new GeneralName(GeneralName.directoryName, new DERSequence(new DERSet(new ASN1Integer(1)))));
    }

    @ParameterizedTest
    @MethodSource("brokenGeneralNames")
    void namesAndSubtreesThatAreNoneAreMalformed(GeneralName name) throws IOException {
        Certificate plain = OddCertificate.of("CN=a", "CN=b").make();
        Certificate named = OddCertificate.of("CN=a", "CN=b")
                .with(Extension.subjectAlternativeName, new GeneralNames(name))
                .make();
        assertUnreadable(named);
        assertUnreadable(named, constraining(name));
        assertUnreadable(plain, constraining(name));
    }

    private static Certificate constraining(GeneralName... subtrees) throws IOException {
        GeneralSubtree[] all =
                List.of(subtrees).stream().map(GeneralSubtree::new).toArray(GeneralSubtree[]::new);
        return OddCertificate.of("CN=b", "CN=b")
                .with(Extension.nameConstraints, new NameConstraints(null, all))
                .make();
    }

    private static GeneralName[] names(int number, IntFunction<GeneralName> name) {
        return IntStream.range(0, number).mapToObj(name).toArray(GeneralName[]::new);
    }

    @Test
    void longNamesAreNotComparedWithManySubtrees() throws IOException {
        GeneralName uri = new GeneralName(GeneralName.uniformResourceIdentifier, "http://" + "a.".repeat(7_000) + "b/");
        Certificate leaf = OddCertificate.of("CN=a", "CN=b")
                .with(Extension.subjectAlternativeName, new GeneralNames(uri))
                .make();
        Certificate issuer =
                constraining(names(3_000, i -> new GeneralName(GeneralName.uniformResourceIdentifier, "a")));
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        ServerCertificates verdict = validate(leaf, issuer);
        long millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1_000_000;
        assertTrue(millis < MOST_MILLIS, () -> "took " + millis + " ms");
        assertTrue(verdict.errors().contains(ChainValidationResult.OTHER_ERRORS), verdict.explanations()::toString);
    }

    /** A large private authority for a server of many names. */
    @Test
    void manyNamesOfUsualLengthAreCompared() throws IOException {
        Certificate leaf = OddCertificate.of("CN=a", "CN=b")
                .with(
                        Extension.subjectAlternativeName,
                        new GeneralNames(
                                names(500, i -> new GeneralName(GeneralName.dNSName, "host-" + i + ".one.example"))))
                .make();
        Certificate issuer =
                constraining(names(20, i -> new GeneralName(GeneralName.dNSName, "sub-" + i + ".two.example")));
        assertTrue(!validate(leaf, issuer).errors().contains(ChainValidationResult.OTHER_ERRORS));
    }

    @Test
    void anExplanationStaysShortWhateverACertificateHas() throws IOException {
        OddCertificate odd = OddCertificate.of("CN=a", "CN=b");
        for (int i = 0; i < 1_000; i++) {
            odd.with(new ASN1ObjectIdentifier("1.2.3." + i), new ASN1Integer(1));
        }
        String told =
                validate(odd.make()).explanations().getOrDefault(ChainValidationResult.UNKNOWN_CRITICAL_EXTENSION, "");
        assertTrue(told.startsWith("the server's certificate has 1.2.3."), told);
        assertTrue(told.length() < 200, told);
    }
}
