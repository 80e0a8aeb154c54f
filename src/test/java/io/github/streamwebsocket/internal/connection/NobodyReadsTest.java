package io.github.streamwebsocket.internal.connection;

import static io.github.streamwebsocket.internal.connection.Talk.bytes;
import static io.github.streamwebsocket.testing.RawFrames.PONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import io.github.streamwebsocket.WebSocketTimeoutException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.Soon;
import io.github.streamwebsocket.testing.VirtualThreads;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nobody reading is normal: control frames are dealt with up to unread data, and steady readers pay nothing for it. */
@ExtendWith(NoThreadsLeft.class)
class NobodyReadsTest {

    @Test
    void aPingIsAnswered() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.ping("are you there");
            assertEquals("are you there", talk.peer.expect(PONG).text());
            talk.peer.ping("");
            assertEquals("", talk.peer.expect(PONG).text());
        }
    }

    @Test
    void aPingThatCameBehindTheOpeningHandshakeIsAnswered() throws IOException {
        byte[] ping = RawFrames.frame(RawFrames.PING).payload("early").bytes();
        try (Talk talk = Talk.withLeftover(ping)) {
            assertEquals("early", talk.peer.expect(PONG).text());
        }
    }

    @Test
    void aCloseRaisesClosedAndIsAnsweredAndEndsTheConnection() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.close(3001, "enough");
            assertEquals(new WebSocketClosedEventArgs(3001, "enough"), talk.closedEvent());
            assertEquals(3001, talk.peer.expectClose());
            talk.peer.expectEnd();
            talk.peer.eof();
            talk.awaitEnd();
        }
    }

    @Test
    void unreadDataStopsTheKeeperAndAPingBehindItIsAnsweredOnceTheDataIsRead() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary(new byte[10_000]);
            talk.peer.ping("behind");
            awaitKeeperParked();
            int reads = talk.near.reads();
            assertTrue(talk.near.unread() > 9_000, "the keeper has read data that nobody has asked for");
            assertEquals(0, talk.far.unread());

            assertEquals(10_000, talk.receive().length);
            assertTrue(talk.near.reads() > reads);
            assertEquals("behind", talk.peer.expect(PONG).text()); // the keeper is awake again
            talk.peer.ping("again");
            assertEquals("again", talk.peer.expect(PONG).text());
        }
    }

    @Test
    void theKeeperReadsOnInsideAMessageThatWaitsForItsNextFragment() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.begin("one ");
            IncomingMessage message = talk.connection.receive();
            assertArrayEquals(bytes("one "), message.readNBytes(4));
            talk.peer.ping("between");
            assertEquals("between", talk.peer.expect(PONG).text());
            talk.peer.end("two");
            talk.peer.ping("behind");
            assertArrayEquals(bytes("two"), message.readAllBytes());
            assertEquals("behind", talk.peer.expect(PONG).text());
        }
    }

    @Test
    void theKeeperMayReadOnToTheNextMessageBeforeTheEndOfThisOneIsAskedFor() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary("one");
            IncomingMessage message = talk.connection.receive();
            assertArrayEquals(bytes("one"), message.readNBytes(3));
            long before = talk.connection.handOffs();
            talk.peer.binary("two");
            Soon.that("the keeper has read on", () -> talk.connection.handOffs() > before);
            awaitKeeperParked();
            assertEquals(0, message.available(), "what is there is of the next message");
            assertEquals(-1, message.read());
            assertArrayEquals(bytes("two"), talk.receive());
        }
    }

    @Test
    void aReadThatArrivesWhileTheKeeperWaitsGetsTheData() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.awaitKeeper();
            Call<byte[]> call = Call.of(() -> talk.receive()).awaitInside(Lease.class);
            talk.peer.ping("first");
            talk.peer.binary("data");
            assertArrayEquals(bytes("data"), call.result());
            assertEquals("first", talk.peer.expect(PONG).text());
        }
    }

    @Test
    void aReadThatArrivesWhileTheKeeperWaitsHonoursItsTimeout() throws IOException {
        try (Talk talk = Talk.open(new Tuning().readTimeout(60))) {
            talk.awaitKeeper();
            Call<?> call = Call.of(talk.connection::receive);
            assertEquals(
                    WebErrorStatus.TIMEOUT,
                    call.failure(WebSocketTimeoutException.class).status());
            assertTrue(call.millis() >= 60, "too early: " + call.millis() + " ms");
            assertTrue(talk.connection.isOpen());
            talk.peer.binary("late");
            assertArrayEquals(bytes("late"), talk.receive());
        }
    }

    @Test
    void aReadThatArrivesWhileTheKeeperWaitsHonoursInterruption() {
        try (Talk talk = Talk.open()) {
            talk.awaitKeeper();
            Call<?> call = Call.of(talk.connection::receive).awaitInside(Lease.class);
            call.interrupt();
            assertEquals(
                    WebErrorStatus.OPERATION_CANCELED,
                    call.failure(WebSocketAbortedException.class).status());
            assertTrue(call.interruptStatusKept());
            talk.awaitEnd();
        }
    }

    @Test
    void askingHowMuchIsAvailableDoesNotPutTheKeeperToSleep() throws IOException {
        for (int round = 0; round < 6; round++) {
            List<Talk> talks = new ArrayList<>();
            try {
                for (int i = 0; i < 8; i++) {
                    talks.add(Talk.open());
                }
                AtomicBoolean enough = new AtomicBoolean();
                Call<Void> asking = Call.run(() -> {
                    while (!enough.get()) {
                        for (Talk talk : talks) {
                            assertEquals(0, talk.connection.inputStream().available());
                        }
                    }
                });
                Soon.that(
                        "most of the keepers have tried",
                        () -> talks.stream()
                                        .filter(t -> t.connection.handOffs() > 0)
                                        .count()
                                > 4);
                enough.set(true);
                asking.result();
                for (Talk talk : talks) {
                    talk.peer.ping("awake?");
                    assertEquals("awake?", talk.peer.expect(PONG).text());
                }
            } finally {
                talks.forEach(Talk::close);
            }
        }
    }

    @Test
    void aSteadyReaderNeverHandsOver() throws IOException {
        assertNoHandOffs(talk -> {
            Call<Void> sender = Call.run(() -> {
                for (int i = 0; i < 3000; i++) {
                    talk.peer.binary(new byte[4000]);
                }
                talk.peer.close(1000, "");
            });
            InputStream in = talk.connection.inputStream();
            byte[] buffer = new byte[16_384];
            long total = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                total += count;
            }
            sender.result();
            assertEquals(3000L * 4000, total);
        });
    }

    @Test
    void roundTripsNeverHandOver() throws IOException {
        assertNoHandOffs(talk -> {
            Call<Void> echo = Call.run(() -> {
                for (int i = 0; i < 3000; i++) {
                    talk.peer.binary(talk.peer.expect(RawFrames.BINARY).payload());
                }
            });
            byte[] ball = bytes("ball");
            for (int i = 0; i < 3000; i++) {
                talk.connection.sender().send(SocketMessageType.BINARY, ball, 0, ball.length);
                assertArrayEquals(ball, talk.receive());
            }
            echo.result();
        });
    }

    @Test
    void readersThatWaitLongAreNotDisturbed() throws IOException {
        assertNoHandOffs(talk -> {
            for (int i = 0; i < 3; i++) {
                Call<byte[]> call = Call.of(() -> talk.receive());
                // Long enough for the keeper to have found the reader inside and to have gone to sleep behind it.
                awaitKeeperParked();
                talk.peer.binary("at last");
                assertArrayEquals(bytes("at last"), call.result());
            }
        });
    }

    private interface Conversation {
        void hold(Talk talk) throws IOException;
    }

    /** A machine that lets a reader wait for its turn longer than a tick makes hand-offs too: one clean try is asked. */
    private static void assertNoHandOffs(Conversation conversation) throws IOException {
        long handOffs = 0;
        for (int tries = 0; tries < 5; tries++) {
            try (Talk talk = Talk.open()) {
                conversation.hold(talk);
                handOffs = talk.connection.handOffs();
            }
            if (handOffs == 0) {
                return;
            }
        }
        assertEquals(0, handOffs);
    }

    @Test
    void afterTheInputStreamWasClosedDataIsDroppedAndPingsAreAnswered() throws IOException {
        try (Talk talk = Talk.open()) {
            InputStream in = talk.connection.inputStream();
            talk.peer.binary(new byte[10_000]);
            awaitKeeperParked();
            in.close();
            assertThrows(IOException.class, in::read);
            talk.peer.binary(new byte[10_000]);
            talk.peer.begin("part");
            talk.peer.ping("still?");
            assertEquals("still?", talk.peer.expect(PONG).text());
            assertTrue(talk.connection.isOpen());
            talk.peer.end("rest");
            talk.peer.close();
            assertEquals(1005, talk.peer.expectClose());
            assertEquals(new WebSocketClosedEventArgs(1005, ""), talk.closedEvent());
        }
    }

    @Test
    void aCloseBehindDataThatWasReadIsNoticed() throws IOException {
        try (Talk talk = Talk.open()) {
            talk.peer.binary("data");
            talk.peer.close(1000, "");
            awaitKeeperParked();
            assertNull(talk.closedEventSoFar());
            assertArrayEquals(bytes("data"), talk.receive());
            assertNotNull(talk.closedEvent());
            assertNull(talk.connection.receive());
        }
    }

    private static void awaitKeeperParked() {
        Soon.that(
                "the keeper is parked",
                () -> VirtualThreads.named("websocket-keeper").stream().allMatch(k -> k.contains("parkUntil")));
    }
}
