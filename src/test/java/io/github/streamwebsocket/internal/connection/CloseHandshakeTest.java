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
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The close handshake: bounded, in any order of events, and never the cause of lost bytes (RFC 6455 7.1). */
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
    void aPeerThatDoesNotAnswerEndsItWithinTheBoundWithoutExceptionAndWithoutEvent() throws IOException {
        try (Talk talk = Talk.open(new Tuning().closeTimeout(200))) {
            Call<Void> closer = Call.run(talk.connection::close);
            talk.peer.expectClose();
            closer.result();
            System.out.println("unanswered close of 200 ms took " + closer.millis() + " ms");
            assertTrue(closer.millis() >= 200);
            assertTrue(talk.near.aborted());
            talk.awaitEnd();
            assertNull(talk.closedEventSoFar());
        }
    }

    @Test
    void aPeerThatNeverReadsEndsItWithinTheBound() {
        try (Talk talk = Talk.open(new Tuning().closeTimeout(200), 4096)) {
            Call<Void> sender = Call.run(() -> talk.send(new byte[100_000]));
            talk.near.awaitWriterStuck();
            Call<Void> closer = Call.run(talk.connection::close);
            closer.result();
            sender.failure(WebSocketException.class);
            System.out.println("close of 200 ms behind a stuck writer took " + closer.millis() + " ms");
        }
    }

    @Test
    void aPeerThatClosesFirstAndThenHangsIsNotWaitedForLongerThanTheBound() throws IOException {
        try (Talk talk = Talk.open(new Tuning().closeTimeout(200))) {
            talk.near.hangEndOutput();
            long before = System.nanoTime();
            talk.peer.close(1000, "");
            talk.awaitEnd();
            System.out.println("a stuck end of 200 ms took " + (System.nanoTime() - before) / 1_000_000 + " ms");
            assertNull(talk.connection.receive(), "the peer had closed in good order");
        }
    }

    @Test
    void aPeerThatGoesOnSendingForEverIsNotDrainedForEver() throws IOException {
        try (Talk talk = Talk.open(new Tuning().closeTimeout(300), 8192)) {
            Call<Void> closer = Call.run(talk.connection::close);
            talk.peer.expectClose();
            Call<Void> flood = Call.run(() -> {
                while (true) {
                    talk.peer.binary(new byte[1000]);
                }
            });
            closer.result();
            flood.failure(IOException.class);
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
            talk.peer.end("");
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
            OutgoingMessage message = talk.connection.beginMessage();
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
            Call<Void> sender = Call.run(() -> talk.connection.send(out -> {
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
    void aPeerThatIsGoneWhenItsCloseIsAnsweredHasClosedInGoodOrder() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.near.breakOutput();
            talk.peer.binary("all");
            talk.peer.close(1000, "");
            talk.peer.eof();
            assertArrayEquals(bytes("all"), talk.receive());
            assertNull(talk.connection.receive());
            talk.awaitEnd();
            assertNull(talk.connection.receive());
            assertEquals(new WebSocketClosedEventArgs(1000, ""), talk.closedEvent());
            assertThrows(WebSocketClosedException.class, () -> talk.send("x"));
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
    void aWriteThatFailsReportsTheCloseThatSaysWhy() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.awaitKeeper();
            talk.far.delay(Duration.ofMillis(20));
            talk.peer.close(1009, "too big");
            talk.near.breakOutput();
            WebSocketClosedException e = Call.run(() -> talk.send("x")).failure(WebSocketClosedException.class);
            assertEquals(1009, e.remoteCode());
            assertEquals("too big", e.remoteReason());
            assertEquals(new WebSocketClosedEventArgs(1009, "too big"), talk.closedEvent());
            talk.peer.eof();
            talk.awaitEnd(); // and not only when the close timeout is over
        }
    }

    @Test
    void aWriteThatFailsWithoutAWordSaysThat() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.near.cut();
            Call<Void> sender = Call.run(() -> talk.send("x"));
            WebErrorStatus status = sender.failure(WebSocketException.class).status();
            assertTrue(
                    status == WebErrorStatus.CONNECTION_ABORTED || status == WebErrorStatus.CONNECTION_RESET,
                    status.toString());
            talk.awaitEnd();
        }
    }

    @Test
    void afterAWriteFailedWhatThePeerSentBeforeCanStillBeRead() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary("before");
            talk.peer.close(1000, "");
            talk.near.breakOutput();
            Call.run(() -> talk.send("x")).failure(WebSocketException.class);
            assertArrayEquals(bytes("before"), talk.receive());
            assertNull(talk.connection.receive());
        }
    }

    @Test
    void theTunnelIsFlushedInFrontOfTheClose() throws IOException {
        try (Talk talk = Talk.open()) {
            OutputStream out = talk.connection.outputStream();
            out.write(bytes("buffered"));
            assertEquals(0, talk.far.unread());
            Call<Void> closer = Call.run(talk.connection::close);
            assertEquals("buffered", talk.peer.expect(BINARY).text());
            assertEquals(1005, talk.peer.expectClose());
            talk.peer.close();
            talk.peer.eof();
            closer.result();
            assertThrows(IOException.class, () -> out.write(1));
        }
    }

    @Test
    void bytesThatCouldNotBeFlushedAreAnExceptionOnce() throws IOException {
        try (Talk talk = Talk.open(new Tuning().closeTimeout(200), 64)) {
            OutputStream out = talk.connection.outputStream();
            out.write(new byte[1000]);
            Call<Void> closer = Call.run(talk.connection::close);
            closer.failure(WebSocketException.class);
            System.out.println("a flush of 200 ms took " + closer.millis() + " ms");
            talk.connection.close();
        }
        try (Talk talk = Talk.open()) {
            talk.connection.outputStream().write(1);
            talk.connection.abort();
            talk.awaitEnd();
            assertThrows(WebSocketException.class, talk.connection::close);
            talk.connection.close();
        }
    }

    @Test
    void closersWaitForTheFlushOfTheFirst() throws IOException {
        try (Talk talk = Talk.open(new Tuning(), 64)) {
            talk.connection.outputStream().write(new byte[1000]);
            Call<Void> first = Call.run(talk.connection::close);
            talk.near.awaitWriterStuck();
            Call<Void> second = Call.run(talk.connection::close).awaitInside(SendPermit.class);
            assertEquals(1000, talk.peer.expect(BINARY).payload().length);
            talk.peer.expectClose();
            talk.peer.close();
            talk.peer.eof();
            first.result();
            second.result();
        }
    }

    @Test
    void aByteThatWasTakenWhileTheSocketClosedIsSentOrThrown() throws IOException {
        for (int round = 0; round < 60; round++) {
            try (Talk talk = Talk.open()) {
                OutputStream out = talk.connection.outputStream();
                int[] taken = {0};
                Call<Void> writer = Call.run(() -> {
                    while (true) {
                        out.write(1);
                        taken[0]++;
                    }
                });
                Call<Void> closer = Call.run(talk.connection::close);
                int sent = 0;
                Frame frame = talk.peer.read();
                for (; frame.opcode() != CLOSE; frame = talk.peer.read()) {
                    sent += frame.payload().length;
                }
                talk.peer.close();
                talk.peer.eof();
                closer.result();
                writer.failure(WebSocketException.class);
                assertEquals(taken[0], sent);
            }
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
}
