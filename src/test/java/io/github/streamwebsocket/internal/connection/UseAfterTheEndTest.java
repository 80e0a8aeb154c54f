package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** A message or stream that is used after its own end says so, and nothing about the connection, which is open. */
@ExtendWith(NoThreadsLeft.class)
class UseAfterTheEndTest {

    private static void assertTold(String expected, Talk talk, Executable use) {
        IOException told = assertThrows(IOException.class, use);
        assertEquals(expected, told.getMessage());
        assertEquals(IOException.class, told.getClass());
        assertTrue(talk.connection.isOpen());
    }

    @Test
    void anIncomingMessage() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary("x");
            IncomingMessage message = Objects.requireNonNull(talk.connection.receive(), "message");
            message.close();
            assertTold("expected an open message but it was closed", talk, message::read);
            assertTold("expected an open message but it was closed", talk, message::available);
        }
    }

    @Test
    void anOutgoingMessage() throws IOException {
        try (Talk talk = Talk.open()) {
            OutgoingMessage complete = talk.connection.sender().beginMessage(SocketMessageType.BINARY);
            complete.complete();
            assertTold("expected an open message but it was completed", talk, () -> complete.write(1));
            assertTold("expected an open message but it was completed", talk, complete::flush);
            OutgoingMessage dropped = talk.connection.sender().beginMessage(SocketMessageType.BINARY);
            dropped.close();
            assertTold("expected an open message but it was given up", talk, () -> dropped.write(new byte[1]));
        }
    }

    @Test
    void theStreamAndTheWriterOfABody() throws IOException {
        try (Talk talk = Talk.open(new Tuning().text())) {
            AtomicReference<OutputStream> stream = new AtomicReference<>();
            talk.connection.sender().send(SocketMessageType.BINARY, out -> {
                stream.set(out);
                out.close();
                assertTold("expected an open stream but it was closed", talk, () -> out.write(1));
            });
            assertTold(
                    "expected an open stream but it was closed",
                    talk,
                    () -> stream.get().write(1));
            AtomicReference<Writer> writer = new AtomicReference<>();
            talk.connection.sender().sendText(writer::set);
            for (String late : new String[] {"late", "", "\ud83d"}) {
                assertTold(
                        "expected an open message but it was completed",
                        talk,
                        () -> writer.get().write(late));
            }
            talk.connection.sender().sendText(out -> {
                out.close();
                assertTold("expected an open writer but it was closed", talk, () -> out.write("late"));
            });
        }
    }

    @Test
    void theStreamsOfASocket() throws IOException {
        try (Talk talk = Talk.open()) {
            OutputStream out = talk.connection.outputStream();
            out.close();
            assertTold("expected an open output stream but it was closed", talk, () -> out.write(1));
            InputStream in = talk.connection.inputStream();
            in.close();
            assertTold("expected an open input stream but it was closed", talk, in::read);
        }
    }

    @Test
    void theStreamOfMessagesUntilTheSocketIsClosedItself() throws IOException {
        try (Talk talk = Talk.open()) {
            OutputStream out = talk.connection.messageStream(() -> SocketMessageType.BINARY);
            out.close();
            assertTold("expected an open output stream but it was closed", talk, () -> out.write(1));
            talk.peer.close();
            talk.peer.expectClose();
            talk.peer.eof();
            talk.connection.close();
            assertThrows(WebSocketClosedException.class, () -> out.write(1));
        }
    }
}
