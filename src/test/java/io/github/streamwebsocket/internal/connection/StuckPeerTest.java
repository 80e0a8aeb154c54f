package io.github.streamwebsocket.internal.connection;

import static io.github.streamwebsocket.internal.connection.Talk.bytes;
import static io.github.streamwebsocket.testing.RawFrames.PONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.PipeWire;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.RawFrames.Frame;
import io.github.streamwebsocket.testing.Soon;
import io.github.streamwebsocket.testing.VirtualThreads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The reader writes no frame: a peer that takes nothing stops the senders and nobody else (RFC 6455 5.5.2, 5.5.3). */
@ExtendWith(NoThreadsLeft.class)
class StuckPeerTest {
    private static final byte[] LONG = RawFrames.pattern(300_000);

    @Test
    void aReaderReadsOnBehindAPingThatCannotBeAnsweredYet() throws IOException {
        try (Talk talk = Talk.open(new Tuning(), 4096)) {
            Call<Void> sender = Call.run(() -> talk.send(LONG));
            talk.near.awaitWriterStuck();
            talk.peer.ping("now");
            talk.peer.binary("behind");
            assertArrayEquals(bytes("behind"), Call.of(talk::receive).result());

            List<Frame> frames = readToPongAndMessage(talk);
            sender.result();
            assertArrayEquals(LONG, RawFrames.messages(frames).get(0));
            Frame pong = frames.stream().filter(Frame::control).findFirst().orElseThrow();
            assertEquals("now", pong.text());
            assertTrue(
                    frames.indexOf(pong) < frames.size() - 1, "the pong waited for the end of the message: " + frames);
        }
    }

    @Test
    void ofPingsThatWaitForTheirAnswerOnlyTheNewestGetsOne() throws IOException {
        try (Talk talk = Talk.open(new Tuning(), 4096)) {
            Call<Void> sender = Call.run(() -> talk.send(LONG));
            talk.near.awaitWriterStuck();
            for (int i = 1; i <= 50; i++) {
                talk.peer.ping("ping " + i);
            }
            talk.peer.binary("all seen");
            Call.of(talk::receive).result();

            List<Frame> frames = readToPongAndMessage(talk);
            sender.result();
            assertEquals(List.of("ping 50"), pongs(frames));
            talk.send("end");
            assertEquals("end", talk.peer.expect(RawFrames.BINARY).text(), "more than one answer came");
        }
    }

    @Test
    void aPingBetweenTheFragmentsOfAnOpenMessageIsAnsweredAtOnce() throws IOException {
        try (Talk talk = Talk.open();
                OutgoingMessage message = talk.connection.sender().beginMessage(SocketMessageType.BINARY)) {
            message.write(bytes("first"));
            message.flush();
            assertFalse(talk.peer.read().fin());
            talk.peer.ping("between");
            assertEquals("between", talk.peer.expect(PONG).text());
            message.write(bytes("last"));
            message.complete();
            assertEquals("last", talk.peer.expect(RawFrames.CONTINUATION).text());
        }
    }

    @Test
    void twoSidesWithStuckSendersAndPingsGetThroughOnceTheyRead() {
        PipeWire[] pipe = PipeWire.pair(8192);
        Tuning tuning = new Tuning().keepAlive(20);
        try (Duo duo = new Duo(pipe, tuning)) {
            List<Call<Void>> senders = new ArrayList<>();
            for (Connection side : duo.sides()) {
                senders.add(Call.run(() -> {
                    for (int i = 0; i < 4; i++) {
                        side.sender().send(SocketMessageType.BINARY, LONG, 0, LONG.length);
                    }
                }));
            }
            pipe[0].awaitWriterStuck();
            pipe[1].awaitWriterStuck();
            List<Call<Void>> readers = new ArrayList<>();
            for (Connection side : duo.sides()) {
                readers.add(Call.run(() -> {
                    for (int i = 0; i < 4; i++) {
                        assertArrayEquals(LONG, side.receive().readAllBytes());
                    }
                }));
            }
            readers.forEach(Call::result);
            senders.forEach(Call::result);
        }
    }

    @Test
    void aFloodOfPingsStartsOneThreadAtATimeWhenNothingCanBeSent() throws IOException {
        try (Talk talk = Talk.open(new Tuning(), 150)) {
            Call<Void> reader = Call.run(talk::receive);
            String payload = "x".repeat(100);
            int most = 0;
            for (int i = 0; i < 4000; i++) {
                talk.peer.ping(payload); // of which the pipe takes one answer
                if (i % 200 == 0) {
                    most = Math.max(most, VirtualThreads.count("websocket-payer"));
                }
            }
            Soon.that("the pongs are stuck", talk.near::writerWaits);
            talk.peer.binary("all seen");
            reader.result();
            most = Math.max(most, VirtualThreads.count("websocket-payer"));
            // One that pays, and one that was started when it had just stopped to look.
            assertTrue(most <= 2, most + " threads");
        }
    }

    @Test
    void aFloodOfPingsDoesNotKeepASenderFromItsOwnWork() throws IOException {
        try (Talk talk = Talk.open(new Tuning(), 20_000)) {
            AtomicBoolean enough = new AtomicBoolean();
            byte[] ping = RawFrames.frame(RawFrames.PING).payload("flood").bytes();
            byte[] pings = RawFrames.join(Collections.nCopies(1000, ping).toArray(new byte[0][]));
            Call<Void> flood = Call.run(() -> {
                while (!enough.get()) {
                    talk.peer.raw(pings);
                }
                talk.peer.binary("all sent");
            });
            Call<byte[]> reader = Call.of(talk::receive);
            AtomicInteger messages = new AtomicInteger();
            AtomicInteger pongs = new AtomicInteger();
            Call<Void> taker = Call.run(() -> {
                while (messages.get() < 20_000) {
                    (talk.peer.read().control() ? pongs : messages).incrementAndGet();
                }
            });
            Soon.that("the flood has begun", () -> pongs.get() > 50);
            Call<Void> sender = Call.run(() -> {
                for (int i = 0; i < 20_000; i++) {
                    talk.send("x");
                }
            });
            sender.result();
            taker.result();
            assertFalse(flood.done(), "the flood was over first");
            Call<Void> rest = Call.run(talk.peer::readToEnd);
            enough.set(true);
            flood.result();
            reader.result();
            talk.connection.abort();
            rest.await();
            System.out.println(
                    "20,000 messages took " + sender.millis() + " ms in a flood of pings, " + pongs + " answered");
        }
    }

    @Test
    void aPongCarriesAllBytesOfThePing() throws IOException {
        try (Talk talk = Talk.server()) {
            byte[] payload = RawFrames.pattern(125);
            talk.peer.frame(RawFrames.frame(RawFrames.PING).payload(payload));
            assertArrayEquals(payload, talk.peer.expect(PONG).payload());
        }
    }

    private static List<Frame> readToPongAndMessage(Talk talk) throws IOException {
        List<Frame> frames = new ArrayList<>();
        boolean pong = false;
        boolean message = false;
        while (!pong || !message) {
            Frame frame = talk.peer.read();
            frames.add(frame);
            pong |= frame.opcode() == PONG;
            message |= !frame.control() && frame.fin();
        }
        return frames;
    }

    private static List<String> pongs(List<Frame> frames) {
        return frames.stream().filter(f -> f.opcode() == PONG).map(Frame::text).toList();
    }
}
