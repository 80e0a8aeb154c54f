package io.github.streamwebsocket.internal.frame;

import static io.github.streamwebsocket.internal.frame.ReadFrames.conversation;
import static io.github.streamwebsocket.internal.frame.ReadFrames.expected;
import static io.github.streamwebsocket.internal.frame.ReadFrames.frame;
import static io.github.streamwebsocket.internal.frame.ReadFrames.readAll;
import static io.github.streamwebsocket.internal.frame.ReadFrames.told;
import static io.github.streamwebsocket.testing.RawFrames.hex;
import static io.github.streamwebsocket.testing.RawFrames.join;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ScriptedWire;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    private static final byte[] NONE = {};

    @Test
    void aClientReadsTheUnmaskedExamplesOfRfc6455() throws Exception {
        byte[] bytes = RawFrames.pattern(65_536);
        ScriptedWire wire = ScriptedWire.of(
                hex("81 05 48 65 6c 6c 6f 01 03 48 65 6c 80 02 6c 6f 89 05 48 65 6c 6c 6f 82 7e 01 00"),
                Arrays.copyOf(bytes, 256),
                hex("82 7f 00 00 00 00 00 01 00 00"),
                bytes);
        List<String> read = readAll(new FrameReader(wire, Role.CLIENT, NONE, false), 1000);
        assertEquals(
                List.of("TEXT fin 48656c6c6f", "TEXT 48656c", "CONTINUATION fin 6c6f", "PING fin 48656c6c6f"),
                read.subList(0, 4));
        assertEquals(told("BINARY", true, Arrays.copyOf(bytes, 256)), read.get(4));
        assertEquals(told("BINARY", true, bytes), read.get(5));
        assertEquals(6, read.size());
    }

    @Test
    void aServerReadsTheMaskedExamplesOfRfc6455() throws Exception {
        ScriptedWire wire =
                ScriptedWire.of(hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"), hex("8a 85 37 fa 21 3d 7f 9f 4d 51 58"));
        assertEquals(
                List.of("TEXT fin 48656c6c6f", "PONG fin 48656c6c6f"),
                readAll(new FrameReader(wire, Role.SERVER, NONE, false), 3));
    }

    @ParameterizedTest
    @EnumSource
    void everyBoundaryLengthIsReadWithBuffersOfAnySize(Role role) throws Exception {
        for (int length : new int[] {0, 1, 124, 125, 126, 127, 4095, 4096, 65_534, 65_535, 65_536, 65_537}) {
            byte[] stream = join(
                    frame(role, RawFrames.BINARY)
                            .payload(RawFrames.pattern(length))
                            .bytes(),
                    frame(role, RawFrames.PING).payload("after").bytes());
            for (int chunk : new int[] {1, 7, 4095, 4096, 8192, 100_000}) {
                FrameReader frames = new FrameReader(ScriptedWire.of(stream), role, NONE, false);
                assertEquals(expected(stream), readAll(frames, chunk), "length " + length + ", chunk " + chunk);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInputSplitAtAnyByteIsReadTheSame(Role role) throws Exception {
        byte[] stream = conversation(role);
        List<String> expected = expected(stream);
        assertEquals(ReadFrames.FRAMES_IN_CONVERSATION, expected.size());
        for (int cut = 0; cut <= stream.length; cut++) {
            byte[] head = Arrays.copyOf(stream, cut);
            byte[] tail = Arrays.copyOfRange(stream, cut, stream.length);
            String where = "cut at " + cut;
            assertEquals(expected, readAll(new FrameReader(ScriptedWire.of(head, tail), role, NONE, false), 50), where);
            assertEquals(expected, readAll(new FrameReader(ScriptedWire.of(tail), role, head, false), 50), where);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderWithALengthOf64BitsSplitAtAnyByteIsReadTheSame(Role role) throws Exception {
        byte[] stream =
                frame(role, RawFrames.BINARY).payload(RawFrames.pattern(65_536)).bytes();
        List<String> expected = expected(stream);
        for (int cut = 1; cut <= 16; cut++) {
            ScriptedWire wire = ScriptedWire.of(Arrays.copyOf(stream, cut))
                    .thenTimeout()
                    .then(Arrays.copyOfRange(stream, cut, stream.length));
            assertEquals(expected, readAll(new FrameReader(wire, role, NONE, false), 70_000), "cut at " + cut);
        }
    }

    @ParameterizedTest
    @CsvSource({"CLIENT,1", "CLIENT,50", "CLIENT,5000", "SERVER,1", "SERVER,50", "SERVER,5000"})
    void aTimeoutBetweenAnyTwoBytesLosesNothing(Role role, int chunk) throws Exception {
        byte[] stream = conversation(role);
        FrameReader frames = new FrameReader(ScriptedWire.stuttering(stream), role, NONE, false);
        assertEquals(expected(stream), readAll(frames, chunk));
        assertEquals(stream.length, frames.received());
    }

    /** An end in front of a frame is null; anywhere else it is an exception, never a frame that looks whole. */
    @ParameterizedTest
    @EnumSource
    void anEndInsideAFrameIsAnException(Role role) throws Exception {
        byte[] stream = conversation(role);
        List<Integer> boundaries = new ArrayList<>(List.of(0));
        for (RawFrames.Frame frame : RawFrames.parse(stream)) {
            boundaries.add(boundaries.getLast() + frame.wireLength());
        }
        for (int cut = 0; cut <= stream.length; cut++) {
            FrameReader frames = new FrameReader(ScriptedWire.of(Arrays.copyOf(stream, cut)), role, NONE, false);
            if (boundaries.contains(cut)) {
                assertEquals(boundaries.indexOf(cut), readAll(frames, 64).size());
                assertNull(frames.next(), "the end stays the end");
            } else {
                WebSocketAbortedException e =
                        assertThrows(WebSocketAbortedException.class, () -> readAll(frames, 64), "cut at " + cut);
                assertEquals(WebErrorStatus.CONNECTION_ABORTED, e.status());
                assertTrue(e.getMessage().startsWith("expected "), e::getMessage);
            }
        }
    }

    /** Otherwise the next frame's first bytes would be lost in the caller's array. */
    @Test
    void theControlPayloadBelongsToTheCaller() throws Exception {
        byte[] longest = RawFrames.pattern(125);
        ScriptedWire wire = ScriptedWire.of(
                RawFrames.frame(9).payload(longest).bytes(),
                RawFrames.frame(9).payload("two").bytes());
        FrameReader frames = new FrameReader(wire, Role.CLIENT, NONE, false);
        frames.next();
        byte[] one = frames.control();
        frames.next();
        frames.control();
        assertArrayEquals(longest, one);
    }

    @ParameterizedTest
    @EnumSource
    void skippedBytesCountForTheMask(Role role) throws Exception {
        byte[] payload = RawFrames.pattern(1000);
        ScriptedWire wire = new ScriptedWire();
        byte[] stream = frame(role, RawFrames.BINARY).payload(payload).bytes();
        for (int at = 0; at < stream.length; at += 38) {
            wire.then(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + 38)));
        }
        FrameReader frames = new FrameReader(wire, role, NONE, false);
        frames.next();
        byte[] buffer = new byte[13];
        int at = 0;
        for (boolean skip = false; frames.remaining() > 0; skip = !skip) {
            if (skip) {
                int count = frames.skip();
                assertTrue(count > 0);
                at += count;
            } else {
                int count = frames.read(buffer, 0, 13);
                assertArrayEquals(Arrays.copyOfRange(payload, at, at + count), Arrays.copyOf(buffer, count));
                at += count;
            }
            assertEquals(1000 - at, frames.remaining());
        }
        assertEquals(0, frames.skip());
        assertNull(frames.next());
    }

    @Test
    void aReadOfNothingTouchesNothing() throws Exception {
        ScriptedWire wire = ScriptedWire.of(
                RawFrames.frame(2).payload("abc").bytes(), RawFrames.frame(2).bytes());
        FrameReader frames = new FrameReader(wire, Role.CLIENT, NONE, false);
        assertEquals(0, frames.read(new byte[0], 0, 0));
        assertEquals(0, frames.skip());
        assertTrue(wire.asked().isEmpty());
        frames.next();
        assertEquals(0, frames.read(new byte[5], 5, 0));
        assertEquals(3, frames.remaining());
        frames.read(new byte[5], 0, 5);
        frames.next();
        assertEquals(0, frames.remaining());
        assertEquals(0, frames.read(new byte[5], 0, 5));
        assertTrue(frames.fin());
    }

    @Test
    void theNextFrameWaitsForThePayloadOfTheOneBefore() throws Exception {
        FrameReader frames = new FrameReader(
                ScriptedWire.of(RawFrames.frame(2).payload("abc").bytes()), Role.CLIENT, NONE, false);
        frames.next();
        frames.read(new byte[1], 0, 1);
        IllegalStateException e = assertThrows(IllegalStateException.class, frames::next);
        assertTrue(e.getMessage().contains("2 more bytes"), e::getMessage);
        assertEquals(2, frames.skip());
        assertNull(frames.next());
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 32, (1L << 32) + 5, 1L << 40, Long.MAX_VALUE})
    void aFrameOfMoreThanFourGibibytesIsReadInSections(long length) throws Exception {
        byte[] start = RawFrames.frame(2)
                .payload(RawFrames.pattern(9000))
                .maskedWith(0x01020304)
                .claimedLength(length)
                .bytes();
        FrameReader frames = new FrameReader(ScriptedWire.of(start), Role.SERVER, NONE, false);
        assertEquals(Opcode.BINARY, frames.next());
        assertEquals(length, frames.remaining());
        byte[] buffer = new byte[9000];
        int done = 0;
        while (done < 9000) {
            done += frames.read(buffer, done, 9000 - done);
        }
        assertArrayEquals(RawFrames.pattern(9000), buffer);
        assertEquals(length - 9000, frames.remaining());
        assertThrows(WebSocketAbortedException.class, () -> frames.read(buffer, 0, 9000));
    }

    /** A section of 0 stands for dropping it. */
    @ParameterizedTest
    @CsvSource({
        "70000, 0",
        "70000, 100",
        "9223372036854775550, 0",
        "9223372036854775551, 0",
        "9223372036854775552, 0",
        "9223372036854775551, 100",
        "9223372036854775807, 0",
        "9223372036854775807, 100"
    })
    void aPayloadOfWhateverLengthIsReadInSmallSectionsAndDropped(long length, int section) throws Exception {
        byte[] header = RawFrames.frame(2).claimedLength(length).bytes();
        byte[] come = RawFrames.pattern(300);
        FrameReader frames = new FrameReader(ScriptedWire.of(header, come), Role.CLIENT, NONE, false);
        assertEquals(Opcode.BINARY, frames.next());
        for (int done = 0; done < come.length; ) {
            int count = section == 0 ? frames.skip() : frames.read(new byte[section], 0, section);
            assertTrue(count > 0, "expected some bytes behind " + done);
            done += count;
        }
        assertEquals(length - come.length, frames.remaining());
        assertThrows(WebSocketAbortedException.class, frames::skip);
    }

    @Test
    void theRulesAreAskedForEachFrame() throws Exception {
        assertRefused(Role.CLIENT, hex("82 80 00 00 00 00"));
        assertRefused(Role.SERVER, hex("82 00"));
        assertRefused(Role.CLIENT, hex("c2 00"));
        assertRefused(Role.CLIENT, hex("83 00"));
        assertRefused(Role.CLIENT, hex("82 7e 00 01 00"));
        assertRefused(Role.CLIENT, hex("82 7f ff ff ff ff ff ff ff ff"));
        assertRefused(Role.CLIENT, hex("02 00 82 00"));
        assertRefused(Role.CLIENT, hex("82 00 80 00"));
    }

    private static void assertRefused(Role role, byte[] stream) {
        FrameReader frames = new FrameReader(ScriptedWire.of(stream), role, NONE, false);
        WebSocketProtocolException e = assertThrows(WebSocketProtocolException.class, () -> readAll(frames, 10));
        assertEquals(1002, e.closeCode());
    }

    @Test
    void aControlFrameBetweenFragmentsDoesNotDisturbTheMask() throws Exception {
        byte[] stream = join(
                RawFrames.frame(2)
                        .notFin()
                        .payload("abcde")
                        .maskedWith(0x11223344)
                        .bytes(),
                RawFrames.frame(9).payload("xyz").maskedWith(0x55667788).bytes(),
                RawFrames.frame(0).payload("fghij").maskedWith(0x99aabbcc).bytes());
        FrameReader frames = new FrameReader(ScriptedWire.stuttering(stream), Role.SERVER, NONE, false);
        assertEquals(expected(stream), readAll(frames, 2));
        assertFalse(frames.remaining() > 0);
    }
}
