package io.github.streamwebsocket.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.ServerMessageWebSocket;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.net.Await;
import io.github.streamwebsocket.testing.JettyServer;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ScriptedServer;
import io.github.streamwebsocket.testing.ShortReads;
import io.github.streamwebsocket.testing.ThirdPartyServer;
import io.github.streamwebsocket.testing.Transport;
import io.github.streamwebsocket.testing.UndertowServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code cat --text}: lines of the standard input are text messages, and text messages lines of the standard output. */
@Timeout(60)
class CatTextTest {
    private static final String NL = System.lineSeparator();
    private static final List<String> LINES =
            List.of("one", "", "Grüße aus Köln", "", "", "日本語 😀 \u0000\t\u0085\u2028", "a\rb", "last");
    private static final byte[] INPUT =
            "one\n\r\nGrüße aus Köln\r\n\n\n日本語 😀 \u0000\t\u0085\u2028\r\na\rb\nlast".getBytes(UTF_8);

    private final CountDownLatch over = new CountDownLatch(1);

    @AfterEach
    void endInputs() {
        over.countDown();
    }

    /** A standard input of which nothing comes until the test is over. */
    private InputStream noEnd() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return read();
            }
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static void assertFails(int exitCode, String line, CommandRun run) {
        assertEquals(exitCode, run.exitCode(), run.err());
        assertEquals("streamwebsocket: " + line + "\n", run.err());
    }

    private static String text(ServerMessageWebSocket client) throws IOException {
        IncomingMessage message = client.receive();
        assertNotNull(message);
        return message.readAllText();
    }

    /** All messages up to the client's Close. */
    private static List<String> texts(ServerMessageWebSocket client) throws IOException {
        List<String> texts = new ArrayList<>();
        for (IncomingMessage message = client.receive(); message != null; message = client.receive()) {
            texts.add(message.readAllText());
        }
        return texts;
    }

    private static void assertEcho(String uri) {
        InputStream cutAnywhere = new ShortReads(INPUT, null);
        CommandRun run = CommandRun.withInput(cutAnywhere, "cat", "--text", "--wait", "2s", uri);
        assertEquals(0, run.exitCode(), run.err());
        assertEquals(String.join(NL, LINES) + NL, run.outText());
        assertEquals("", run.err());
    }

    @Test
    void anEchoOfOursBringsBackEveryLine() {
        try (Serving serving = Serving.with("--echo")) {
            assertEcho(serving.uri("/"));
            Await.until("they are text", () -> serving.err().contains("echoed 8 messages"));
        }
    }

    @Test
    void jettyBringsBackEveryLine() throws Exception {
        try (JettyServer jetty = new JettyServer()) {
            assertEcho(jetty.uri(Transport.WS, ThirdPartyServer.ECHO).toString());
        }
    }

    @Test
    void undertowBringsBackEveryLine() throws Exception {
        try (UndertowServer undertow = new UndertowServer()) {
            assertEcho(undertow.uri(Transport.WS, ThirdPartyServer.ECHO).toString());
        }
    }

    @Test
    void eachLineIsOneTextMessage() throws Exception {
        try (OneClient<List<String>> server = new OneClient<>(CatTextTest::texts)) {
            CommandRun run = CommandRun.withInput(INPUT, "cat", "--text", "--wait", "0", server.uri());
            assertEquals(0, run.exitCode(), run.err());
            assertEquals(LINES, server.result());
        }
    }

    @Test
    void aLineThatIsNotFinishedIsSentWithTheEndOfTheInputAndNothingIsNoLine() throws Exception {
        for (String input : List.of("", "a", "a\n", "\n", "a\n\n")) {
            try (OneClient<List<String>> server = new OneClient<>(CatTextTest::texts)) {
                CommandRun run = CommandRun.withInput(utf8(input), "cat", "--text", "--wait", "0", server.uri());
                assertEquals(0, run.exitCode(), run.err());
                assertEquals(input.lines().toList(), server.result());
            }
        }
    }

    @Test
    void aLineOfAnyLengthGoesThroughInConstantMemory() throws Exception {
        long length = 2 * Runtime.getRuntime().maxMemory() / 10;
        try (OneClient<Long> server = new OneClient<>(client -> {
            IncomingMessage message = client.receive();
            assertNotNull(message);
            return message.transferTo(OutputStream.nullOutputStream());
        })) {
            InputStream endless = new InputStream() {
                private long left = length;

                @Override
                public int read() {
                    return left-- > 0 ? 'x' : -1;
                }

                @Override
                public int read(byte[] buffer, int offset, int most) {
                    int count = (int) Math.min(left, most);
                    Arrays.fill(buffer, offset, offset + count, (byte) 'x');
                    left -= count;
                    return count == 0 ? -1 : count;
                }
            };
            assertEquals(
                    0,
                    CommandRun.withInput(endless, "cat", "--text", server.uri()).exitCode());
            assertEquals(length, server.result());
        }
    }

    @Test
    void whatIsNoUtf8FailsWithItsLineAndNothingOfItLeaves() throws Exception {
        try (OneClient<List<String>> server = new OneClient<>(client -> {
            List<String> texts = new ArrayList<>();
            try {
                for (IncomingMessage message = client.receive(); message != null; message = client.receive()) {
                    texts.add(message.readAllText());
                }
            } catch (WebSocketClosedException e) {
                texts.add("closed with " + e.remoteCode());
            }
            return texts;
        })) {
            byte[] input = "good\nbad \u00ff\nmore\n".getBytes(ISO_8859_1);
            assertFails(
                    7,
                    "line 2 of the standard input is no text: expected UTF-8, as this message is text, but byte 4, 0xff,"
                            + " is none that can stand there",
                    CommandRun.withInput(input, "cat", "--text", server.uri()));
            assertEquals(List.of("good", "closed with 1011"), server.result());
        }
    }

    @Test
    void theAnswersToTheLinesBeforeOneThatIsNoTextAreWritten() throws Exception {
        byte[] input = "good\nbad \u00ff\nmore\n".getBytes(ISO_8859_1);
        try (OneClient<String> server = new OneClient<>(client -> {
            String question = text(client);
            Thread.sleep(100); // an answer takes its time
            client.sendText("answer to " + question);
            return String.valueOf(client.receive());
        })) {
            CommandRun run = CommandRun.withInput(input, "cat", "--text", "--wait", "3s", server.uri());
            assertEquals(7, run.exitCode(), run.err());
            assertEquals("answer to good" + NL, run.outText());
        }
    }

    @Test
    void aConnectionThatBreaksInsideAMessageLeavesTheFailureALineOfItsOwn() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Transport.WS, client -> {
            client.upgrade();
            client.send(RawFrames.frame(RawFrames.TEXT).notFin().payload("half").bytes());
        })) {
            CommandRun run =
                    CommandRun.withInput(noEnd(), "cat", "--text", server.uri().toString());
            assertEquals(6, run.exitCode(), run.err());
            assertEquals("half", run.outText());
            assertTrue(run.err().startsWith(NL + "streamwebsocket: "), run.err());
        }
    }

    @Test
    void aLineThatEndsInsideACharacterIsNoText() throws Exception {
        for (byte[] input : List.of(new byte[] {'a', (byte) 0xC3, '\n'}, new byte[] {'a', (byte) 0xC3})) {
            try (Serving serving = Serving.with("--echo")) {
                CommandRun run = CommandRun.withInput(input, "cat", "--text", serving.uri("/"));
                assertEquals(7, run.exitCode(), run.err());
                assertTrue(
                        run.err().startsWith("streamwebsocket: line 1 of the standard input is no text: "), run.err());
            }
        }
    }

    @Test
    void ofALongLineThatTurnsOutToBeNoTextThePeerNeverSeesTheEnd() throws Exception {
        byte[] input = new byte[1_000_000];
        Arrays.fill(input, (byte) 'x');
        input[900_000] = (byte) 0xFF;
        try (OneClient<String> server = new OneClient<>(client -> {
            try {
                return "came whole: " + text(client).length();
            } catch (WebSocketException e) {
                return "broke";
            }
        })) {
            assertEquals(
                    7,
                    CommandRun.withInput(input, "cat", "--text", server.uri()).exitCode());
            assertEquals("broke", server.result());
        }
    }

    @Test
    void eachMessageIsWrittenAsItIsAndALineEnd() throws Exception {
        try (OneClient<String> server = new OneClient<>(client -> {
            client.sendText("Grüße");
            client.sendText("");
            client.sendText("two\nlines\r\n");
            client.control().messageType(SocketMessageType.UTF8);
            client.sendNonfinalFrame(new byte[] {(byte) 0xF0, (byte) 0x9F}); // a character in three fragments
            client.sendNonfinalFrame(new byte[] {(byte) 0x98});
            client.sendFinalFrame(new byte[] {(byte) 0x80});
            client.sendText("x".repeat(1_000_000));
            return "";
        })) {
            CommandRun run = CommandRun.withInput(noEnd(), "cat", "--text", server.uri());
            assertEquals(0, run.exitCode(), run.err());
            assertEquals(
                    "Grüße" + NL + NL + "two\nlines\r\n" + NL + "😀" + NL + "x".repeat(1_000_000) + NL, run.outText());
            assertEquals("", run.err());
        }
    }

    @Test
    void aBinaryMessageIsWrittenAsItIsWhichIsSaidOnce() throws Exception {
        for (boolean quiet : List.of(false, true)) {
            try (OneClient<String> server = new OneClient<>(client -> {
                client.send(utf8("bin"));
                client.sendText("text");
                client.send(utf8("more"));
                return "";
            })) {
                List<String> args = new ArrayList<>(List.of("cat", "--text", server.uri()));
                if (quiet) {
                    args.add("-q");
                }
                CommandRun run = CommandRun.withInput(noEnd(), args.toArray(String[]::new));
                assertEquals(0, run.exitCode(), run.err());
                assertEquals("bin" + NL + "text" + NL + "more" + NL, run.outText());
                assertEquals(quiet ? 0 : 1, run.err().lines().count(), run.err());
                assertTrue(quiet || run.err().startsWith("the server sent a binary message"), run.err());
            }
        }
    }

    @Test
    void aLineGoesOutAndComesInWhileTheInputIsOpen() throws Exception {
        try (Serving serving = Serving.with("--echo");
                PipedOutputStream input = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(input);
                PipedOutputStream output = new PipedOutputStream();
                PipedInputStream answers = new PipedInputStream(output)) {
            Console console = CommandRun.console(in, output, OutputStream.nullOutputStream());
            CompletableFuture<Integer> exitCode = new CompletableFuture<>();
            Thread.ofPlatform()
                    .daemon()
                    .start(() -> exitCode.complete(new Main(console, new Cleanup(), false)
                            .run("cat", "--text", "--wait", "100ms", serving.uri("/"))));
            for (String line : List.of("one", "Grüße", "")) {
                input.write(utf8(line + "\n"));
                input.flush();
                byte[] expected = utf8(line + NL);
                assertEquals(line + NL, new String(answers.readNBytes(expected.length), UTF_8));
            }
            assertFalse(exitCode.isDone());
            input.close();
            assertEquals(0, exitCode.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void whatTheServerSendsAsTextAndIsNoneFailsTheConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Transport.WS, client -> {
            client.upgrade();
            client.send(RawFrames.frame(RawFrames.TEXT)
                    .payload(new byte[] {'a', (byte) 0xFF})
                    .bytes());
            client.awaitEnd();
        })) {
            CommandRun run =
                    CommandRun.withInput(noEnd(), "cat", "--text", server.uri().toString());
            assertEquals(6, run.exitCode(), run.err());
            assertEquals(1, run.err().lines().count(), run.err());
            assertTrue(run.err().contains("UTF-8"), run.err());
        }
    }

    @Test
    void withoutTheOptionTextIsRefusedAndTheErrorSaysWhatTakesIt() throws Exception {
        String line = "expected binary messages but the other end sent text; \"streamwebsocket cat --text\" takes text";
        for (String command : List.of("cat", "receive")) {
            try (OneClient<String> server = new OneClient<>(client -> {
                client.sendText("hello");
                try {
                    return String.valueOf(client.receive());
                } catch (WebSocketClosedException e) {
                    return "closed with " + e.remoteCode();
                }
            })) {
                CommandRun run = command.equals("cat")
                        ? CommandRun.withInput(noEnd(), "cat", server.uri())
                        : CommandRun.of("receive", server.uri(), "-");
                assertFails(6, line, run);
                assertEquals("closed with 1003", server.result());
            }
        }
    }
}
