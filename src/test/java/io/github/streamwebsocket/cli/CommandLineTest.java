package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person or a script sees who gets something wrong, or asks for help. */
class CommandLineTest {
    private static final String NOWHERE = "ws://127.0.0.1:1/";

    /** Logs each refused certificate; held, for the JDK forgets the level of a logger that nobody holds. */
    private static final Logger BOUNCY_CASTLE = Logger.getLogger("org.bouncycastle");

    @TempDir
    Path folder;

    @BeforeAll
    static void silenceTls() {
        BOUNCY_CASTLE.setLevel(Level.OFF);
    }

    @AfterAll
    static void hearTlsAgain() {
        BOUNCY_CASTLE.setLevel(null);
    }

    private static void assertOneLine(int exitCode, String start, CommandRun run) {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertEquals("", run.outText());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("streamwebsocket: " + start), run.err());
        assertFalse(run.err().contains("\u001b"), run.err());
    }

    static List<Arguments> misuses() {
        return List.of(
                Arguments.of("no such command: recieve, did you mean receive", List.of("recieve")),
                Arguments.of("Unknown option: '--nope'", List.of("--nope")),
                Arguments.of("Missing required parameters: 'FILE', 'URI'", List.of("send")),
                Arguments.of("Missing required parameter: 'FILE'", List.of("receive", NOWHERE)),
                Arguments.of("Unmatched argument", List.of("cat", NOWHERE, "more")),
                Arguments.of("Invalid value", List.of("cat", "http://127.0.0.1/")),
                Arguments.of("Invalid value", List.of("cat", "ws:///path")),
                Arguments.of("Invalid value", List.of("cat", "ws://host/a b")),
                Arguments.of("Invalid value", List.of("cat", "ws://user@host/")),
                Arguments.of("Invalid value", List.of("cat", "ws://host/#part")),
                Arguments.of("expected a port", List.of("cat", "ws://host:99999/")),
                Arguments.of("Invalid value for option '--wait'", List.of("cat", "--wait", "soon", NOWHERE)),
                Arguments.of("Invalid value for option '--connect-to'", List.of("cat", "--connect-to", "h", NOWHERE)),
                Arguments.of(
                        "Invalid value for option '--connect-to'", List.of("cat", "--connect-to", "::1:80", NOWHERE)),
                Arguments.of("Invalid value for option '--progress'", List.of("demo", "--progress", "much")),
                Arguments.of("Invalid value for option '--size'", List.of("demo", "--size", "big")),
                Arguments.of("expected either FILE or --size", List.of("demo", "--size", "1MiB", "film.mkv")),
                Arguments.of("expected wss:// but was ws://", List.of("cert", NOWHERE)),
                Arguments.of("expected a pin of sha256/", List.of("cat", "--pin", "sha256/short", NOWHERE)),
                Arguments.of("Invalid value for option '--ignore'", List.of("cat", "--ignore", "REVOKED", NOWHERE)),
                Arguments.of("expected a closeTimeout", List.of("cat", "--close-timeout", "0", NOWHERE)),
                Arguments.of("expected a header such as", List.of("cat", "-H", "nothing", NOWHERE)),
                Arguments.of("expected a header", List.of("cat", "-H", "Host: me", NOWHERE)),
                Arguments.of("expected each header once", List.of("cat", "-H", "a: 1", "-H", "A: 2", NOWHERE)),
                Arguments.of("expected", List.of("cat", "--protocol", "a b", NOWHERE)),
                Arguments.of("expected --echo, --sink or --files=DIR", List.of("serve")),
                Arguments.of("expected only one of --echo, --sink and --files", List.of("serve", "--echo", "--sink")),
                Arguments.of(
                        "Unmatched argument at index 3: '9'; a level is written --compress=9",
                        List.of("serve", "--echo", "--compress", "9")),
                Arguments.of("Unknown option: '--read-timeout=1s'", List.of("cert", "--read-timeout=1s", NOWHERE)),
                Arguments.of("expected --force with --files", List.of("serve", "--echo", "--force")),
                Arguments.of("expected --cert and --key together", List.of("serve", "--echo", "--cert", "x")),
                Arguments.of("expected --ca-out with --tls", List.of("serve", "--echo", "--ca-out", "x")),
                Arguments.of("expected a port from 0", List.of("serve", "--echo", "--port", "65536")),
                Arguments.of("expected", List.of("serve", "--echo", "--protocol", "a b")));
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void aWrongCommandLineIsExplainedInOneLineThatPointsToTheHelp(String start, List<String> args) {
        CommandRun run = CommandRun.of(args.toArray(String[]::new));
        assertOneLine(2, start, run);
        assertTrue(run.err().endsWith(" --help\"\n"), run.err());
    }

    @Test
    void eachKindOfFailureHasItsOwnExitCode() throws IOException {
        String file = TestData.file(folder, "film.mkv", 1_000).toString();
        String none = folder.resolve("none").toString();
        String target = folder.resolve("target").toString();
        assertOneLine(3, "no connection to 127.0.0.1:1: ", CommandRun.of("receive", NOWHERE, target));
        assertOneLine(
                3,
                "no connection to example.org:80: TCP to 127.0.0.1:1 failed",
                CommandRun.of("cat", "ws://example.org/", "--connect-to", "127.0.0.1:1"));
        assertOneLine(7, "cannot read " + none + ": no such file", CommandRun.of("send", none, NOWHERE));
        assertOneLine(7, "cannot read " + folder + ": it is a directory", CommandRun.of("send", folder + "", NOWHERE));
        assertOneLine(7, folder + " is a directory", CommandRun.of("receive", NOWHERE, folder + ""));
        assertOneLine(7, "cannot write " + none + "/x", CommandRun.of("receive", NOWHERE, none + "/x"));
        assertOneLine(7, file + " exists already", CommandRun.of("receive", NOWHERE, file));
        assertOneLine(7, "cannot read " + none, CommandRun.of("receive", NOWHERE, target, "--ca", none));
        assertOneLine(7, "no certificate in " + file, CommandRun.of("receive", NOWHERE, target, "--ca", file));
        assertOneLine(7, "cannot serve " + none, CommandRun.of("serve", "--files", none));
        assertOneLine(7, file + " is no directory", CommandRun.of("serve", "--files", file));
        assertOneLine(7, "cannot read " + none, CommandRun.of("serve", "--echo", "--cert", none, "--key", none));
        assertOneLine(7, file + " exists and is no", CommandRun.of("serve", "--echo", "--tls", "--ca-out", file));
        assertOneLine(7, "cannot read " + none, CommandRun.of("demo", none));
        assertEquals(List.of("film.mkv"), TestData.names(folder));
    }

    @Test
    void aServerThatSaysNothingIsNoConnectionInTime() throws IOException {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            for (String scheme : List.of("ws", "wss")) {
                String uri = scheme + "://127.0.0.1:" + mute.getLocalPort() + "/";
                CommandRun run = CommandRun.of("cat", uri, "--connect-timeout", "300ms");
                assertOneLine(3, "no connection to 127.0.0.1:" + mute.getLocalPort() + " within 0.3 s", run);
            }
        }
    }

    @Test
    void aCertificateThatIsNotTrustedOrOfAnotherNameIsAFailureOfTls() {
        try (Serving serving = Serving.with("--echo", "--tls")) {
            assertOneLine(
                    5, "certificate of 127.0.0.1 is not trusted: UNTRUSTED", CommandRun.of("cat", serving.uri("/")));
            assertOneLine(
                    5,
                    "certificate of example.org is not trusted: INVALID_NAME",
                    CommandRun.of("cat", serving.uri("/"), "--ca", serving.ca(), "--server-name", "example.org"));
        }
        try (Serving plain = Serving.with("--echo")) {
            assertOneLine(
                    5,
                    "the TLS handshake with 127.0.0.1 failed: expected a TLS record but what came is none"
                            + " (unexpected_message(10); Unsupported UNKNOWN(72)); does the server want ws://?",
                    CommandRun.of("cat", plain.uri("/").replace("ws:", "wss:")));
        }
    }

    @Test
    void aPortThatIsTakenIsSaidWithItsAddress() {
        try (Serving serving = Serving.with("--echo")) {
            String port = serving.uri("").replaceFirst(".*:", "");
            assertOneLine(3, "cannot listen on 127.0.0.1:" + port, CommandRun.of("serve", "--echo", "--port", port));
        }
    }

    @Test
    void theStackTraceIsShownWhenAskedFor() {
        CommandRun run = CommandRun.of("cat", "-v", NOWHERE);
        assertEquals(3, run.exitCode());
        assertTrue(run.err().contains("\tat io.github.streamwebsocket."), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "send", "receive", "cat", "cert", "serve", "demo"})
    void theHelpHasWhatANewcomerNeeds(String command) {
        CommandRun run = command.isEmpty() ? CommandRun.of("--help") : CommandRun.of(command, "--help");
        String help = run.outText();
        assertEquals(0, run.exitCode());
        assertEquals("", run.err());
        for (String part : List.of("Usage: streamwebsocket", "Options:", "Exit codes:", "Examples:", "130 ")) {
            assertTrue(help.contains(part), part + " in " + help);
        }
        assertTrue(help.lines().allMatch(line -> line.length() <= 80), help);
        assertTrue( // an example is to be copied, so it is one line
                help.lines()
                        .dropWhile(line -> !line.equals("Examples:"))
                        .skip(1)
                        .takeWhile(line -> !line.isEmpty())
                        .allMatch(line -> line.startsWith("  ") && line.contains("streamwebsocket ")),
                help);
        assertFalse(help.contains("\u001b") || help.contains("${"), help);
    }

    @Test
    void theWordHelpDoesWhatTheOptionDoes() {
        assertEquals(
                CommandRun.of("cat", "--help").outText(),
                CommandRun.of("help", "cat").outText());
        CommandRun run = CommandRun.of("help");
        assertEquals(0, run.exitCode());
        assertEquals(CommandRun.of("--help").outText(), run.outText());
    }

    @Test
    void eachCommandTellsTheCloseTimeoutItHas() {
        for (List<String> expected : List.of(List.of("send", "60s"), List.of("cat", "5s"), List.of("receive", "5s"))) {
            String help = CommandRun.of(expected.get(0), "--help").outText().replaceAll("\\s+", " ");
            assertTrue(help.contains("to answer our Close. Default: " + expected.get(1) + " "), help);
        }
    }

    @Test
    void withoutACommandTheHelpIsShownAndItIsAMisuse() {
        CommandRun run = CommandRun.of();
        assertEquals(2, run.exitCode());
        assertEquals("", run.outText());
        assertTrue(run.err().contains("Usage: streamwebsocket"), run.err());
    }

    @Test
    void theVersionNamesProgramAndJava() {
        CommandRun run = CommandRun.of("--version");
        assertEquals(0, run.exitCode());
        assertTrue(run.outText().startsWith("streamwebsocket "), run.outText());
        assertTrue(run.outText().contains("Java " + System.getProperty("java.version")), run.outText());
    }

    @Test
    void everyFailureLeavesTheFolderAsItWas() throws IOException {
        Files.createFile(folder.resolve("here"));
        CommandRun.of("receive", NOWHERE, folder.resolve("target") + "");
        CommandRun.of("receive", NOWHERE, folder.resolve("here") + "", "--force");
        assertEquals(List.of("here"), TestData.names(folder));
    }
}
