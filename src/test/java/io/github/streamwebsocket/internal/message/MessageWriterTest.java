package io.github.streamwebsocket.internal.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ShortReads;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MessageWriterTest {
    private static final int DEFAULT = 65_536;
    private static final int TLS_RECORD = 16_384;

    static Stream<Arguments> roleAndFrameSize() {
        return Stream.of(Role.values())
                .flatMap(role -> Stream.of(128, 1000, DEFAULT).map(size -> Arguments.of(role, size)));
    }

    /** A writer whose frames are kept as they leave. */
    private static final class Sent {
        private final Role role;
        private final int frameSize;
        private final List<byte[]> writes = new ArrayList<>();
        private final MessageWriter writer;

        Sent(Role role, int frameSize) {
            this.role = role;
            this.frameSize = frameSize;
            FrameSink sink = (bytes, offset, length) -> writes.add(Arrays.copyOfRange(bytes, offset, offset + length));
            writer = new MessageWriter(role, sink, frameSize, null, Deflater::new);
        }

        /** What has left, each write holding whole frames, as the independent reader reads it. */
        List<RawFrames.Frame> frames() {
            List<RawFrames.Frame> frames = new ArrayList<>();
            for (byte[] write : writes) {
                frames.addAll(RawFrames.parse(write));
            }
            for (RawFrames.Frame frame : frames) {
                assertEquals(role == Role.CLIENT, frame.masked());
                assertEquals(0, frame.rsv());
                assertTrue(frame.payload().length <= frameSize, frame::toString);
            }
            return frames;
        }

        List<byte[]> messages() {
            return RawFrames.messages(frames());
        }

        void assertOneMessage(byte[] expected) {
            List<byte[]> messages = messages();
            assertEquals(1, messages.size());
            assertArrayEquals(expected, messages.get(0));
        }

        /** Every frame but the last is as long as the frame size with its header, and the last is not empty. */
        void assertFullFragments() {
            List<RawFrames.Frame> frames = frames();
            for (RawFrames.Frame frame : frames.subList(0, frames.size() - 1)) {
                assertTrue(frame.wireLength() <= frameSize, frame::toString);
                assertTrue(frame.wireLength() >= frameSize - 2, frame::toString); // not every length has a frame
                assertFalse(frame.fin());
            }
            assertTrue(frames.getLast().fin());
            assertTrue(frames.size() == 1 || frames.getLast().payload().length > 0, "an empty final frame");
            if (frameSize == DEFAULT) {
                assertTrue(frames.subList(0, frames.size() - 1).stream()
                        .allMatch(frame -> frame.wireLength() % TLS_RECORD == 0));
            }
        }
    }

    /** The ways in which the payload of a message can be written. */
    enum Way {
        ARRAY,
        ARRAY_IN_PIECES,
        SINGLE_BYTES,
        HEAP_BUFFER,
        DIRECT_BUFFER,
        READ_ONLY_BUFFER,
        STREAM,
        STREAM_OF_SHORT_READS;

        void write(MessageWriter writer, byte[] payload) throws IOException {
            switch (this) {
                case ARRAY -> writer.write(RawFrames.join(new byte[3], payload, new byte[2]), 3, payload.length);
                case ARRAY_IN_PIECES -> {
                    for (int at = 0, step = 1; at < payload.length; at += step, step = step % 700 + 1) {
                        writer.write(payload, at, Math.min(step, payload.length - at));
                    }
                }
                case SINGLE_BYTES -> {
                    for (byte b : payload) {
                        writer.write(b);
                    }
                }
                case HEAP_BUFFER -> consume(writer, ByteBuffer.wrap(payload));
                case DIRECT_BUFFER ->
                    consume(
                            writer,
                            ByteBuffer.allocateDirect(payload.length)
                                    .put(payload)
                                    .flip());
                case READ_ONLY_BUFFER ->
                    consume(writer, ByteBuffer.wrap(payload).asReadOnlyBuffer());
                case STREAM -> writer.writeAll(new ByteArrayInputStream(payload));
                case STREAM_OF_SHORT_READS -> writer.writeAll(new ShortReads(payload, null));
            }
        }

        private static void consume(MessageWriter writer, ByteBuffer source) throws IOException {
            int limit = source.limit();
            writer.write(source);
            assertEquals(limit, source.position(), "the source is consumed");
            assertEquals(limit, source.limit());
        }
    }

    private static List<Integer> lengthsAround(int frameSize) {
        return List.of(
                0,
                1,
                124,
                125,
                126,
                127,
                frameSize - 1,
                frameSize,
                frameSize + 1,
                frameSize + 14,
                2 * frameSize - 20,
                2 * frameSize - 8,
                2 * frameSize,
                2 * frameSize + 1,
                3 * frameSize + 77);
    }

    @ParameterizedTest
    @MethodSource("roleAndFrameSize")
    void aMessageOfAnyLengthArrivesInWhateverWayItIsWritten(Role role, int frameSize) throws Exception {
        for (Way way : Way.values()) {
            for (int length : lengthsAround(frameSize)) {
                Sent sent = new Sent(role, frameSize);
                byte[] payload = RawFrames.pattern(length);
                sent.writer.begin(Opcode.BINARY);
                way.write(sent.writer, payload);
                sent.writer.complete();
                assertArrayEquals(RawFrames.pattern(length), payload, "the user's array was changed");
                sent.assertOneMessage(payload);
                sent.assertFullFragments();
                assertEquals(
                        length <= frameSize,
                        sent.frames().size() == 1,
                        () -> way + " of " + length + " bytes: " + sent.frames());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("roleAndFrameSize")
    void aMessageHasItsTypeInTheFirstFrameOnly(Role role, int frameSize) throws Exception {
        Sent sent = new Sent(role, frameSize);
        sent.writer.begin(Opcode.TEXT);
        sent.writer.write(new byte[3 * frameSize], 0, 3 * frameSize);
        sent.writer.complete();
        sent.writer.begin(Opcode.TEXT);
        sent.writer.complete();
        List<Integer> opcodes =
                sent.frames().stream().map(RawFrames.Frame::opcode).toList();
        assertEquals(List.of(1, 0, 0, 0, 1), opcodes);
    }

    /** For frame sizes around the lengths at which a header grows, where not every length has a frame. */
    @Test
    void aFragmentWithItsHeaderIsNeverLongerThanTheFrameSize() throws Exception {
        for (Role role : Role.values()) {
            List<Integer> sizes = new ArrayList<>();
            for (int size = 128; size < 160; size++) {
                sizes.add(size);
            }
            for (int size = 65_520; size < 65_560; size++) {
                sizes.add(size);
            }
            for (int size : sizes) {
                Sent sent = new Sent(role, size);
                byte[] payload = RawFrames.pattern(3 * size);
                sent.writer.begin(Opcode.BINARY);
                sent.writer.write(payload, 0, payload.length);
                sent.writer.complete();
                sent.assertOneMessage(payload);
                for (RawFrames.Frame frame : sent.frames().subList(0, 2)) {
                    assertTrue(frame.wireLength() <= size, () -> role + ", frame size " + size + ": " + frame);
                    assertTrue(frame.wireLength() > size - 9, () -> role + ", frame size " + size + ": " + frame);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("roleAndFrameSize")
    void nothingLeavesBeforeThereIsMoreThanOneBuffer(Role role, int frameSize) throws Exception {
        Sent sent = new Sent(role, frameSize);
        sent.writer.begin(Opcode.BINARY);
        sent.writer.write(new byte[frameSize], 0, frameSize);
        assertEquals(frameSize, sent.writer.buffered());
        assertFalse(sent.writer.committed());
        assertTrue(sent.writes.isEmpty());
        sent.writer.write((byte) 1);
        assertTrue(sent.writer.committed());
        assertEquals(1, sent.writes.size());
    }

    /** A file that breaks after exactly one buffer must not cost the connection. */
    @ParameterizedTest
    @MethodSource("roleAndFrameSize")
    void nothingOfAStreamLeavesBeforeThereIsMoreThanOneBuffer(Role role, int frameSize) throws Exception {
        Sent sent = new Sent(role, frameSize);
        IOException broken = new IOException("broken");
        InputStream source = new ShortReads(new byte[frameSize], broken);
        sent.writer.begin(Opcode.BINARY);
        assertSame(broken, assertThrows(IOException.class, () -> sent.writer.writeAll(source)));
        assertFalse(sent.writer.committed());
        assertTrue(sent.writes.isEmpty());
        sent.writer.release();
        sent.writer.begin(Opcode.BINARY);
        sent.writer.complete();
        sent.assertOneMessage(new byte[0]);
    }

    /** A file is asked for one byte alone once, and not at each frame. */
    @Test
    void aStreamIsAskedForOneByteOnlyWhereItCouldEnd() throws Exception {
        Sent sent = new Sent(Role.CLIENT, 128);
        ShortReads source = new ShortReads(RawFrames.pattern(5000), null);
        sent.writer.begin(Opcode.BINARY);
        sent.writer.writeAll(source);
        sent.writer.complete();
        sent.assertOneMessage(RawFrames.pattern(5000));
        assertEquals(1, source.singleReads());
    }

    @Test
    void aFlushSendsAFragmentAndOneOfNothingSendsNothing() throws Exception {
        Sent sent = new Sent(Role.CLIENT, DEFAULT);
        sent.writer.begin(Opcode.BINARY);
        sent.writer.flush();
        assertFalse(sent.writer.committed());
        assertTrue(sent.writes.isEmpty());
        sent.writer.write(RawFrames.pattern(10), 0, 4);
        sent.writer.flush();
        sent.writer.flush();
        assertTrue(sent.writer.committed());
        assertEquals(0, sent.writer.buffered());
        sent.writer.write(RawFrames.pattern(10), 4, 6);
        sent.writer.complete();
        sent.assertOneMessage(RawFrames.pattern(10));
        List<RawFrames.Frame> frames = sent.frames();
        assertEquals(2, frames.size());
        assertFalse(frames.get(0).fin());
    }

    @Test
    void aMessageThatIsFlushedAndThenCompleteEndsWithAnEmptyFrame() throws Exception {
        Sent sent = new Sent(Role.SERVER, 128);
        sent.writer.begin(Opcode.BINARY);
        sent.writer.write(RawFrames.pattern(128), 0, 128);
        sent.writer.flush();
        sent.writer.complete();
        sent.assertOneMessage(RawFrames.pattern(128));
        List<RawFrames.Frame> frames = sent.frames();
        assertEquals(2, frames.size());
        assertEquals(RawFrames.CONTINUATION, frames.get(1).opcode());
        assertEquals(0, frames.get(1).payload().length);
    }

    @Test
    void theNextMessageStartsAnewAfterOneThatWasGivenUp() throws Exception {
        Sent sent = new Sent(Role.CLIENT, 128);
        sent.writer.begin(Opcode.BINARY);
        sent.writer.write(new byte[50], 0, 50);
        sent.writer.release();
        assertEquals(0, sent.writer.buffered());
        sent.writer.begin(Opcode.BINARY);
        assertFalse(sent.writer.committed());
        sent.writer.write((byte) 9);
        sent.writer.complete();
        sent.assertOneMessage(new byte[] {9});
    }

    @Test
    void messagesThatFollowEachOtherDoNotMix() throws Exception {
        for (Role role : Role.values()) {
            Sent sent = new Sent(role, 128);
            for (int length = 0; length < 400; length += 7) {
                sent.writer.begin(Opcode.BINARY);
                sent.writer.write(RawFrames.pattern(length), 0, length);
                sent.writer.complete();
            }
            List<byte[]> messages = sent.messages();
            for (int i = 0; i * 7 < 400; i++) {
                assertArrayEquals(RawFrames.pattern(i * 7), messages.get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("roleAndFrameSize")
    void aTunnelSendsCompleteMessages(Role role, int frameSize) throws Exception {
        for (Way way : Way.values()) {
            Sent sent = new Sent(role, frameSize);
            byte[] payload = RawFrames.pattern(3 * frameSize + 77);
            sent.writer.beginTunnel();
            sent.writer.flush();
            assertTrue(sent.writes.isEmpty());
            way.write(sent.writer, payload);
            sent.writer.flush();
            sent.writer.release();
            sent.writer.flush();
            List<RawFrames.Frame> frames = sent.frames();
            for (RawFrames.Frame frame : frames) {
                assertTrue(frame.fin());
                assertEquals(RawFrames.BINARY, frame.opcode());
                assertTrue(frame.payload().length > 0);
            }
            assertArrayEquals(payload, RawFrames.join(sent.messages().toArray(new byte[0][])));
            if (frameSize == DEFAULT) {
                assertTrue(frames.subList(0, 3).stream().allMatch(frame -> frame.wireLength() == DEFAULT));
            }
        }
    }

    @Test
    void anExceptionOfTheSinkComesOutAndTheWriterCanBeReleased() throws Exception {
        IOException broken = new IOException("broken");
        MessageWriter writer = new MessageWriter(
                Role.CLIENT,
                (bytes, offset, length) -> {
                    throw broken;
                },
                128,
                null,
                Deflater::new);
        writer.begin(Opcode.BINARY);
        assertSame(broken, assertThrows(IOException.class, () -> writer.write(new byte[200], 0, 200)));
        assertTrue(writer.committed(), "part of the frame may have left");
        writer.release();
        assertEquals(0, writer.buffered());
    }

    /** One frame in each write, made in the array where the payload was put: no copy in between. */
    @Test
    void oneArrayServesAllFramesOfABusySender() throws Exception {
        List<byte[]> arrays = new ArrayList<>();
        MessageWriter writer = new MessageWriter(
                Role.CLIENT, (bytes, offset, length) -> arrays.add(bytes), DEFAULT, null, Deflater::new);
        for (int i = 0; i < 5; i++) {
            writer.begin(Opcode.BINARY);
            writer.write(new byte[2 * DEFAULT], 0, 2 * DEFAULT);
            writer.complete();
        }
        assertEquals(15, arrays.size());
        for (byte[] array : arrays) {
            assertSame(arrays.get(0), array);
        }
    }
}
