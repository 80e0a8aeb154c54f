package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateNamesTest {

    private static X509Certificate forNames(String... names) {
        return Credentials.issue(KeyKind.EC, names).chain().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, example.org",
        "EXAMPLE.org, example.ORG",
        "example.org., example.org",
        "a.example.org, *.example.org",
        "xn--bcher-kva.example, xn--bcher-kva.example",
        "bücher.example, xn--bcher-kva.example",
        "localhost, localhost",
        "my_host.internal, my_host.internal",
        "192.0.2.1, 192.0.2.1",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8::1",
    })
    void theNameFits(String host, String name) {
        assertDoesNotThrow(() -> CertificateNames.check(forNames("other.example", name), host));
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, example.com",
        "example.org, www.example.org",
        "www.example.org, example.org",
        "example.org, *.example.org",
        "a.b.example.org, *.example.org",
        ".example.org, *.example.org",
        "example.org, *.org",
        "localhost, *",
        "aa.example.org, a*.example.org",
        "a.b.example.org, a.*.example.org",
        "192.0.2.1, 192.0.2.2",
        "192.0.2.1, *.0.2.1",
        "2001:db8::1, 2001:db8::2",
        "'', example.org",
    })
    void theNameDoesNotFit(String host, String name) {
        CertificateRefusedException refused =
                assertThrows(CertificateRefusedException.class, () -> CertificateNames.check(forNames(name), host));
        assertEquals(WebErrorStatus.CERTIFICATE_COMMON_NAME_IS_INCORRECT, refused.status());
    }

    @Test
    void theCommonNameDoesNotCount() {
        X509Certificate certificate = forNames();
        assertEquals("CN=nobody", certificate.getSubjectX500Principal().getName());
        CertificateRefusedException refused =
                assertThrows(CertificateRefusedException.class, () -> CertificateNames.check(certificate, "nobody"));
        assertEquals("the certificate does not name nobody (it has no subject alternative name)", refused.getMessage());
    }

    @Test
    void theMessageListsTheNamesThereAre() {
        CertificateRefusedException refused = assertThrows(
                CertificateRefusedException.class,
                () -> CertificateNames.check(forNames("a.example", "192.0.2.1", "*.b.example"), "c.example"));
        assertEquals(
                "the certificate does not name c.example (it is for: a.example, *.b.example, 192.0.2.1)",
                refused.getMessage());
    }

    @Test
    void manyNamesAreCut() {
        String[] names = new String[100];
        for (int i = 0; i < names.length; i++) {
            names[i] = "host" + i + ".example";
        }
        CertificateRefusedException refused = assertThrows(
                CertificateRefusedException.class, () -> CertificateNames.check(forNames(names), "c.example"));
        assertTrue(refused.getMessage().length() < 256, refused::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "[::1]", "", "."})
    void addressesAndNothingHaveNoDnsName(String host) {
        assertNull(CertificateNames.dnsName(host));
    }
}
