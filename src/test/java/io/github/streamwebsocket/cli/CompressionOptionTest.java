package io.github.streamwebsocket.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.net.Await;
import io.github.streamwebsocket.testing.CountingRelay;
import io.github.streamwebsocket.testing.ScriptedServer;
import io.github.streamwebsocket.testing.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code --compress}: what it saves on the wire, that it needs both ends, and what it takes for a level. */
@Timeout(60)
class CompressionOptionTest {
    private static final String AGREED = "messages that get smaller by it are compressed: permessage-deflate: level ";
    private static final String NOT_AGREED =
            "no compression: the other end does not offer it, or does not take the offer\n";

    /** Lines longer than the threshold that get half as long or less, and the shorter the higher the level is. */
    private static final byte[] DATA = lines();

    @TempDir
    Path folder;

    private Path inbox;
    private Path source;

    @BeforeEach
    void makeFiles() throws IOException {
        inbox = Files.createDirectory(folder.resolve("inbox"));
        source = Files.write(folder.resolve("log.txt"), DATA);
    }

    private static byte[] lines() {
        List<String> words = List.of("accept", "fragment", "handshake", "Close", "opcode", "masked", "payload", "ping");
        Random random = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < 100_000; word++) {
            text.append(words.get(random.nextInt(words.size())));
            text.append(random.nextInt(100) == 0 ? System.lineSeparator() : " ");
        }
        return text.append(System.lineSeparator()).toString().getBytes(US_ASCII);
    }

    private static CountingRelay before(Serving serving) throws IOException {
        return new CountingRelay(serving.uriOf("/").getPort());
    }

    private static CommandRun done(CommandRun run) {
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private static void assertSmall(long onTheWire) {
        assertTrue(onTheWire < DATA.length / 2, onTheWire + " bytes on the wire for " + DATA.length);
    }

    private static void assertPlain(long onTheWire) {
        assertTrue(onTheWire > DATA.length, onTheWire + " bytes on the wire for " + DATA.length);
    }

    @Test
    void aFileIsSmallerOnTheWireBothWaysAndBothEndsSayWhatWasAgreed() throws IOException {
        Path copy = folder.resolve("copy");
        try (Serving serving = Serving.with("--files", inbox.toString(), "--compress=2", "-v");
                CountingRelay relay = before(serving)) {
            String uri = relay.uri() + "log.txt";
            CommandRun sent = done(CommandRun.of("send", "--compress", source.toString(), uri, "-v"));
            assertSmall(relay.up());
            assertEquals(-1, Files.mismatch(source, inbox.resolve("log.txt")));
            assertTrue(sent.err().contains(AGREED + "3, "), sent.err());

            CommandRun received = done(CommandRun.of("receive", "--compress=9", uri, copy.toString(), "-v"));
            assertSmall(relay.down());
            assertEquals(-1, Files.mismatch(source, copy));
            assertTrue(received.err().contains(AGREED + "9, "), received.err());
            Await.until("the server says it of both", () -> count(serving.err(), ": " + AGREED + "2, ") == 2);
        }
    }

    private static long count(String text, String part) {
        return text.lines().filter(line -> line.contains(part)).count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "--text"})
    void whatCatSendsAndGetsIsSmallerOnTheWire(String kind) throws IOException {
        try (Serving serving = Serving.with("--echo", "--compress");
                CountingRelay relay = before(serving)) {
            List<String> args = new ArrayList<>(
                    List.of("cat", "--compress", "--wait", "0", relay.uri().toString()));
            if (kind.equals("--text")) {
                args.add(kind);
            }
            assertArrayEquals(DATA, echo(args));
            assertSmall(relay.up());
            assertSmall(relay.down());
        }
    }

    /** Runs cat with the data, whose end comes only when all of it is back: silence then tells nothing. */
    private static byte[] echo(List<String> args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        HeldInput input = new HeldInput(DATA, "all is back", () -> out.size() >= DATA.length);
        Main main = new Main(CommandRun.console(input, out, err), new Cleanup(), false);
        assertEquals(0, main.run(args.toArray(String[]::new)), err.toString(StandardCharsets.UTF_8));
        assertEquals("", err.toString(StandardCharsets.UTF_8), "what was agreed is said only if asked for");
        return out.toByteArray();
    }

    @Test
    void theLevelIsTheOneThatIsCompressedBy() throws IOException {
        List<Long> sizes = new ArrayList<>();
        try (Serving serving = Serving.with("--sink", "--compress")) {
            for (String level : List.of("--compress=1", "--compress", "--compress=9")) {
                try (CountingRelay relay = before(serving)) {
                    done(CommandRun.of(
                            "send", level, source.toString(), relay.uri().toString()));
                    sizes.add(relay.up());
                }
            }
        }
        assertTrue(sizes.get(0) > sizes.get(1) && sizes.get(1) > sizes.get(2), sizes.toString());
    }

    @Test
    void whereOneEndOnlyWantsItNothingIsCompressed() throws IOException {
        try (Serving serving = Serving.with("--sink", "-v");
                CountingRelay relay = before(serving)) {
            String uri = relay.uri().toString();
            CommandRun run = done(CommandRun.of("send", source.toString(), uri, "--compress", "-v"));
            assertPlain(relay.up());
            assertTrue(run.err().startsWith(NOT_AGREED), run.err());
            Await.until("it was taken", () -> serving.err().contains(": took a message, "));
            assertFalse(serving.err().contains("compress"), serving.err());
        }
        try (Serving serving = Serving.with("--sink", "-v", "--compress");
                CountingRelay relay = before(serving)) {
            CommandRun run =
                    done(CommandRun.of("send", source.toString(), relay.uri().toString(), "-v"));
            assertPlain(relay.up());
            assertFalse(run.err().contains("compress"), run.err());
            Await.until("the server says it", () -> serving.err().contains(": " + NOT_AGREED));
        }
    }

    @Test
    void aServerThatDoesNotKnowItGetsWhatWasSent() throws Exception {
        CompletableFuture<String> request = new CompletableFuture<>();
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        try (ScriptedServer server = new ScriptedServer(Transport.WS, client -> {
            request.complete(client.request());
            client.upgrade();
            client.answerClose(came::writeBytes);
        })) {
            String uri = server.uri().toString();
            CommandRun run = done(CommandRun.of("send", "--compress=9", source.toString(), uri, "-v"));
            assertTrue(run.err().startsWith(NOT_AGREED), run.err());
            assertTrue(request.get(10, TimeUnit.SECONDS).contains("permessage-deflate"));
            assertArrayEquals(DATA, came.toByteArray());
        }
    }

    @Test
    void theDemoSaysWhatWasCompressed() {
        CommandRun run = done(CommandRun.of("demo", "--compress=7", source.toString(), "--progress", "none"));
        String line = "compressed what gets smaller by it, by permessage-deflate of level 7";
        assertTrue(run.outText().contains(line), run.outText());
        CommandRun without = done(CommandRun.of("demo", source.toString(), "--progress", "none"));
        assertFalse(without.outText().contains("compressed"), without.outText());
    }

    static Stream<Arguments> wrongLevels() {
        String nowhere = "ws://127.0.0.1:1/";
        return Stream.of(
                        List.of("send", "FILE", nowhere),
                        List.of("receive", nowhere, "FILE"),
                        List.of("cat", nowhere),
                        List.of("serve", "--echo"),
                        List.of("demo"))
                .flatMap(command -> Stream.of("0", "10", "x", "").map(level -> Arguments.of(command, level)));
    }

    @ParameterizedTest
    @MethodSource("wrongLevels")
    void whatIsNoLevelIsAMisuse(List<String> command, String level) {
        List<String> args = new ArrayList<>(command);
        args.add("--compress=" + level);
        assertMisuse(
                "Invalid value for option '--compress': expected a level from 1 to 9 but was '" + level + "'",
                CommandRun.of(args.toArray(String[]::new)));
    }

    @Test
    void certHasNoMessagesToCompress() {
        assertMisuse("Unknown option: '--compress'", CommandRun.of("cert", "--compress", "wss://127.0.0.1:1/"));
    }

    private static void assertMisuse(String line, CommandRun run) {
        assertEquals(2, run.exitCode(), run.err());
        assertEquals("", run.outText());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("streamwebsocket: " + line), run.err());
    }
}
