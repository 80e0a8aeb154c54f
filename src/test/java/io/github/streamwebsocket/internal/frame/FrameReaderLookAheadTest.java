package io.github.streamwebsocket.internal.frame;

import static io.github.streamwebsocket.internal.frame.ReadFrames.conversation;
import static io.github.streamwebsocket.internal.frame.ReadFrames.expected;
import static io.github.streamwebsocket.internal.frame.ReadFrames.frame;
import static io.github.streamwebsocket.internal.frame.ReadFrames.patiently;
import static io.github.streamwebsocket.internal.frame.ReadFrames.payload;
import static io.github.streamwebsocket.internal.frame.ReadFrames.readAll;
import static io.github.streamwebsocket.internal.frame.ReadFrames.told;
import static io.github.streamwebsocket.testing.RawFrames.join;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ScriptedWire;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which bytes the frame reader asks the wire for, where it puts them, and that it loses none of them. */
class FrameReaderLookAheadTest {
    private static final byte[] NONE = {};

    @ParameterizedTest
    @EnumSource
    void aTimeoutInADirectReadLosesNothing(Role role) throws Exception {
        byte[] stream = join(
                frame(role, RawFrames.BINARY).payload(RawFrames.pattern(20_000)).bytes(),
                frame(role, RawFrames.BINARY).payload(RawFrames.pattern(9)).bytes());
        ScriptedWire wire = new ScriptedWire();
        for (int at = 0; at < stream.length; at += 3000) {
            wire.thenTimeout().then(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + 3000)));
        }
        assertEquals(expected(stream), readAll(new FrameReader(wire, role, NONE, false), 30_000));
    }

    @Test
    void anEndInsideADirectReadIsAnException() throws Exception {
        byte[] stream = RawFrames.frame(2).payload(new byte[20_000]).bytes();
        FrameReader frames = new FrameReader(ScriptedWire.of(Arrays.copyOf(stream, 15_000)), Role.CLIENT, NONE, false);
        frames.next();
        WebSocketAbortedException e = assertThrows(WebSocketAbortedException.class, () -> payload(frames, 20_000));
        assertTrue(e.getMessage().contains("5004 more bytes"), e::getMessage);
        assertThrows(WebSocketAbortedException.class, frames::skip);
    }

    @Test
    void aLargePayloadComesStraightIntoTheCallersArray() throws Exception {
        byte[] stream = RawFrames.frame(2).payload(RawFrames.pattern(60_000)).bytes();
        ScriptedWire wire = ScriptedWire.of(stream);
        FrameReader frames = new FrameReader(wire, Role.CLIENT, NONE, false);
        frames.next();
        int ahead = frames.available();
        byte[] buffer = new byte[60_000];
        assertEquals(ahead, frames.read(buffer, 0, 60_000));
        assertEquals(60_000 - ahead, frames.read(buffer, ahead, 60_000 - ahead));
        assertArrayEquals(RawFrames.pattern(60_000), buffer);
        assertEquals(List.of(256, 60_000 - ahead), wire.asked());
    }

    @Test
    void aReadNeverGoesBeyondTheFrame() throws Exception {
        byte[] stream = join(
                RawFrames.frame(2).payload(new byte[10_000]).bytes(),
                RawFrames.frame(2).payload(new byte[3]).bytes());
        ScriptedWire wire = ScriptedWire.of(stream);
        FrameReader frames = new FrameReader(wire, Role.CLIENT, NONE, false);
        frames.next();
        int ahead = frames.available();
        byte[] buffer = new byte[50_000];
        assertEquals(ahead, frames.read(buffer, 0, buffer.length));
        assertEquals(10_000 - ahead, frames.read(buffer, 0, buffer.length));
        assertEquals(0, frames.read(buffer, 0, buffer.length));
        assertEquals(Opcode.BINARY, frames.next());
        assertEquals(3, frames.remaining());
    }

    @Test
    void theLookAheadGrowsOnceThePeerSendsMoreAndShrinksWhenItIsQuiet() throws Exception {
        byte[] small = RawFrames.frame(2).payload(new byte[100]).bytes();
        byte[] busy = new byte[0];
        for (int i = 0; i < 100; i++) {
            busy = join(busy, small);
        }
        ScriptedWire wire = ScriptedWire.of(small, busy, small);
        FrameReader frames = new FrameReader(wire, Role.CLIENT, NONE, false);
        assertEquals(102, readAll(frames, 100).size());
        assertEquals(256, wire.asked().get(0), "a quiet connection has a small look-ahead");
        assertEquals(256, wire.asked().get(1));
        assertTrue(wire.asked().get(2) > 8000, () -> "asked for " + wire.asked());
        assertTrue(wire.asked().size() <= 6, () -> "a header must not cost a read of its own: " + wire.asked());
        frames.quiet();
        frames.next();
        assertEquals(256, wire.asked().getLast());
    }

    @Test
    void aLookAheadThatWasJustFilledStaysSmallWhenItIsQuiet() throws Exception {
        byte[] filling = RawFrames.frame(2).payload(new byte[252]).bytes();
        ScriptedWire wire = ScriptedWire.of(filling, filling);
        FrameReader frames = new FrameReader(wire, Role.CLIENT, NONE, false);
        for (int i = 0; i < 2; i++) {
            frames.next();
            frames.read(new byte[252], 0, 252);
            frames.quiet();
        }
        assertEquals(List.of(256, 256), wire.asked());
    }

    @Test
    void smallReadsAreServedFromTheLookAhead() throws Exception {
        ScriptedWire wire = ScriptedWire.of(
                RawFrames.frame(2).payload(RawFrames.pattern(8000)).bytes());
        FrameReader frames = new FrameReader(wire, Role.CLIENT, NONE, false);
        frames.next();
        assertArrayEquals(RawFrames.pattern(8000), payload(frames, 1));
        assertTrue(wire.asked().size() <= 3, () -> "asked for " + wire.asked());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 255, 256, 257, 5000, 8191, 8192, 8193, 20_000})
    void aLeftoverOfAnyLengthIsReadFirst(int length) throws Exception {
        byte[] stream = join(
                RawFrames.frame(2).payload(RawFrames.pattern(7000)).bytes(),
                RawFrames.frame(9).payload("ping").bytes(),
                RawFrames.frame(2).payload(RawFrames.pattern(15_000)).bytes());
        ScriptedWire wire = ScriptedWire.of(Arrays.copyOfRange(stream, length, stream.length));
        FrameReader frames = new FrameReader(wire, Role.CLIENT, Arrays.copyOf(stream, length), false);
        assertEquals(expected(stream), readAll(frames, 700));
        assertEquals(stream.length - length, frames.received());
    }

    @Test
    void beingQuietLosesNoByteAtAnyPlace() throws Exception {
        byte[] stream = conversation(Role.SERVER);
        FrameReader frames = new FrameReader(ScriptedWire.of(stream), Role.SERVER, NONE, false);
        List<String> read = new ArrayList<>();
        while (true) {
            frames.quiet();
            Opcode opcode = frames.next();
            frames.quiet();
            if (opcode == null) {
                break;
            }
            if (opcode.control()) {
                read.add(told(opcode, frames.fin(), frames.control()));
            } else {
                ByteArrayOutputStream payload = new ByteArrayOutputStream();
                byte[] buffer = new byte[40];
                while (frames.remaining() > 0) {
                    payload.write(buffer, 0, frames.read(buffer, 0, 40));
                    frames.quiet();
                }
                read.add(told(opcode, frames.fin(), payload.toByteArray()));
            }
        }
        assertEquals(expected(stream), read);
    }

    @ParameterizedTest
    @EnumSource
    void aControlFrameGoesOnAfterTimeoutsAlsoWhenQuietBetween(Role role) throws Exception {
        byte[] ping =
                frame(role, RawFrames.PING).payload(RawFrames.pattern(125)).bytes();
        FrameReader frames = new FrameReader(ScriptedWire.stuttering(join(ping, ping)), role, NONE, false);
        for (int i = 0; i < 2; i++) {
            assertEquals(Opcode.PING, patiently(() -> {
                frames.quiet();
                return frames.next();
            }));
            assertArrayEquals(RawFrames.pattern(125), patiently(() -> {
                frames.quiet();
                return frames.control();
            }));
        }
    }

    @Test
    void whatIsAvailableIsWhatIsAtHandOfThisFrame() throws Exception {
        byte[] stream = join(
                RawFrames.frame(2).payload(new byte[50]).bytes(),
                RawFrames.frame(2).payload(new byte[100]).bytes());
        FrameReader frames = new FrameReader(
                ScriptedWire.of(Arrays.copyOf(stream, 84), Arrays.copyOfRange(stream, 84, stream.length)),
                Role.CLIENT,
                NONE,
                false);
        assertEquals(0, frames.available());
        frames.next();
        assertEquals(50, frames.available());
        frames.read(new byte[20], 0, 20);
        assertEquals(30, frames.available());
        frames.read(new byte[30], 0, 30);
        assertEquals(0, frames.available());
        frames.next();
        assertEquals(30, frames.available());
    }
}
