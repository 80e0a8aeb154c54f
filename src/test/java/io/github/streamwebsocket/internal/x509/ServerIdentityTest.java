package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.ChainValidationResult;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names make a certificate one for a host (RFC 9525). */
class ServerIdentityTest {

    static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, new DERIA5String(name));
    }

    static GeneralName address(String literal) throws Exception {
        return new GeneralName(
                GeneralName.iPAddress,
                new DEROctetString(InetAddress.getByName(literal).getAddress()));
    }

    private static Map<ChainValidationResult, String> check(String host, List<GeneralName> names) {
        ChainSpec spec = new ChainSpec();
        spec.server.alternatives = names;
        Findings findings = new Findings();
        ServerIdentity.check(spec.serverCertificate(), host, findings);
        return findings.explanations();
    }

    private static boolean names(String host, GeneralName... names) {
        return check(host, List.of(names)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "films.example.org, films.example.org",
        "FILMS.example.ORG, films.EXAMPLE.org",
        "films.example.org., films.example.org",
        "films.example.org, *.example.org",
        "films.example.org, *.EXAMPLE.org",
        "xn--bcher-kva.example.org, *.example.org",
        "bücher.example.org, xn--bcher-kva.example.org",
        "a_b.example.org, a_b.example.org",
        "localhost, localhost",
    })
    void aNameFits(String host, String name) {
        assertEquals(true, names(host, dns(name)));
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, films.example.org",
        "films.example.org, example.org",
        "example.org, *.example.org",
        "a.films.example.org, *.example.org",
        "example.org, *.org",
        "films.example.org, *",
        "films.example.org, *.*.org",
        "films.example.org, *.*",
        "films.example.org, f*.example.org",
        "films.example.org, *s.example.org",
        "films.example.org, films.*.org",
        "films.example.org, films.example.*",
        "*.example.org, *.example.org",
        "films.example.org, films.example.org.",
        "films.example.org, .example.org",
        "bücher.example.org, bücher.example.org",
        "com, *.com",
        "127.0.0.1, 127.0.0.1",
        "127.0.0.1, *.0.0.1",
        "127.0.0.1., 127.0.0.1",
        "127.0.0.1., *.0.0.1",
        "'\uff11\uff12\uff17.0.0.1', 127.0.0.1",
        "::1, ::1",
    })
    void anotherNameDoesNot(String host, String name) {
        assertEquals(false, names(host, dns(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "films.example.org\0.evil.example",
                "films.example.org\n",
                " films.example.org",
                "films.example.org\0"
            })
    void nothingIsCutOff(String name) {
        assertEquals(false, names("films.example.org", dns(name)));
        assertEquals(false, names(name, dns("films.example.org")));
    }

    @Test
    void anAddressIsNamedByAnAddressOnly() throws Exception {
        assertEquals(true, names("192.0.2.1", address("192.0.2.1")));
        assertEquals(true, names("2001:db8::1", address("2001:db8:0:0:0:0:0:1")));
        assertEquals(true, names("[2001:DB8::1]", address("2001:db8::1")));
        assertEquals(false, names("192.0.2.1", address("192.0.2.2")));
        assertEquals(false, names("192.0.2.1", dns("192.0.2.1")));
        assertEquals(false, names("films.example.org", address("192.0.2.1")));
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        System.arraycopy(InetAddress.getByName("192.0.2.1").getAddress(), 0, mapped, 12, 4);
        assertEquals(false, names("192.0.2.1", new GeneralName(GeneralName.iPAddress, new DEROctetString(mapped))));
        assertEquals(
                false, names("192.0.2.1", new GeneralName(GeneralName.iPAddress, new DEROctetString(new byte[5]))));
    }

    /** The common name of the certificate is that of its entity, "films.example.org" here. */
    @Test
    void theCommonNameNeverCounts() {
        ChainSpec.Entity named = new ChainSpec.Entity("films.example.org", ChainSpec.SERVER, false);
        Findings findings = new Findings();
        ServerIdentity.check(ChainSpec.make(named, new ChainSpec().authority), "films.example.org", findings);
        assertEquals(Map.of(ChainValidationResult.INVALID_NAME, "valid for no name"), findings.explanations());
    }

    @Test
    void theExplanationListsTheNamesEscapedAndCut() throws Exception {
        assertEquals(
                "valid for: a.example, b\\n.example, 192.0.2.1, 2001:db8:0:0:0:0:0:1",
                check(
                                "films.example.org",
                                List.of(
                                        dns("a.example"),
                                        dns("b\n.example"),
                                        address("192.0.2.1"),
                                        address("2001:db8::1")))
                        .get(ChainValidationResult.INVALID_NAME));
        List<GeneralName> many = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            many.add(dns("server" + i + ".example"));
        }
        String text = String.valueOf(check("films.example.org", many).get(ChainValidationResult.INVALID_NAME));
        assertEquals(true, text.endsWith("...") && text.length() < 150, text);
    }
}
