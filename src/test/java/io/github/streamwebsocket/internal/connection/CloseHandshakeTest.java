package io.github.streamwebsocket.internal.connection;

import static io.github.streamwebsocket.internal.connection.Talk.bytes;
import static io.github.streamwebsocket.testing.RawFrames.BINARY;
import static io.github.streamwebsocket.testing.RawFrames.CLOSE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.PipeWire;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.RawFrames.Frame;
import io.github.streamwebsocket.testing.Soon;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The close handshake, in any order of events (RFC 6455 7.1). */
@ExtendWith(NoThreadsLeft.class)
class CloseHandshakeTest {

    @Test
    void thisSideClosesWithCodeAndReason() throws IOException {
        try (Talk talk = Talk.open()) {
            Call<Void> closer = Call.run(() -> talk.connection.close(3000, "grüße"));
            Frame close = talk.peer.expect(CLOSE);
            assertArrayEquals(RawFrames.join(new byte[] {3000 >> 8, (byte) 3000}, bytes("grüße")), close.payload());
            assertFalse(closer.done());
            assertFalse(talk.connection.isOpen());
            talk.peer.close(3000, "too");
            talk.peer.expectEnd(); // half-close
            assertFalse(talk.ended(), "the peer may still be about to end TCP");
            talk.peer.eof();
            closer.result();
            assertEquals(new WebSocketClosedEventArgs(3000, "too"), talk.closedEvent());
            WebSocketClosedException e = assertThrows(WebSocketClosedException.class, () -> talk.send("x"));
            assertEquals(3000, e.localCode());
            assertEquals(3000, e.remoteCode());
            assertEquals("too", e.remoteReason());
            assertFalse(e.closedByRemoteFirst());
            assertEquals(WebErrorStatus.DISCONNECTED, e.status());
        }
    }

    @Test
    void withoutArgumentsTheCloseFrameIsEmpty() throws IOException {
        try (Talk talk = Talk.server()) {
            Call<Void> closer = Call.run(talk.connection::close);
            assertEquals(0, talk.peer.expect(CLOSE).payload().length);
            talk.peer.close();
            talk.peer.eof();
            closer.result();
            assertEquals(new WebSocketClosedEventArgs(1005, ""), talk.closedEvent());
        }
    }

    @Test
    void aCodeOrReasonThatMustNotBeSentIsRefusedAndNothingHappens() throws IOException {
        try (Talk talk = Talk.server()) {
            for (int code : new int[] {-1, 0, 999, 1004, 1005, 1006, 1010, 1015, 1016, 2999, 5000, 65536 + 1000}) {
                assertThrows(IllegalArgumentException.class, () -> talk.connection.close(code, ""), "code " + code);
            }
            assertThrows(IllegalArgumentException.class, () -> talk.connection.close(1000, "x".repeat(124)));
            assertThrows(IllegalArgumentException.class, () -> talk.connection.close(1000, "\ud800"));
            assertTrue(talk.connection.isOpen());
            talk.send("alive");
            assertEquals("alive", talk.peer.expect(BINARY).text());
        }
    }

    @Test
    void thePeerClosesFirstAndItsCodeIsEchoed() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.close(4001, "over");
            assertEquals(4001, talk.peer.expectClose());
            talk.peer.expectEnd();
            talk.peer.eof();
            talk.awaitEnd();
            WebSocketClosedException e = assertThrows(WebSocketClosedException.class, () -> talk.send("x"));
            assertTrue(e.closedByRemoteFirst());
            assertEquals(4001, e.remoteCode());
            assertEquals(4001, e.localCode());
            talk.connection.close(1000, "late");
            assertNull(talk.peer.readOrEnd());
        }
    }

    @Test
    void closesThatCrossAreOneEachAndOneEvent() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.far.stall();
            talk.peer.close(1001, "crossing");
            Call<Void> closer = Call.run(() -> talk.connection.close(1000, "mine"));
            assertEquals(1000, talk.peer.expectClose());
            talk.far.resume();
            talk.peer.expectEnd();
            talk.peer.eof();
            closer.result();
            assertEquals(new WebSocketClosedEventArgs(1001, "crossing"), talk.closedEvent());
            assertNull(talk.closedEventSoFar());
        }
    }

    @Test
    void severalThreadsMayCloseAndTheFirstCodeStands() throws IOException {
        try (Talk talk = Talk.open()) {
            List<Call<Void>> closers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int code = 4000 + i;
                closers.add(Call.run(() -> talk.connection.close(code, "")));
            }
            int code = talk.peer.expectClose();
            assertTrue(code >= 4000 && code < 4005);
            assertTrue(closers.stream().noneMatch(Call::done));
            talk.peer.close(code, "");
            talk.peer.expectEnd();
            talk.peer.eof();
            closers.forEach(Call::result);
            talk.connection.close();
        }
    }

    @Test
    void dataOfThePeerThatIsUnderWayIsDropped() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary(new byte[100_000]);
            talk.peer.begin("half");
            Call<Void> closer = Call.run(() -> talk.connection.close(1000, ""));
            assertEquals(1000, talk.peer.expectClose());
            talk.peer.end("rest");
            talk.peer.binary(new byte[100_000]);
            talk.peer.frame(RawFrames.frame(RawFrames.TEXT).payload("text too"));
            talk.peer.close(1000, "");
            talk.peer.expectEnd();
            talk.peer.eof();
            closer.result();
            assertEquals(new WebSocketClosedEventArgs(1000, ""), talk.closedEvent());
        }
    }

    @Test
    void aPingAfterOurCloseIsNotAnswered() throws IOException {
        try (Talk talk = Talk.open()) {
            Call<Void> closer = Call.run(talk.connection::close);
            talk.peer.expectClose();
            talk.peer.ping("late");
            talk.peer.close();
            talk.peer.expectEnd();
            talk.peer.eof();
            closer.result();
        }
    }

    @Test
    void aReaderThatWaitsIsToldAndTheHandshakeCompletes() throws IOException {
        try (Talk talk = Talk.open()) {
            Call<IncomingMessage> reader = Call.of(talk.connection::receive);
            talk.near.awaitReader();
            Call<Void> closer = Call.run(() -> talk.connection.close(1000, ""));
            assertEquals(1000, talk.peer.expectClose());
            talk.peer.close(1000, "");
            talk.peer.expectEnd();
            talk.peer.eof();
            closer.result();
            assertNull(reader.result());
            assertNotNull(talk.closedEvent());
        }
    }

    @Test
    void aReaderInsideAMessageIsToldAndItsCloseDoesNotCutTheHandshakeShort() throws IOException {
        try (Talk talk = Talk.open()) {
            byte[] frame =
                    RawFrames.frame(BINARY).notFin().payload("half of it").bytes();
            talk.peer.raw(Arrays.copyOf(frame, 6));
            Call<Void> reader = Call.run(() -> {
                try (IncomingMessage message = talk.connection.receive()) {
                    message.readAllBytes();
                }
            });
            talk.near.awaitReader();
            Call<Void> closer = Call.run(() -> talk.connection.close(1000, ""));
            assertEquals(1000, talk.peer.expectClose());
            talk.peer.raw(Arrays.copyOfRange(frame, 6, frame.length));
            talk.peer.end("!");
            talk.peer.close(1000, "");
            assertEquals(new WebSocketClosedEventArgs(1000, ""), talk.closedEvent());
            talk.peer.expectEnd();
            talk.peer.eof();
            closer.result();
            assertEquals(
                    WebErrorStatus.CONNECTION_ABORTED,
                    reader.failure(WebSocketException.class).status());
        }
    }

    @Test
    void anOpenIncomingMessageOfTheSameThreadIsNoObstacle() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary(new byte[50_000]);
            Call<Void> closer = Call.run(() -> {
                try (IncomingMessage message = talk.connection.receive()) {
                    assertEquals(0, message.read());
                    talk.connection.close(1000, "");
                }
            });
            assertEquals(1000, talk.peer.expectClose());
            talk.peer.close(1000, "");
            talk.peer.expectEnd();
            talk.peer.eof();
            closer.result();
        }
    }

    @Test
    void anOpenOutgoingMessageIsNotCompletedByIt() throws IOException {
        try (Talk talk = Talk.open()) {
            OutgoingMessage message = talk.connection.sender().beginMessage(SocketMessageType.BINARY);
            message.write(bytes("part"));
            message.flush();
            Call<Void> closer = Call.run(() -> talk.connection.close(1000, ""));
            assertFalse(talk.peer.read().fin());
            assertEquals(1000, talk.peer.expectClose());
            assertThrows(WebSocketClosedException.class, message::complete);
            message.close();
            talk.peer.close(1000, "");
            talk.peer.expectEnd();
            talk.peer.eof();
            closer.result();
            assertEquals(new WebSocketClosedEventArgs(1000, ""), talk.closedEvent());
        }
    }

    @Test
    void insideABodyItFailsTheMessageAndNothingElse() throws IOException {
        try (Talk talk = Talk.open()) {
            Call<Void> sender = Call.run(() -> talk.connection.sender().send(SocketMessageType.BINARY, out -> {
                out.write(1);
                talk.connection.close(1000, "");
            }));
            assertEquals(1000, talk.peer.expectClose());
            talk.peer.close(1000, "");
            talk.peer.expectEnd();
            talk.peer.eof();
            sender.failure(WebSocketClosedException.class);
        }
    }

    @Test
    void whileAnotherThreadSendsTheCloseGoesOutAtOnce() throws IOException {
        for (int round = 0; round < 60; round++) {
            try (Talk talk = Talk.open()) {
                Call<Void> sender = Call.run(() -> {
                    while (true) {
                        talk.send("x");
                    }
                });
                Call<Void> closer = Call.run(() -> {
                    Soon.that("some was sent", () -> talk.near.writes() > 20);
                    talk.connection.close(1000, "");
                });
                Frame frame = talk.peer.read();
                while (frame.opcode() != CLOSE) {
                    frame = talk.peer.read();
                }
                talk.peer.close(1000, "");
                talk.peer.eof();
                sender.failure(WebSocketClosedException.class);
                closer.result();
            }
        }
    }

    @Test
    void thePeerMayEndTcpWithoutAnyWordAfterItsClose() throws IOException {
        for (boolean cut : new boolean[] {false, true}) {
            try (Talk talk = Talk.open()) {
                Call<Void> closer = Call.run(talk.connection::close);
                talk.peer.expectClose();
                talk.peer.close(1000, "");
                if (cut) {
                    talk.far.cut();
                } else {
                    talk.far.abort();
                }
                closer.result();
                assertEquals(new WebSocketClosedEventArgs(1000, ""), talk.closedEvent());
                assertNull(talk.connection.receive());
            }
        }
    }

    @Test
    void thePeerMayEndTcpInsteadOfAnswering() throws IOException {
        try (Talk talk = Talk.open()) {
            Call<Void> closer = Call.run(talk.connection::close);
            talk.peer.expectClose();
            talk.peer.eof();
            closer.result();
            talk.awaitEnd();
            assertNull(talk.closedEventSoFar());
        }
    }

    @Test
    void afterTheEndNothingIsReadOrWrittenAnyMore() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.close(1000, "");
            talk.peer.eof();
            talk.awaitEnd();
            int reads = talk.near.reads();
            int writes = talk.near.writes();
            InputStream in = talk.connection.inputStream();
            assertEquals(-1, in.read());
            assertThrows(WebSocketClosedException.class, () -> talk.send("x"));
            talk.connection.close();
            assertEquals(reads, talk.near.reads());
            assertEquals(writes, talk.near.writes());
        }
    }

    @Test
    void twoSidesOfOursCloseInGoodOrderWhoeverStarts() throws IOException {
        for (int who = 0; who < 3; who++) {
            Duo duo = new Duo(PipeWire.pair(4096), new Tuning());
            List<Call<Void>> closers = new ArrayList<>();
            if (who != 1) {
                closers.add(Call.run(() -> duo.client.close(1000, "")));
            }
            if (who != 0) {
                closers.add(Call.run(() -> duo.server.close(1000, "")));
            }
            closers.forEach(Call::result);
            duo.awaitEnd();
            for (Connection side : duo.sides()) {
                assertNull(side.receive());
            }
            for (Call<Void> closer : closers) {
                System.out.println("close of two sides took " + closer.millis() + " ms");
            }
        }
    }

    @Test
    void aMessageThatIsOpenIsCutOffByTheClose() throws IOException {
        try (Talk talk = Talk.open()) {
            OutgoingMessage message = talk.connection.sender().beginMessage(SocketMessageType.BINARY);
            message.write(bytes("sent"));
            message.flush();
            message.write(bytes("buffered"));
            Call<Void> closing = Call.run(talk.connection::close);
            RawFrames.Frame part = talk.peer.read();
            assertEquals("sent", part.text());
            assertFalse(part.fin());
            talk.peer.expectClose();
            assertThrows(WebSocketClosedException.class, message::complete);
            talk.peer.close();
            talk.peer.eof();
            closing.result();
        }
    }

    @Test
    void aMessageOfSingleFramesThatIsOpenIsCutOffByTheClose() throws IOException {
        try (Talk talk = Talk.open()) {
            Sender sender = talk.connection.sender();
            sender.sendFrame(SocketMessageType.BINARY, ByteBuffer.wrap(bytes("first")), false);
            Call<Void> closing = Call.run(talk.connection::close);
            assertFalse(talk.peer.read().fin());
            talk.peer.expectClose();
            assertThrows(
                    WebSocketClosedException.class,
                    () -> sender.sendFrame(SocketMessageType.BINARY, ByteBuffer.wrap(bytes("last")), true));
            talk.peer.close();
            talk.peer.eof();
            closing.result();
        }
    }
}
