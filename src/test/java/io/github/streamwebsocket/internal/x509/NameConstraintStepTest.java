package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.internal.x509.ServerIdentityTest.address;
import static io.github.streamwebsocket.internal.x509.ServerIdentityTest.dns;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.ChainValidationResult;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which names an issuer with name constraints may vouch for (RFC 5280 4.2.1.10). */
class NameConstraintStepTest {

    private static Set<ChainValidationResult> check(GeneralName permitted, GeneralName excluded, GeneralName... names) {
        ChainSpec spec = new ChainSpec();
        spec.server.alternatives = List.of(names);
        spec.authority.constraints = new NameConstraints(subtrees(permitted), subtrees(excluded));
        return check(spec);
    }

    private static GeneralSubtree[] subtrees(GeneralName base) {
        return base == null ? null : new GeneralSubtree[] {new GeneralSubtree(base)};
    }

    private static Set<ChainValidationResult> check(ChainSpec spec) {
        List<Certificate> path = new ArrayList<>(spec.sent());
        Findings findings = new Findings();
        NameConstraintStep.check(new Path(path, spec.rootCertificate(), false, List.of()), new WorkLimit(), findings);
        return findings.explanations().keySet();
    }

    private static final Set<ChainValidationResult> FINE = Set.of();
    private static final Set<ChainValidationResult> DENIED = Set.of(ChainValidationResult.INVALID_NAME);
    private static final Set<ChainValidationResult> SENSELESS = Set.of(ChainValidationResult.OTHER_ERRORS);

    @ParameterizedTest
    @CsvSource({
        // name, subtree, within it, touched by it
        "films.example.org, example.org, true, true",
        "FILMS.Example.org, EXAMPLE.ORG, true, true",
        "example.org, example.org, true, true",
        "badexample.org, example.org, false, false",
        "example.org, films.example.org, false, false",
        "films.example.org, .example.org, true, true",
        "example.org, .example.org, false, true",
        "films.example.org, '', true, true",
        "*.example.org, example.org, true, true",
        "*.example.org, org, true, true",
        "*.example.org, films.example.org, false, true",
        "*.example.org, a.films.example.org, false, false",
        "*.example.org, example.com, false, false",
        "films.example.org., example.org, false, true",
        "films..example.org, example.org, false, true",
        "'films example.org', example.org, false, true",
        "'evil.example\0.example.org', example.org, false, true",
    })
    void dnsNames(String name, String subtree, boolean within, boolean touched) {
        assertEquals(within ? FINE : DENIED, check(dns(subtree), null, dns(name)), "permitted");
        assertEquals(touched ? DENIED : FINE, check(null, dns(subtree), dns(name)), "excluded");
    }

    private static GeneralName subnet(String hex) {
        return new GeneralName(
                GeneralName.iPAddress, new DEROctetString(HexFormat.of().parseHex(hex)));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, c0000200ffffff00, true",
        "192.0.3.7, c0000200ffffff00, false",
        "192.0.2.7, 0000000000000000, true",
        "2001:db8::1, 20010db8000000000000000000000000ffffffff000000000000000000000000, true",
        "2001:db9::1, 20010db8000000000000000000000000ffffffff000000000000000000000000, false",
        "2001:db8::1, c0000200ffffff00, false",
    })
    void addresses(String address, String subtree, boolean within) throws Exception {
        assertEquals(within ? FINE : DENIED, check(subnet(subtree), null, address(address)));
        assertEquals(within ? DENIED : FINE, check(null, subnet(subtree), address(address)));
    }

    @Test
    void subtreesThatMakeNoSenseAreFaults() throws Exception {
        assertEquals(SENSELESS, check(null, subnet("c0000200ff00ff00"), address("198.51.100.1")));
        assertEquals(SENSELESS, check(null, subnet("c00002"), address("198.51.100.1")));
        assertEquals(SENSELESS, check(null, dns("*.example.org"), dns("films.example.com")));
    }

    @ParameterizedTest
    @CsvSource({
        "ann@example.org, example.org, true",
        "ann@EXAMPLE.org, example.ORG, true",
        "ann@example.org., example.org, true",
        "ann@example.org., ann@example.org, true",
        "ann@mail.example.org, example.org, false",
        "ann@mail.example.org, .example.org, true",
        "ann@example.org, .example.org, false",
        "ann@example.org, ann@example.org, true",
        "Ann@example.org, ann@example.org, false",
        "bob@example.org, ann@example.org, false",
    })
    void mailAddresses(String name, String subtree, boolean within) {
        GeneralName base = new GeneralName(GeneralName.rfc822Name, subtree);
        GeneralName address = new GeneralName(GeneralName.rfc822Name, name);
        assertEquals(within ? FINE : DENIED, check(base, null, address));
        assertEquals(within ? DENIED : FINE, check(null, base, address));
    }

    @ParameterizedTest
    @CsvSource({
        "https://films.example.org/a, films.example.org, true, true",
        "https://films.example.org/a, .example.org, true, true",
        "https://films.example.org./a, .example.org, true, true",
        "https://films.example.org/a, example.org, false, false",
        "https://user@films.example.org:8443/a, films.example.org, true, true",
        "https://192.0.2.1/a, .example.org, false, true",
        "urn:films, .example.org, false, true",
    })
    void hostsOfUris(String name, String subtree, boolean within, boolean touched) {
        GeneralName base = new GeneralName(GeneralName.uniformResourceIdentifier, subtree);
        GeneralName uri = new GeneralName(GeneralName.uniformResourceIdentifier, name);
        assertEquals(within ? FINE : DENIED, check(base, null, uri));
        assertEquals(touched ? DENIED : FINE, check(null, base, uri));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "C=DE,O=Films,CN=a; C=DE,O=Films; true",
                "C=de,O=FILMS,CN=a; C=DE,O=Films; true",
                "O=Films,C=DE,CN=a; C=DE,O=Films; false",
                "C=DE; C=DE,O=Films; false",
                "C=DE,O=Films; ''; true",
            })
    void directoryNames(String name, String subtree, boolean within) {
        GeneralName base = new GeneralName(GeneralName.directoryName, new X500Name(subtree));
        GeneralName directory = new GeneralName(GeneralName.directoryName, new X500Name(name));
        // the subject is a directory name too, and is called CN=server
        assertEquals(within && subtree.isEmpty() ? FINE : DENIED, check(base, null, directory));
        assertEquals(within ? DENIED : FINE, check(null, base, directory));
    }

    @Test
    void aFormThatIsNotKnownIsDeniedOnlyIfItIsSpokenOf() {
        assertEquals(DENIED, check(null, otherName("1.2.3"), otherName("1.2.3")));
        assertEquals(DENIED, check(otherName("1.2.3"), null, otherName("1.2.3")));
        assertEquals(FINE, check(null, otherName("1.2.3"), otherName("1.2.4")));
        assertEquals(FINE, check(otherName("1.2.3"), null, dns("films.example.org")));
    }

    private static GeneralName otherName(String type) {
        ASN1EncodableVector fields = new ASN1EncodableVector();
        fields.add(new ASN1ObjectIdentifier(type));
        fields.add(new DERTaggedObject(true, 0, new DERUTF8String("a")));
        return new GeneralName(GeneralName.otherName, new DERSequence(fields));
    }

    @Test
    void mailAddressesInTheSubjectCountToo() {
        ChainSpec spec = new ChainSpec();
        spec.server.subject = new X500Name("CN=server,E=ann@example.com");
        spec.authority.constraints =
                new NameConstraints(subtrees(new GeneralName(GeneralName.rfc822Name, "example.org")), null);
        assertEquals(DENIED, check(spec));
        spec.server.subject = new X500Name("CN=server,E=ann@example.org");
        assertEquals(FINE, check(spec));
    }

    @Test
    void everyIssuerAboveCounts() {
        ChainSpec spec = new ChainSpec();
        spec.hasLower = true;
        spec.lower.permitted = "example.org";
        spec.authority.permitted = "films.example.org";
        spec.root.permitted = "org";
        assertEquals(FINE, check(spec));
        spec.root.permitted = "com";
        assertEquals(DENIED, check(spec));
    }

    /** A new key of the same authority (RFC 5280 6.1.3 b); the server's own certificate is never exempt. */
    @Test
    void aSelfIssuedAuthorityIsExempt() {
        ChainSpec spec = new ChainSpec();
        ChainSpec.Entity newer = new ChainSpec.Entity("Authority", ChainSpec.keys("EC", 256), true);
        newer.names = "elsewhere.example.com";
        spec.authority.permitted = "example.org";
        Findings findings = new Findings();
        List<Certificate> path = List.of(
                ChainSpec.make(spec.server, newer), ChainSpec.make(newer, spec.authority), spec.authorityCertificate());
        NameConstraintStep.check(new Path(path, spec.rootCertificate(), false, List.of()), new WorkLimit(), findings);
        assertEquals(FINE, findings.explanations().keySet());
    }

    @Test
    void moreNamesThanAnybodyComparesAreAFault() {
        List<GeneralName> names = new ArrayList<>();
        GeneralSubtree[] excluded = new GeneralSubtree[600];
        for (int i = 0; i < 600; i++) {
            names.add(dns("a" + i + ".example.org"));
            excluded[i] = new GeneralSubtree(
                    new GeneralName(GeneralName.dNSName, new DERIA5String("b" + i + ".example.com")));
        }
        ChainSpec spec = new ChainSpec();
        spec.server.alternatives = names;
        spec.authority.constraints = new NameConstraints(null, excluded);
        assertEquals(SENSELESS, check(spec));
    }
}
