package io.github.streamwebsocket.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.MessageWebSocket;
import io.github.streamwebsocket.ServerMessageWebSocket;
import io.github.streamwebsocket.WebSocketClosedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A last line of {@code cat --text} that Ctrl-C cut short is no line: it is not sent. */
@Timeout(60)
class CutShortTest {
    private static final byte[] INPUT = "whole\nhalf".getBytes(UTF_8);

    /** What the server has seen so far. */
    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

    /** Takes note of every message and of the end. */
    private String watch(ServerMessageWebSocket client) throws IOException {
        try {
            for (IncomingMessage message = client.receive(); message != null; message = client.receive()) {
                seen.add(message.readAllText());
            }
            seen.add("closed");
        } catch (WebSocketClosedException e) {
            seen.add("closed with " + e.remoteCode() + " " + e.remoteReason());
        }
        return "";
    }

    private String next() throws InterruptedException {
        return String.valueOf(seen.poll(20, TimeUnit.SECONDS));
    }

    /** The line's beginning is read with the whole one, for both were written at once. */
    @Test
    void aSignalClosesWith1001AndTheBeginningOfALineIsNotSent(@TempDir Path scratch) throws Exception {
        try (OneClient<String> server = new OneClient<>(this::watch);
                ChildJvm child = ChildJvm.start(scratch, "cat", "--text", server.uri())) {
            OutputStream input = child.input();
            input.write(INPUT);
            input.flush();
            assertEquals("whole", next());
            int ignored = child.interrupt();
            assertEquals("closed with 1001 stopped", next());
        }
    }

    /** The end of the input that the same Ctrl-C makes, when the connection is not closed by then. */
    @Test
    void theEndOfTheInputThatASignalMakesClosesWith1001AndIsNoEndOfALine() throws Exception {
        Console console = CommandRun.console(
                new ByteArrayInputStream(INPUT), OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        Cleanup cleanup = new Cleanup();
        cleanup.end(Duration.ZERO); // knows nothing of the connection
        try (OneClient<String> server = new OneClient<>(this::watch);
                MessageWebSocket socket = MessageWebSocket.open(URI.create(server.uri()))) {
            CatText cat = new CatText(console, cleanup, new OutputOptions(console, cleanup), socket);
            assertEquals("stopped", assertThrows(Failure.class, cat::copyInput).getMessage());
            assertEquals(List.of("whole", "closed with 1001 stopped"), List.of(next(), next()));
        }
    }
}
