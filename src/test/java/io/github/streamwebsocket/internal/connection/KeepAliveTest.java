package io.github.streamwebsocket.internal.connection;

import static io.github.streamwebsocket.testing.RawFrames.PING;
import static io.github.streamwebsocket.testing.RawFrames.PONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketTimeoutException;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.RawFrames.Frame;
import io.github.streamwebsocket.testing.Soon;
import io.github.streamwebsocket.testing.VirtualThreads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keep-alive finds a dead peer, and never takes a busy peer, a long message or a slow application for one. */
@ExtendWith(NoThreadsLeft.class)
class KeepAliveTest {
    private static final int INTERVAL = 40;
    private static final Tuning TUNING = new Tuning().keepAlive(INTERVAL);

    @Test
    void aDeadPeerIsFoundWhileAReaderWaits() {
        try (Talk talk = Talk.open(TUNING)) {
            assertTimedOut(Call.of(talk.connection::receive), talk);
        }
    }

    @Test
    void aDeadPeerIsFoundWhileNobodyReads() throws IOException {
        try (Talk talk = Talk.open(TUNING)) {
            assertEquals(0, talk.peer.expect(PING).payload().length);
            talk.awaitEnd();
            assertTimedOut(Call.run(() -> talk.send("x")), talk);
        }
    }

    @Test
    void aDeadPeerIsFoundByAnApplicationThatPollsWithShortTimeouts() {
        try (Talk talk = Talk.open(new Tuning().keepAlive(INTERVAL).readTimeout(3))) {
            Call<Void> poller = Call.run(() -> {
                Class<?> thrown = WebSocketTimeoutException.class;
                while (thrown == WebSocketTimeoutException.class) {
                    thrown = assertThrows(WebSocketException.class, talk.connection::receive)
                            .getClass();
                }
                talk.connection.receive();
            });
            assertTimedOut(poller, talk);
        }
    }

    @Test
    void aDeadPeerIsFoundInsideAMessage() throws IOException {
        try (Talk talk = Talk.open(TUNING)) {
            talk.peer.begin("half");
            assertTimedOut(Call.of(talk::receive), talk);
        }
    }

    @Test
    void aSilentPeerIsAskedAgainAfterEachInterval() throws IOException {
        int interval = 1200; // so that twice that is more than the limit of expect()
        try (Talk talk = Talk.open(new Tuning().keepAlive(interval))) {
            talk.peer.expect(PING);
            talk.peer.frame(RawFrames.frame(PONG));
            talk.peer.expect(PING);
        }
    }

    @Test
    void anyByteProvesThePeerAlive() throws IOException {
        try (Talk talk = Talk.open(TUNING)) {
            Call<byte[]> reader = Call.of(talk::receive);
            byte[] frame = RawFrames.frame(RawFrames.BINARY)
                    .payload(RawFrames.pattern(100_000))
                    .bytes();
            int sent = 0;
            // Answers no ping, but a byte of its long frame comes within each interval.
            for (Reference other = new Reference(); !other.foundDead(3); sent++) {
                talk.peer.raw(new byte[] {frame[sent]});
            }
            talk.peer.raw(Arrays.copyOfRange(frame, sent, frame.length));
            assertArrayEquals(RawFrames.pattern(100_000), reader.result());
        }
    }

    @Test
    void aPingThatWaitsBehindALongMessageIsNoDeadPeer() throws IOException {
        try (Talk talk = Talk.open(TUNING, 4096)) {
            Call<Void> sender = Call.run(() -> talk.send(new byte[200_000]));
            talk.near.awaitWriterStuck();
            outliveDeadPeers(3);
            assertTrue(talk.connection.isOpen());
            List<Frame> frames = new ArrayList<>();
            while (frames.isEmpty()
                    || frames.getLast().control()
                    || !frames.getLast().fin()) {
                frames.add(talk.peer.read());
            }
            sender.result();
            assertEquals(200_000, RawFrames.messages(frames).get(0).length);
            assertEquals(
                    1, frames.stream().filter(f -> f.opcode() == PING).count(), "pings that wait are one: " + frames);
        }
    }

    @Test
    void anApplicationThatDoesNotReadIsNoDeadPeer() throws IOException {
        try (Talk talk = Talk.open(TUNING)) {
            talk.peer.binary(new byte[50_000]);
            talk.peer.expect(PING);
            talk.peer.frame(RawFrames.frame(PONG)); // cannot be heard
            outliveDeadPeers(3);
            assertEquals(50_000, talk.receive().length);
            assertTrue(talk.connection.isOpen());
        }
    }

    @Test
    void anApplicationThatReadsSlowlyFromWhatCameAlreadyIsNoDeadPeer() throws IOException {
        try (Talk talk = Talk.open(TUNING)) {
            talk.peer.binary(new byte[200]); // less than the look-ahead takes
            talk.peer.expect(PING);
            IncomingMessage message = talk.connection.receive();
            for (Reference other = new Reference(); !other.foundDead(3); ) {
                if (message.available() > 1) {
                    message.skipNBytes(1);
                }
            }
            message.readAllBytes();
            assertTrue(talk.connection.isOpen());
        }
    }

    @Test
    void anUnsolicitedPongGoesOutAtItsInterval() throws IOException {
        try (Talk talk = Talk.open(new Tuning().unsolicitedPong(20))) {
            for (int i = 0; i < 5; i++) {
                assertEquals(0, talk.peer.expect(PONG).payload().length);
            }
        }
    }

    @Test
    void aWriteThatIsStuckLongerThanTheWriteTimeoutEndsTheConnection() {
        try (Talk talk = Talk.open(new Tuning().writeTimeout(60), 4096)) {
            Call<Void> sender = Call.run(() -> talk.send(new byte[100_000]));
            WebSocketAbortedException e = sender.failure(WebSocketAbortedException.class);
            assertEquals(WebErrorStatus.TIMEOUT, e.status());
            assertTrue(sender.millis() >= 60, "too early: " + sender.millis() + " ms");
            System.out.println("write timeout of 60 ms after " + sender.millis() + " ms");
            talk.awaitEnd();
        }
    }

    @Test
    void aPeerThatTakesDataSlowlyButSteadilyIsNotCaughtByTheWriteTimeout() throws IOException {
        try (Talk talk = Talk.open(new Tuning().writeTimeout(500).frameSize(1024), 1024)) {
            Call<Void> sender = Call.run(() -> talk.send(new byte[400_000]));
            int total = 0;
            while (total < 400_000) {
                total += talk.peer.read().payload().length;
            }
            sender.result();
            assertTrue(talk.connection.isOpen());
        }
    }

    /** The next look, hours later, would keep its thread, which {@link NoThreadsLeft} would find. */
    @Test
    void allLooksAreCalledOffWhenTheConnectionEnds() throws IOException {
        long hours = Duration.ofHours(3).toMillis();
        Tuning tuning = new Tuning().keepAlive(hours).unsolicitedPong(hours).writeTimeout(hours);
        try (Talk talk = Talk.open(tuning)) {
            talk.send("x");
            Soon.that("they wait", () -> VirtualThreads.count("websocket-deadlines") == 1);
        }
    }

    private static void assertTimedOut(Call<?> call, Talk talk) {
        WebSocketAbortedException e = call.failure(WebSocketAbortedException.class);
        assertEquals(WebErrorStatus.TIMEOUT, e.status());
        System.out.println("dead peer found after " + call.millis() + " ms with an interval of " + INTERVAL + " ms");
        talk.awaitEnd();
    }

    private static void outliveDeadPeers(int count) {
        Reference reference = new Reference();
        Soon.that("dead peers are found", () -> reference.foundDead(count));
    }

    /** Measures time in dead peers that were found, one after the other, with the same interval. */
    private static final class Reference {
        private Talk talk = Talk.open(TUNING);
        private int found;

        boolean foundDead(int count) {
            if (talk.ended()) {
                found++;
                if (found == count) {
                    return true;
                }
                talk = Talk.open(TUNING);
            }
            LockSupport.parkNanos(1_000_000);
            return false;
        }
    }
}
