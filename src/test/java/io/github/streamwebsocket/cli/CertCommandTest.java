package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority.Credential;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.testing.OpensslServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code cert} says of real servers, and what it tells a script. */
class CertCommandTest {
    private static final SelfMadeAuthority AUTHORITY = SelfMadeAuthority.create("Example Root", KeyKind.EC);

    /** Logs each refused certificate; held, for the JDK forgets the level of a logger that nobody holds. */
    private static final Logger BOUNCY_CASTLE = Logger.getLogger("org.bouncycastle");

    @TempDir
    Path folder;

    private String ca = "";

    @BeforeAll
    static void silenceTls() {
        BOUNCY_CASTLE.setLevel(Level.OFF);
    }

    @AfterAll
    static void hearTlsAgain() {
        BOUNCY_CASTLE.setLevel(null);
    }

    @BeforeEach
    void saveAuthority() throws IOException {
        ca = Files.writeString(folder.resolve("ca.pem"), SelfMadeAuthority.pem(List.of(AUTHORITY.certificate())))
                .toString();
    }

    private Serving serving(Credential credential) throws IOException {
        return Serving.with(
                "--echo",
                "--cert",
                chain(credential).toString(),
                "--key",
                key(credential).toString());
    }

    private Path chain(Credential credential) throws IOException {
        return Files.writeString(folder.resolve("chain.pem"), SelfMadeAuthority.pem(credential.chain()));
    }

    private Path key(Credential credential) throws IOException {
        return Files.writeString(folder.resolve("key.pem"), SelfMadeAuthority.pem(credential.privateKey()));
    }

    private static Credential expired(String... names) {
        Instant end = Instant.now().minus(Duration.ofDays(3));
        return AUTHORITY.issue(KeyKind.EC, end.minus(Duration.ofDays(90)), end, names);
    }

    /** Runs the command, whose every line has to fit on a terminal. */
    private static CommandRun cert(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "cert";
        System.arraycopy(options, 0, args, 1, options.length);
        CommandRun run = CommandRun.of(args);
        assertTrue(
                run.outText()
                        .lines()
                        .allMatch(line -> line.length() <= TextPage.COLUMNS
                                && line.codePoints().noneMatch(Character::isISOControl)),
                run.outText());
        return run;
    }

    private static List<String> errors(CommandRun run) {
        return run.outText()
                .lines()
                .filter(line -> line.matches("[A-Z_]+ \\(.*\\)"))
                .toList();
    }

    @Test
    void aTrustedServerIsShownUpToItsAuthorityAndNothingElseIsSaid() throws IOException {
        Credential credential = AUTHORITY.issue(KeyKind.EC, "127.0.0.1", "films.example");
        try (Serving serving = serving(credential)) {
            CommandRun run = cert(serving.uri("/"), "--ca", ca);
            String out = run.outText();
            assertEquals(0, run.exitCode(), run.err());
            assertEquals("", run.err());
            assertTrue(out.startsWith("[1] 127.0.0.1\n    the server's certificate, signed by [2]\n"), out);
            assertTrue(out.contains("\n    names      127.0.0.1, films.example\n"), out);
            assertTrue(out.contains(", ends in 89 days\n"), out);
            assertTrue(out.contains("\n[2] Example Root\n    trusted here (trust anchor), sent as well\n"), out);
            assertTrue(out.contains("\nconnection     TLS 1.3, TLS_"), out);
            assertTrue(out.endsWith("\nOK: the certificate is trusted, and valid for 127.0.0.1\n"), out);
        }
    }

    @Test
    void everyErrorIsFoundAndErrorsThatCanBeIgnoredHaveAnExitCodeOfTheirOwn() throws IOException {
        try (Serving serving = serving(expired("films.example"))) {
            CommandRun run = cert(serving.uri("/"), "--ca", ca);
            assertEquals(8, run.exitCode(), run.err());
            assertEquals(List.of("EXPIRED (can be ignored)", "INVALID_NAME (can be ignored)"), errors(run));
            assertTrue(run.outText().contains("ended 3 days ago"), run.outText());
            assertFalse(run.outText().contains("OK:"), run.outText());
            assertEquals("", run.err());
        }
    }

    @Test
    void aStrangeAuthorityIsNotTrusted() throws IOException {
        try (Serving serving = serving(AUTHORITY.issue(KeyKind.EC, "127.0.0.1"))) {
            CommandRun run = cert(serving.uri("/"));
            assertEquals(8, run.exitCode(), run.err());
            assertEquals(List.of("UNTRUSTED (can be ignored)"), errors(run));
            assertTrue(run.outText().contains("[2] Example Root\n    signed by itself, not trusted here\n"));
        }
    }

    @Test
    void thePinOfTheReportOpensTheServerThatIsNotTrusted() throws IOException {
        Credential credential = AUTHORITY.issue(KeyKind.EC, "127.0.0.1");
        try (Serving serving = serving(credential)) {
            String pin = CertificateText.pin(credential.chain().get(0));
            assertTrue(cert(serving.uri("/")).outText().contains("    pin        " + pin + "\n"));
            CommandRun run = CommandRun.withInput(
                    "hello".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                    "cat",
                    serving.uri("/"),
                    "--pin",
                    pin,
                    "--ignore",
                    "UNTRUSTED");
            assertEquals(0, run.exitCode(), run.err());
            assertEquals("hello", run.outText());
        }
    }

    @Test
    void anotherPinIsFatalWhateverIsIgnored() throws IOException {
        try (Serving serving = serving(AUTHORITY.issue(KeyKind.EC, "127.0.0.1"))) {
            String pin = "sha256/" + "A".repeat(43) + "=";
            CommandRun run = cert(serving.uri("/"), "--pin", pin, "--ignore", "untrusted");
            assertEquals(5, run.exitCode(), run.err());
            assertEquals(List.of("OTHER_ERRORS (fatal)", "UNTRUSTED (ignored)"), errors(run));
        }
    }

    @Test
    void whatIsIgnoredIsShownAndDoesNotCount() throws IOException {
        try (Serving serving = serving(expired("films.example"))) {
            CommandRun run = cert(serving.uri("/"), "--ca", ca, "--ignore", "expired,invalid_name");
            assertEquals(0, run.exitCode(), run.err());
            assertEquals(List.of("EXPIRED (ignored)", "INVALID_NAME (ignored)"), errors(run));
            assertEquals("what --ignore names does not count\n", run.err());
            assertEquals(
                    8, cert(serving.uri("/"), "--ca", ca, "--ignore", "expired").exitCode());
        }
    }

    @Test
    void thePemIsWhatWasSentAndNothingElse() throws Exception {
        Credential credential = expired("127.0.0.1");
        try (Serving serving = serving(credential)) {
            CommandRun run = CommandRun.of("cert", "--pem", serving.uri("/"), "--ca", ca);
            assertEquals(8, run.exitCode(), run.err());
            assertArrayEquals(
                    credential.chain().toArray(),
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(run.out()))
                            .toArray());
            assertEquals(SelfMadeAuthority.pem(credential.chain()), run.outText());
            assertTrue(run.err().startsWith("streamwebsocket: EXPIRED: "), run.err());
            assertEquals(1, run.err().lines().count(), run.err());
        }
    }

    @Test
    void aThousandNamesAreAFewLines() throws IOException {
        String[] names = IntStream.range(0, 1_000)
                .mapToObj(i -> i == 999 ? "127.0.0.1" : "host" + i + ".films.example")
                .toArray(String[]::new);
        try (Serving serving = serving(AUTHORITY.issue(KeyKind.EC, names))) {
            CommandRun good = cert(serving.uri("/"), "--ca", ca);
            assertEquals(0, good.exitCode(), good.err());
            assertTrue(good.outText().contains("and 992 more"), good.outText());
            assertTrue(good.outText().lines().count() < 40, good.outText());
            CommandRun bad = cert(serving.uri("/"), "--ca", ca, "--server-name", "other.example");
            assertEquals(8, bad.exitCode(), bad.err());
            assertTrue(bad.outText().lines().count() < 50, bad.outText());
        }
    }

    @Test
    void otherCommandsPointToIt() throws IOException {
        try (Serving serving = serving(expired("127.0.0.1"))) {
            CommandRun run = CommandRun.of("cat", serving.uri("/"), "--ca", ca);
            assertEquals(5, run.exitCode());
            assertTrue(run.err().contains("EXPIRED"), run.err());
            assertTrue(run.err().endsWith("; see \"streamwebsocket cert URI\"\n"), run.err());
            assertEquals(1, run.err().lines().count(), run.err());
        }
    }

    @Test
    void aServerWithoutTlsHasNoCertificates() {
        try (Serving serving = Serving.with("--echo")) {
            CommandRun run = cert(serving.uri("/").replace("ws:", "wss:"));
            assertEquals(5, run.exitCode());
            assertEquals("", run.outText());
            assertTrue(run.err().endsWith("; does the server want ws://?\n"), run.err());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aServerThatIsNoWebSocketIsJudgedByItsCertificate(String version) throws IOException {
        Credential credential = AUTHORITY.issue(KeyKind.RSA, "127.0.0.1");
        try (OpensslServer server = OpensslServer.with(chain(credential), key(credential), version, "-www")) {
            CommandRun run = cert(server.uri(), "--ca", ca);
            assertEquals(0, run.exitCode(), run.err());
            assertTrue(run.outText().contains("\n    key        RSA 2048\n"), run.outText());
            String spoken = version.equals("-tls1_2") ? "TLS 1.2, TLS_ECDHE_RSA_" : "TLS 1.3, TLS_AES_";
            assertTrue(run.outText().contains(spoken), run.outText());
            assertTrue(run.outText().contains("\nOK: "), run.outText());
            assertTrue(run.err().startsWith("no WebSocket, which does not matter here: the server refused"), run.err());
            assertEquals("", cert(server.uri(), "--ca", ca, "-q").err());
            assertEquals(
                    8,
                    cert(server.uri(), "--ca", ca, "--server-name", "localhost").exitCode());
        }
    }

    /** Without -www it shows what comes in and waits for somebody to type an answer. */
    @Test
    void aServerThatNeverAnswersTheOpeningRequestIsNotWaitedForLong() throws IOException {
        Credential credential = AUTHORITY.issue(KeyKind.EC, "127.0.0.1");
        try (OpensslServer server = OpensslServer.with(chain(credential), key(credential))) {
            long start = System.nanoTime();
            CommandRun run = cert(server.uri(), "--ca", ca);
            assertTrue(System.nanoTime() - start < 20_000_000_000L, "the connect timeout is 30 s");
            assertEquals(0, run.exitCode(), run.err());
            assertTrue(run.outText().contains("\nOK: "), run.outText());
            assertEquals("no WebSocket, which does not matter here: no answer within 5 s\n", run.err());
        }
    }

    @Test
    void aServerThatAsksForACertificateOfTheClientIsShownAndTheFailureToo() throws IOException {
        Credential credential = AUTHORITY.issue(KeyKind.EC, "127.0.0.1");
        try (OpensslServer server =
                OpensslServer.with(chain(credential), key(credential), "-tls1_2", "-Verify", "1", "-www")) {
            CommandRun run = cert(server.uri(), "--ca", ca);
            assertEquals(5, run.exitCode(), run.err());
            assertTrue(run.outText().contains("\nOK: "), run.outText());
            assertTrue(run.err().startsWith("streamwebsocket: the TLS handshake with 127.0.0.1 failed"), run.err());
        }
    }

    @Test
    void aMixUpOfWsAndWssIsAskedAbout() throws IOException {
        Credential credential = AUTHORITY.issue(KeyKind.EC, "127.0.0.1");
        try (Serving serving = serving(credential);
                OpensslServer server = OpensslServer.with(chain(credential), key(credential), "-www")) {
            for (String uri : List.of(serving.uri("/"), server.uri())) {
                CommandRun run = CommandRun.of("cat", uri.replace("wss:", "ws:"));
                assertTrue(run.err().endsWith("; does the server want wss://?\n"), run.err());
                assertEquals(1, run.err().lines().count(), run.err());
            }
        }
    }
}
