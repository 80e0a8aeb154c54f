package io.github.streamwebsocket.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.MessageWebSocket;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.internal.net.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Text and bytes at the commands that take either, and at those that are for bytes. */
@Timeout(60)
class MessageKindsTest {

    /** 70 KB, which is more than a section; the end of a whole one falls inside a character. */
    private static final String LONG = "x" + "aü日😀".repeat(7_000);

    private static IncomingMessage next(MessageWebSocket socket) throws IOException {
        IncomingMessage message = socket.receive();
        assertNotNull(message);
        return message;
    }

    @Test
    void theEchoAnswersTextAsTextAndBinaryAsBinary() throws IOException {
        try (Serving serving = Serving.with("--echo");
                MessageWebSocket client = MessageWebSocket.open(serving.uriOf("/"))) {
            for (String text : List.of("Grüße", "", LONG)) {
                client.sendText(text);
                IncomingMessage answer = next(client);
                assertEquals(SocketMessageType.UTF8, answer.type());
                assertEquals(text, answer.readAllText());

                byte[] bytes = text.getBytes(UTF_8);
                client.send(bytes);
                IncomingMessage binary = next(client);
                assertEquals(SocketMessageType.BINARY, binary.type());
                assertArrayEquals(bytes, binary.readAllBytes());
            }
            client.close(1000, "");
            Await.until("it is said", () -> serving.err().contains(": echoed 6 messages, "));
        }
    }

    @Test
    void theSinkSaysWhichMessageWasText() throws IOException {
        try (Serving serving = Serving.with("--sink");
                MessageWebSocket client = MessageWebSocket.open(serving.uriOf("/"))) {
            client.sendText("Grüße");
            client.send(new byte[3]);
            Await.until("both are said", () -> serving.err().lines().count() == 2);
            List<String> lines = serving.err().lines().toList();
            assertTrue(lines.get(0).contains(": took a text message, 7 B in "), serving.err());
            assertTrue(lines.get(1).contains(": took a message, 3 B in "), serving.err());
        }
    }

    @Test
    void aServerOfFilesRefusesTextWith1003AndStoresNothing(@TempDir Path inbox) throws IOException {
        try (Serving serving = Serving.with("--files", inbox.toString());
                MessageWebSocket client = MessageWebSocket.open(serving.uriOf("/note"))) {
            client.sendText("hello");
            WebSocketClosedException closed = assertThrows(WebSocketClosedException.class, client::receive);
            assertEquals(1003, closed.remoteCode());
            Await.until(
                    "it is said",
                    () -> serving.err().endsWith(": expected binary messages but the other end sent text\n"));
        }
        assertEquals(List.of(), TestData.names(inbox));
    }

    /** The input ends when the server has sent all, which is more than sockets hold: so send has read some of it. */
    @Test
    void sendDropsTextThatTheServerAnswersMeanwhileAndSaysSo() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        byte[] data = TestData.bytes(4_000_000);
        try (OneClient<byte[]> server = new OneClient<>(client -> {
            IncomingMessage message = client.receive();
            assertNotNull(message);
            assertEquals(SocketMessageType.BINARY, message.type());
            client.sendText(writer -> {
                for (int part = 0; part < 64; part++) {
                    writer.write("x".repeat(1_000_000));
                }
            });
            answered.countDown();
            byte[] came = message.readAllBytes();
            assertEquals(null, client.receive());
            return came;
        })) {
            HeldInput input = new HeldInput(data, "the server has answered", () -> answered.getCount() == 0);
            CommandRun run = CommandRun.withInput(input, "send", "-", server.uri(), "--progress", "none");
            assertEquals(0, run.exitCode(), run.err());
            String last = run.err().lines().reduce("", (before, line) -> line);
            assertTrue(last.startsWith("dropped what the server sent meanwhile: "), run.err());
            assertArrayEquals(data, server.result());
        }
    }
}
