package io.github.streamwebsocket.internal.connection;

import static io.github.streamwebsocket.internal.connection.Talk.bytes;
import static io.github.streamwebsocket.testing.RawFrames.BINARY;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.MessageBody;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.RawFrames.Frame;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A message is completed on purpose only: a producer that fails never commits a part of one. */
@ExtendWith(NoThreadsLeft.class)
class CompletedOnPurposeOnlyTest {
    private static final Tuning SMALL_FRAMES = new Tuning().frameSize(1024);

    private static final class Custom extends Exception {
        Custom(String message) {
            super(message);
        }
    }

    @Test
    void aBodyThatFailsBeforeAnythingHasLeftIsDroppedAndTheConnectionLives() throws IOException {
        List<Throwable> failures = List.of(
                new Custom("checked"), new IOException("the user's"), new RuntimeException(), new StackOverflowError());
        try (Talk talk = Talk.open()) {
            for (Throwable failure : failures) {
                MessageBody<Exception> body = out -> {
                    out.write(new byte[1000]);
                    sneak(failure);
                };
                assertSame(
                        failure,
                        assertThrows(
                                Throwable.class, () -> talk.connection.sender().send(SocketMessageType.BINARY, body)));
                assertEquals(0, failure.getSuppressed().length);
            }
            talk.send("alive");
            assertEquals("alive", talk.peer.expect(BINARY).text());
        }
    }

    @Test
    void aBodyThatFailsAfterAPartHasLeftFailsTheConnection() throws IOException {
        for (Throwable failure : List.of(new Custom("checked"), new AssertionError("an error"))) {
            try (Talk talk = Talk.open(SMALL_FRAMES)) {
                MessageBody<Exception> body = out -> {
                    out.write(new byte[5000]);
                    sneak(failure);
                };
                assertSame(
                        failure,
                        assertThrows(
                                Throwable.class, () -> talk.connection.sender().send(SocketMessageType.BINARY, body)));
                assertFailedInsideTheMessage(talk);
            }
        }
    }

    @Test
    void aMessageClosedWithoutCompleteIsGivenUp() throws IOException {
        try (Talk talk = Talk.open(SMALL_FRAMES)) {
            OutgoingMessage dropped = talk.connection.sender().beginMessage(SocketMessageType.BINARY);
            dropped.write(bytes("dropped"));
            dropped.close();
            dropped.close();
            assertThrows(IllegalStateException.class, dropped::complete);
            assertThrows(IOException.class, () -> dropped.write(1));
            talk.send("alive");
            assertEquals("alive", talk.peer.expect(BINARY).text());

            OutgoingMessage begun = talk.connection.sender().beginMessage(SocketMessageType.BINARY);
            begun.write(bytes("begun"));
            begun.flush();
            begun.close();
            assertFailedInsideTheMessage(talk);
        }
    }

    @Test
    void afterCompleteNothingMoreCanBeWrittenAndCloseDoesNothing() throws IOException {
        try (Talk talk = Talk.open()) {
            OutgoingMessage message = talk.connection.sender().beginMessage(SocketMessageType.BINARY);
            message.write(bytes("done"));
            message.complete();
            message.complete();
            message.close();
            assertThrows(IOException.class, () -> message.write(1));
            assertThrows(IOException.class, message::flush);
            assertEquals("done", talk.peer.expect(BINARY).text());
            assertTrue(talk.connection.isOpen());
        }
    }

    @Test
    void afterAMessageWasGivenUpEveryCallSaysWhyAndTheClosingHandshakeGoesOn() throws IOException {
        try (Talk talk = Talk.open(SMALL_FRAMES)) {
            talk.peer.binary(new byte[100_000]); // what nobody will read must not keep the peer's Close away
            OutgoingMessage message = talk.connection.sender().beginMessage(SocketMessageType.BINARY);
            message.write(new byte[2000]);
            message.close();
            assertFalse(talk.connection.isOpen());
            talk.near.awaitReader(); // the keeper, who drops what comes and must not keep others waiting
            WebSocketException e = assertThrows(WebSocketException.class, () -> talk.send("x"));
            assertEquals(WebErrorStatus.OPERATION_CANCELED, e.status());
            assertTrue(e.getMessage().contains("given up"), e.getMessage());
            Call.of(talk.connection::receive).failure(WebSocketException.class);

            assertFalse(talk.peer.read().fin());
            assertEquals(1011, talk.peer.expectClose());
            talk.peer.close(1011, "I see");
            assertEquals(new WebSocketClosedEventArgs(1011, "I see"), talk.closedEvent());
            talk.peer.expectEnd();
            talk.peer.eof();
            talk.awaitEnd();
            talk.connection.close();
        }
    }

    @Test
    void aFileThatIsMissingDoesNotEndTheConnection(@TempDir Path folder) throws IOException {
        try (Talk talk = Talk.open()) {
            Path missing = folder.resolve("missing");
            assertThrows(
                    NoSuchFileException.class, () -> talk.connection.sender().send(SocketMessageType.BINARY, missing));
            assertThrows(IOException.class, () -> talk.connection.sender().send(SocketMessageType.BINARY, folder));
            Path file = Files.write(folder.resolve("file"), RawFrames.pattern(200_000));
            talk.connection.sender().send(SocketMessageType.BINARY, file);
            List<Frame> frames = new ArrayList<>();
            do {
                frames.add(talk.peer.read());
            } while (!frames.getLast().fin());
            assertArrayEquals(
                    RawFrames.pattern(200_000), RawFrames.messages(frames).get(0));
        }
    }

    @Test
    void aBodyMayCloseItsStreamAndItsWrappers() throws IOException {
        try (Talk talk = Talk.open()) {
            OutputStream[] kept = new OutputStream[1];
            talk.connection.sender().send(SocketMessageType.BINARY, out -> {
                kept[0] = out;
                try (OutputStream wrapper = new BufferedOutputStream(out)) {
                    wrapper.write(bytes("wrapped"));
                }
                out.flush();
                assertThrows(IOException.class, () -> out.write(1));
            });
            assertEquals("wrapped", onlyMessage(talk));
            assertThrows(IOException.class, () -> kept[0].write(1));
            assertTrue(talk.connection.isOpen());
        }
    }

    @Test
    void aStreamThatEscapesItsBodyTakesNothingMore() throws IOException {
        try (Talk talk = Talk.open()) {
            OutputStream[] kept = new OutputStream[1];
            talk.connection.sender().send(SocketMessageType.BINARY, out -> {
                kept[0] = out;
                out.write(bytes("in time"));
            });
            assertThrows(IOException.class, () -> kept[0].write(bytes("too late")));
            talk.send("next");
            assertEquals("in time", talk.peer.expect(BINARY).text());
            assertEquals("next", talk.peer.expect(BINARY).text());
        }
    }

    @Test
    void aBodyThatSwallowsTheEndOfTheConnectionHasNotSentItsMessage() throws IOException {
        try (Talk talk = Talk.open()) {
            WebSocketException e = assertThrows(
                    WebSocketException.class,
                    () -> talk.connection.sender().send(SocketMessageType.BINARY, out -> {
                        out.write(1);
                        talk.peer.close(1000, "");
                        talk.peer.expectClose();
                    }));
            assertEquals(WebErrorStatus.DISCONNECTED, e.status());
        }
    }

    @Test
    void aByteBufferIsConsumedAndAnEmptyMessageIsAMessage() throws IOException {
        try (Talk talk = Talk.open()) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes("0123456789"), 2, 5);
            talk.connection.sender().send(SocketMessageType.BINARY, buffer);
            assertEquals(0, buffer.remaining());
            assertEquals("23456", talk.peer.expect(BINARY).text());
            talk.send(new byte[0]);
            assertEquals(0, talk.peer.expect(BINARY).payload().length);
            talk.connection.sender().send(SocketMessageType.BINARY, out -> {});
            assertEquals(0, talk.peer.expect(BINARY).payload().length);
        }
    }

    @Test
    void manyMessagesAreSentEachAsOneAndInFewWrites() throws IOException {
        try (Talk talk = Talk.open()) {
            List<ByteBuffer> sources = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                sources.add(ByteBuffer.wrap(bytes("message " + i)));
            }
            int before = talk.near.writes();
            talk.connection.sender().sendAll(SocketMessageType.BINARY, sources);
            assertEquals(1, talk.near.writes() - before);
            for (int i = 0; i < 500; i++) {
                assertEquals("message " + i, talk.peer.expect(BINARY).text());
            }
        }
    }

    private static String onlyMessage(Talk talk) throws IOException {
        List<Frame> frames = new ArrayList<>();
        do {
            frames.add(talk.peer.read());
        } while (!frames.getLast().fin());
        return new String(RawFrames.messages(frames).get(0), StandardCharsets.UTF_8);
    }

    /** The peer gets Close 1011, and in front of it nothing that ends the message. */
    private static void assertFailedInsideTheMessage(Talk talk) throws IOException {
        Frame frame = talk.peer.read();
        int fragments = 0;
        for (; frame.opcode() != RawFrames.CLOSE; frame = talk.peer.read()) {
            assertFalse(frame.fin(), "a message that was given up has an end");
            fragments++;
        }
        assertTrue(fragments > 0);
        assertArrayEquals(new byte[] {1011 >> 8, (byte) 1011}, frame.payload());
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> void sneak(Throwable failure) throws X {
        throw (X) failure;
    }
}
