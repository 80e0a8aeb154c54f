package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.StreamWebSocket;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.internal.net.Await;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with each other, and with clients that know nothing of them. */
class TransferTest {
    private static final int LARGE = 5_000_001;

    @TempDir
    Path folder;

    private Path inbox;
    private Path source;

    @BeforeEach
    void makeFiles() throws IOException {
        inbox = Files.createDirectory(folder.resolve("inbox"));
        source = TestData.file(folder, "film.mkv", LARGE);
    }

    private static void assertDone(CommandRun run) {
        assertEquals(0, run.exitCode(), run.err());
    }

    @Test
    void aFileSentOverTlsIsStoredAndReceived() throws IOException {
        Path copy = folder.resolve("copy");
        try (Serving serving = Serving.with("--files", inbox.toString(), "--tls")) {
            CommandRun sent = CommandRun.of("send", source.toString(), serving.uri("/film.mkv"), "--ca", serving.ca());
            assertDone(sent);
            assertTrue(sent.err().startsWith("sent film.mkv: 4.77 MiB in "), sent.err());
            // The receipt is the Close: when send is done, the file is there.
            assertEquals(-1, Files.mismatch(source, inbox.resolve("film.mkv")));

            CommandRun received =
                    CommandRun.of("receive", serving.uri("/film.mkv"), copy.toString(), "--ca", serving.ca());
            assertDone(received);
            assertEquals("", received.outText());
            assertTrue(received.err().startsWith("received copy: 4.77 MiB in "), received.err());
            assertEquals(-1, Files.mismatch(source, copy));

            Await.until("both are reported", () -> serving.err().lines().count() == 2);
            assertTrue(serving.err().contains(": stored film.mkv, 4.77 MiB in "), serving.err());
            assertTrue(serving.err().contains(": gave film.mkv, 4.77 MiB in "), serving.err());
        }
        assertEquals(List.of("film.mkv"), TestData.names(inbox));
    }

    @Test
    void theAuthorityMadeForTheOccasionIsGoneAtTheEndUnlessAFileWasNamed() {
        Path kept = folder.resolve("ca.pem");
        Path made;
        try (Serving serving = Serving.with("--echo", "--tls")) {
            made = Path.of(serving.ca());
            assertTrue(Files.exists(made));
        }
        assertTrue(Files.notExists(made));
        for (int run = 0; run < 2; run++) { // the second replaces the file of the first
            try (Serving serving = Serving.with("--echo", "--tls", "--ca-out", kept.toString())) {
                assertEquals(kept.toString(), serving.ca());
                assertDone(CommandRun.withInput(new byte[1], "cat", serving.uri("/"), "--ca", kept.toString()));
            }
        }
        assertTrue(Files.exists(kept));
    }

    @Test
    void standardInputAndOutputAreFilesToo() throws IOException {
        byte[] data = Files.readAllBytes(source);
        try (Serving serving = Serving.with("--files", inbox.toString())) {
            assertDone(CommandRun.withInput(data, "send", "-", serving.uri("/a%20b"), "--quiet"));
            assertArrayEquals(data, Files.readAllBytes(inbox.resolve("a b")));
            CommandRun received = CommandRun.of("receive", serving.uri("/a%20b"), "-", "-q");
            assertDone(received);
            assertArrayEquals(data, received.out());
            assertEquals("", received.err());
        }
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        Path copy = folder.resolve("copy");
        try (Serving serving = Serving.with("--files", inbox.toString())) {
            assertDone(CommandRun.of("send", empty.toString(), serving.uri("/empty")));
            assertDone(CommandRun.of("receive", serving.uri("/empty"), copy.toString()));
        }
        assertEquals(0, Files.size(copy));
    }

    @Test
    void nothingIsOverwrittenWithoutForce() throws IOException {
        Path old = Files.writeString(inbox.resolve("film.mkv"), "old");
        try (Serving serving = Serving.with("--files", inbox.toString())) {
            CommandRun sent = CommandRun.of("send", source.toString(), serving.uri("/film.mkv"));
            assertEquals(4, sent.exitCode());
            assertEquals(
                    "streamwebsocket: the server refused with status 409: a file of that name exists already\n",
                    sent.err());
            assertEquals("old", Files.readString(old));

            CommandRun received = CommandRun.of("receive", serving.uri("/film.mkv"), source.toString());
            assertEquals(7, received.exitCode());
            assertEquals("streamwebsocket: " + source + " exists already; --force replaces it\n", received.err());
            assertArrayEquals(TestData.bytes(LARGE), Files.readAllBytes(source));

            assertDone(CommandRun.of("receive", serving.uri("/film.mkv"), source.toString(), "--force"));
            assertEquals("old", Files.readString(source));
        }
        try (Serving serving = Serving.with("--files", inbox.toString(), "--force")) {
            Path other = TestData.file(folder, "other", 1_000);
            assertDone(CommandRun.of("send", other.toString(), serving.uri("/film.mkv")));
            assertEquals(-1, Files.mismatch(other, old));
        }
        assertEquals(List.of("film.mkv"), TestData.names(inbox));
    }

    @Test
    void aNameThatLeadsOutIsRefusedBothWays() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "s");
        Files.createSymbolicLink(inbox.resolve("link"), secret);
        try (Serving serving = Serving.with("--files", inbox.toString(), "--force")) {
            for (String path : List.of("/..%2fsecret", "/%2e%2e/secret", "/../secret", "/link")) {
                CommandRun received = CommandRun.of("receive", serving.uri(path), folder.resolve("x") + "");
                assertEquals(4, received.exitCode(), path + received.err());
                CommandRun sent = CommandRun.of("send", source.toString(), serving.uri(path));
                assertEquals(4, sent.exitCode(), path + sent.err());
            }
        }
        assertEquals("s", Files.readString(secret));
        assertEquals(List.of("link"), TestData.names(inbox));
        assertTrue(Files.notExists(folder.resolve("x")));
    }

    @Test
    void aClientThatJustSendsIsStored() throws IOException {
        byte[] data = TestData.bytes(200_000);
        try (Serving serving = Serving.with("--files", inbox.toString());
                StreamWebSocket client = StreamWebSocket.open(serving.uriOf("/new"))) {
            client.send(data);
            assertEquals(null, client.receive()); // the server closes with 1000 when the file stands
            assertArrayEquals(data, Files.readAllBytes(inbox.resolve("new")));
        }
    }

    @Test
    void aClientThatJustWaitsGetsTheFile() throws IOException {
        Files.copy(source, inbox.resolve("film.mkv"));
        try (Serving serving = Serving.with("--files", inbox.toString());
                StreamWebSocket client = StreamWebSocket.open(serving.uriOf("/film.mkv"));
                IncomingMessage message = client.receive()) {
            assertNotNull(message);
            assertArrayEquals(Files.readAllBytes(source), message.readAllBytes());
            assertEquals(null, client.receive());
        }
    }

    @Test
    void aClientThatJustSendsToAFileThatExistsIsToldSo() throws IOException {
        Files.writeString(inbox.resolve("film.mkv"), "old");
        try (Serving serving = Serving.with("--files", inbox.toString());
                StreamWebSocket client = StreamWebSocket.open(serving.uriOf("/film.mkv"))) {
            client.send(new byte[10]);
            WebSocketClosedException closed = assertThrows(WebSocketClosedException.class, client::receive);
            assertEquals(4409, closed.remoteCode());
            assertEquals("a file of that name exists already", closed.remoteReason());
        }
        assertEquals("old", Files.readString(inbox.resolve("film.mkv")));
    }

    /** The file is larger than all buffers on the way there and back. */
    @Test
    void sendingToAnEchoNeedsNobodyToReadTheAnswer() throws IOException {
        Path large = Files.write(folder.resolve("large"), new byte[48 << 20]);
        try (Serving serving = Serving.with("--echo")) {
            CommandRun sent = CommandRun.of("send", large.toString(), serving.uri("/"));
            assertDone(sent);
            assertTrue(sent.err().contains("dropped what the server sent meanwhile: "), sent.err());
        }
    }

    @Test
    void theSinkSaysSizeAndRateOfEachMessage() {
        try (Serving serving = Serving.with("--sink")) {
            assertDone(CommandRun.of("send", source.toString(), serving.uri("/")));
            Await.until("it is said", () -> serving.err().contains(": took a message, 4.77 MiB in "));
        }
        try (Serving quiet = Serving.with("--sink", "--quiet")) {
            assertDone(CommandRun.of("send", source.toString(), quiet.uri("/")));
            assertEquals("", quiet.err());
        }
    }

    @Test
    void catBringsBackWhatAnEchoReturns() throws IOException {
        byte[] data = Files.readAllBytes(source);
        try (Serving serving = Serving.with("--echo", "--protocol", "bytes")) {
            CommandRun run = CommandRun.withInput(data, "cat", serving.uri("/"), "--protocol", "bytes");
            assertDone(run);
            assertArrayEquals(data, run.out());
        }
    }

    @Test
    void catSendsAtOnceWhatAReadBroughtAndWaitsWhileTheInputIsOpen() throws IOException {
        try (Serving serving = Serving.with("--echo");
                PipedOutputStream input = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(input);
                PipedOutputStream output = new PipedOutputStream();
                PipedInputStream answers = new PipedInputStream(output)) {
            Console console = CommandRun.console(in, output, java.io.OutputStream.nullOutputStream());
            Thread cat = Thread.ofPlatform().daemon().start(() -> {
                int exitCode = new Main(console, new Cleanup(), false).run("cat", "--wait", "100ms", serving.uri("/"));
                assertEquals(0, exitCode);
            });
            for (String line : List.of("one", "two", "three")) {
                input.write(line.getBytes(StandardCharsets.US_ASCII));
                input.flush();
                assertEquals(line, new String(answers.readNBytes(line.length()), StandardCharsets.US_ASCII));
            }
            assertTrue(cat.isAlive());
            input.close();
            Await.until("cat ends", () -> !cat.isAlive());
        }
    }
}
