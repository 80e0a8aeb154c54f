package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificateReportTest {
    private static final Instant NOW = MadeCertificate.UNTIL.minus(Duration.ofDays(83));

    private static X509Certificate server;
    private static X509Certificate middle;
    private static X509Certificate root;

    @BeforeAll
    static void make() throws Exception {
        server = MadeCertificate.of("CN=a.example")
                .issuedBy("CN=R11, O=Let's Sign")
                .names("a.example")
                .make();
        middle =
                MadeCertificate.of("CN=R11, O=Let's Sign").issuedBy("CN=Root X").make();
        root = MadeCertificate.of("CN=Root X").make();
    }

    private static String report(ServerCertificates certificates, ChainValidationResult... ignored) {
        return String.join(
                "\n", new CertificateReport("a.example", certificates, Set.of(ignored), "TLS 1.3", NOW).lines());
    }

    private static ServerCertificates failed(
            List<X509Certificate> path, Map<ChainValidationResult, String> explanations) {
        return new ServerCertificates(path, path, explanations);
    }

    /** Returns the lines of the headings, with what stands below each. */
    private static List<String> roles(String report) {
        List<String> lines = report.lines().toList();
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).startsWith("["))
                .mapToObj(i -> lines.get(i) + ": " + lines.get(i + 1).strip())
                .toList();
    }

    @Test
    void aGoodChainIsALadderFromTheServerToTheAnchor() {
        String report =
                report(new ServerCertificates(List.of(server, middle), List.of(server, middle, root), Map.of()));
        assertEquals(
                List.of(
                        "[1] a.example: the server's certificate, signed by [2]",
                        "[2] R11 (Let's Sign): signed by [3]",
                        "[3] Root X: trusted here (trust anchor)"),
                roles(report));
        assertTrue(report.contains("\n    pin        " + CertificateText.pin(server) + "\n"), report);
        assertTrue(report.contains("\nconnection     TLS 1.3\n"), report);
        assertTrue(report.endsWith("\nOK: the certificate is trusted, and valid for a.example"), report);
    }

    @Test
    void anAnchorThatTheServerHasSentSaysSo() {
        List<X509Certificate> path = List.of(server, middle, root);
        assertEquals(
                "[3] Root X: trusted here (trust anchor), sent as well",
                roles(report(new ServerCertificates(path, path, Map.of()))).get(2));
    }

    @Test
    void aServersCertificateThatIsTrustedItselfIsBoth() {
        assertEquals(
                List.of("[1] Root X: the server's certificate, trusted here (trust anchor)"),
                roles(report(new ServerCertificates(List.of(root), List.of(root), Map.of()))));
    }

    @Test
    void aChainThatLeadsNowhereSaysWhoIsMissing() {
        String report = report(failed(List.of(server), Map.of(ChainValidationResult.INCOMPLETE_CHAIN, "no issuer")));
        assertEquals(
                List.of("[1] a.example: the server's certificate, signed by R11 (Let's Sign), whose certificate was"),
                roles(report));
        assertTrue(report.contains("  > If R11 (Let's Sign) is an authority you trust"), report);
    }

    @Test
    void aRootThatIsNotTrustedIsNoAnchor() {
        String report = report(failed(List.of(server, middle, root), Map.of(ChainValidationResult.UNTRUSTED, "who?")));
        assertEquals(
                "[3] Root X: signed by itself, not trusted here", roles(report).get(2));
    }

    @Test
    void anIssuerWhoseSignatureDoesNotVerifyIsOnlyClaimed() {
        String report = report(failed(List.of(server, root), Map.of(ChainValidationResult.INVALID_SIGNATURE, "no")));
        assertEquals(
                "[1] a.example: the server's certificate, says it was signed by [2]",
                roles(report).get(0));
    }

    @Test
    void whatWasSentForNothingIsNamedAndCounted() throws Exception {
        List<X509Certificate> sent = new ArrayList<>(List.of(server, middle));
        for (int i = 0; i < 40; i++) {
            sent.add(MadeCertificate.of("CN=extra " + i).make());
        }
        String report = report(new ServerCertificates(sent, List.of(server, middle, root), Map.of()));
        assertTrue(report.contains("\nsent as well, but of no use:\n  - extra 0\n"), report);
        assertTrue(report.contains("  - extra 9\n"), report);
        assertFalse(report.contains("  - extra 10\n"), report);
        assertTrue(report.contains("\n    and 30 more\n"), report);
    }

    @Test
    void everyErrorIsShownTheWorstFirstAndTheIgnoredOnesLast() {
        Map<ChainValidationResult, String> errors = new EnumMap<>(ChainValidationResult.class);
        errors.put(ChainValidationResult.UNTRUSTED, "nobody knows Root X");
        errors.put(ChainValidationResult.EXPIRED, "ended long ago");
        errors.put(ChainValidationResult.INVALID_SIGNATURE, "forged");
        String report = report(failed(List.of(server, root), errors), ChainValidationResult.UNTRUSTED);
        List<String> lines = report.lines().toList();
        List<String> tail = lines.subList(lines.indexOf("3 errors:"), lines.size());
        assertEquals(
                List.of("INVALID_SIGNATURE (fatal)", "EXPIRED (can be ignored)", "UNTRUSTED (ignored)"),
                tail.stream().filter(line -> line.matches("[A-Z].*")).toList());
        assertTrue(report.contains("EXPIRED (can be ignored)\n    ended long ago\n  > The server needs"), report);
        assertTrue(report.endsWith("UNTRUSTED (ignored)\n    nobody knows Root X"), report);
        assertFalse(report.contains("OK"), report);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SUCCESS")
    void eachErrorHasAnAdviceThatFitsOnTheTerminal(ChainValidationResult error) {
        String report = report(failed(List.of(server, root), Map.of(error, "why")));
        assertTrue(report.contains("\n" + error + " (") && report.contains("\n    why\n  > "), report);
        assertTrue(report.lines().allMatch(line -> line.length() <= TextPage.COLUMNS), report);
        if (report.contains(error + " (fatal)")) {
            assertFalse(report.contains("--ignore"), report);
        }
    }

    @Test
    void theAdviceForAStrangerEndsInAPinToCopy() {
        String pin = "\n    --pin " + CertificateText.pin(server) + " --ignore UNTRUSTED";
        Map<ChainValidationResult, String> untrusted = Map.of(ChainValidationResult.UNTRUSTED, "who?");
        String alone = report(failed(List.of(server), untrusted));
        assertTrue(alone.endsWith(pin) && !alone.contains("--ca"), alone);
        String withAuthority = report(failed(List.of(server, root), untrusted));
        assertTrue(
                withAuthority.endsWith(pin) && withAuthority.contains("  > If you trust Root X, save"), withAuthority);
    }

    @Test
    void withoutAPathThereIsWhatWasSent() {
        String report = report(new ServerCertificates(List.of(server, middle), List.of(), Map.of()));
        assertEquals(
                "[1] a.example: the server's certificate, signed by [2]",
                roles(report).get(0));
        assertFalse(report.contains("trust anchor"), report);
    }
}
