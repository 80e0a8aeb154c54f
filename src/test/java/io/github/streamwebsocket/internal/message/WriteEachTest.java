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
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many messages in one call of {@link MessageWriter#writeEach}. */
class WriteEachTest {
    private static final int FRAME_SIZE = 128;

    private final List<byte[]> writes = new ArrayList<>();

    private MessageWriter writer(Role role, int frameSize) {
        return new MessageWriter(
                role,
                (bytes, offset, length) -> writes.add(Arrays.copyOfRange(bytes, offset, offset + length)),
                frameSize,
                null,
                Deflater::new);
    }

    private List<RawFrames.Frame> frames() {
        return RawFrames.parse(RawFrames.join(writes.toArray(new byte[0][])));
    }

    private static List<ByteBuffer> sources(int... lengths) {
        List<ByteBuffer> sources = new ArrayList<>();
        for (int length : lengths) {
            byte[] bytes = RawFrames.pattern(length + 6);
            ByteBuffer source = switch (sources.size() % 3) {
                case 0 -> ByteBuffer.wrap(bytes);
                case 1 -> ByteBuffer.wrap(bytes).asReadOnlyBuffer();
                default -> ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
            };
            sources.add(source.position(4).limit(4 + length));
        }
        return sources;
    }

    /** Sends messages of these lengths and asserts that they arrive, each as it is. */
    private void assertArrive(Role role, int frameSize, int... lengths) throws IOException {
        writes.clear();
        List<ByteBuffer> sources = sources(lengths);
        writer(role, frameSize).writeEach(Opcode.BINARY, sources);
        for (ByteBuffer source : sources) {
            assertFalse(source.hasRemaining(), "the source is consumed");
        }
        String which = role + " " + Arrays.toString(lengths);
        List<byte[]> messages = RawFrames.messages(frames());
        assertEquals(lengths.length, messages.size(), which);
        for (int i = 0; i < lengths.length; i++) {
            byte[] expected = Arrays.copyOfRange(RawFrames.pattern(lengths[i] + 6), 4, 4 + lengths[i]);
            assertArrayEquals(expected, messages.get(i), which);
        }
        for (byte[] write : writes) {
            assertTrue(write.length > 0, "a write of nothing");
        }
    }

    @ParameterizedTest
    @EnumSource
    void messagesOfAllPairsOfLengthsArrive(Role role) throws Exception {
        int[] lengths = {
            0, 1, 60, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129, 130, 300
        };
        for (int first : lengths) {
            assertArrive(role, FRAME_SIZE, first);
            for (int second : lengths) {
                assertArrive(role, FRAME_SIZE, first, second);
                assertArrive(role, FRAME_SIZE, first, second, 0, 5);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void messagesAroundTheDefaultFrameSizeArrive(Role role) throws Exception {
        for (int length = 65_516; length <= 65_537; length++) {
            assertArrive(role, 65_536, 0, length, 3);
        }
        assertArrive(role, 65_536, 1, 200_000, 0, 0, 65_536, 2);
    }

    @Test
    void noMessagesAreNoWrite() throws Exception {
        assertArrive(Role.CLIENT, FRAME_SIZE);
        assertTrue(writes.isEmpty());
    }

    @Test
    void aThousandSmallMessagesTakeFewWritesOfNoMoreThanAFrame() throws Exception {
        int[] lengths = new int[1000];
        Arrays.fill(lengths, 1024);
        assertArrive(Role.CLIENT, 65_536, lengths);
        assertEquals(16, writes.size(), "63 frames of 1032 bytes fit a write");
        for (byte[] write : writes) {
            assertTrue(write.length <= 65_536, "more than four TLS records");
        }
    }

    @Test
    void aMessageThatFitsAFrameIsOneFrame() throws Exception {
        assertArrive(Role.CLIENT, FRAME_SIZE, 5, FRAME_SIZE, 5, FRAME_SIZE + 1);
        assertEquals(
                List.of(true, true, true, false, true),
                frames().stream().map(RawFrames.Frame::fin).toList());
    }

    @Test
    void theOrderIsKeptAroundAMessageThatGoesAlone() throws Exception {
        assertArrive(Role.SERVER, FRAME_SIZE, 1, 2, 500, 3, 4);
        assertEquals(
                List.of(1, 2),
                RawFrames.parse(writes.get(0)).stream()
                        .map(frame -> frame.payload().length)
                        .toList());
        assertEquals(
                List.of(3, 4),
                RawFrames.parse(writes.getLast()).stream()
                        .map(frame -> frame.payload().length)
                        .toList());
    }

    @Test
    void eachFrameHasAKeyOfItsOwn() throws Exception {
        assertArrive(Role.CLIENT, 65_536, 10, 10, 10, 10);
        assertEquals(
                4, frames().stream().map(RawFrames.Frame::maskKey).distinct().count());
    }

    @Test
    void theUsersArraysAreNotChanged() throws Exception {
        byte[] bytes = RawFrames.pattern(300);
        writer(Role.CLIENT, FRAME_SIZE)
                .writeEach(Opcode.BINARY, List.of(ByteBuffer.wrap(bytes, 0, 50), ByteBuffer.wrap(bytes, 50, 250)));
        assertArrayEquals(RawFrames.pattern(300), bytes);
    }

    @Test
    void theWriterIsUsableAfterwards() throws Exception {
        MessageWriter writer = writer(Role.CLIENT, FRAME_SIZE);
        writer.writeEach(Opcode.BINARY, sources(10, 300, 10));
        writer.begin(Opcode.TEXT);
        writer.write((byte) 'x');
        writer.complete();
        writer.writeEach(Opcode.BINARY, sources(7));
        List<RawFrames.Frame> frames = frames();
        assertEquals(7, frames.getLast().payload().length);
        RawFrames.Frame text = frames.get(frames.size() - 2);
        assertEquals(RawFrames.TEXT, text.opcode());
        assertEquals("x", text.text());
    }

    @Test
    void anExceptionHalfwayLeavesAWriterThatCanBeReleased() {
        IOException broken = new IOException("broken");
        List<byte[]> left = new ArrayList<>();
        MessageWriter writer = new MessageWriter(
                Role.CLIENT,
                (bytes, offset, length) -> {
                    if (left.size() == 1) {
                        throw broken;
                    }
                    left.add(Arrays.copyOfRange(bytes, offset, offset + length));
                },
                FRAME_SIZE,
                null,
                Deflater::new);
        assertSame(
                broken, assertThrows(IOException.class, () -> writer.writeEach(Opcode.BINARY, sources(100, 100, 100))));
        assertEquals(1, RawFrames.parse(left.get(0)).size());
        writer.release();
        assertEquals(0, writer.buffered());
    }

    /** The length and the header's together are beyond the range of an int. */
    @Test
    void aSourceOfTheGreatestLengthThereIsGoesAlone(@TempDir Path folder) throws Exception {
        IOException enough = new IOException("enough");
        MessageWriter writer = new MessageWriter(
                Role.SERVER,
                (bytes, offset, length) -> {
                    writes.add(Arrays.copyOfRange(bytes, offset, offset + length));
                    if (writes.size() == 3) {
                        throw enough;
                    }
                },
                FRAME_SIZE,
                null,
                Deflater::new);
        try (RandomAccessFile file =
                new RandomAccessFile(folder.resolve("sparse").toFile(), "rw")) {
            file.setLength(Integer.MAX_VALUE);
            ByteBuffer huge = file.getChannel().map(MapMode.READ_ONLY, 0, Integer.MAX_VALUE);
            List<ByteBuffer> sources = List.of(ByteBuffer.wrap(new byte[5]), huge);
            assertSame(enough, assertThrows(IOException.class, () -> writer.writeEach(Opcode.BINARY, sources)));
        }
        List<RawFrames.Frame> frames = frames();
        assertEquals(5, frames.get(0).payload().length);
        assertTrue(frames.get(0).fin());
        assertFalse(frames.get(1).fin());
        assertEquals(RawFrames.CONTINUATION, frames.get(2).opcode());
    }
}
