package io.github.streamwebsocket.internal.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.FrameEncoder;
import io.github.streamwebsocket.internal.frame.Mask;
import io.github.streamwebsocket.testing.RawFrames;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameBufferTest {
    private static byte[] content(FrameBuffer buffer) {
        return Arrays.copyOfRange(buffer.reserve(), FrameBuffer.HEAD, FrameBuffer.HEAD + buffer.length());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 100, 1000, 1024, 5000, 65_536})
    void keepsWhatIsPutInPiecesOfAnySize(int piece) {
        byte[] source = RawFrames.pattern(65_536);
        FrameBuffer buffer = new FrameBuffer(65_536);
        for (int at = 0; at < source.length; ) {
            int taken = buffer.put(source, at, Math.min(piece, source.length - at));
            assertTrue(taken > 0);
            at += taken;
            assertEquals(at, buffer.length());
            assertEquals(65_536 - at, buffer.room());
        }
        assertArrayEquals(source, content(buffer));
        assertEquals(0, buffer.put(source, 0, 10));
    }

    @Test
    void takesOnlyWhatThereIsRoomFor() {
        FrameBuffer buffer = new FrameBuffer(128);
        assertEquals(100, buffer.put(RawFrames.pattern(128), 0, 100));
        assertEquals(28, buffer.put(RawFrames.pattern(128), 100, 1000));
        assertArrayEquals(RawFrames.pattern(128), content(buffer));
    }

    @Test
    void takesSingleBytesUpToItsCapacity() {
        FrameBuffer buffer = new FrameBuffer(3000);
        byte[] source = RawFrames.pattern(3000);
        for (byte b : source) {
            buffer.put(b);
        }
        assertEquals(0, buffer.room());
        assertArrayEquals(source, content(buffer));
    }

    @Test
    void movesThePositionOfAByteBufferAndKeepsItsLimit() {
        FrameBuffer buffer = new FrameBuffer(128);
        ByteBuffer source = ByteBuffer.wrap(RawFrames.pattern(200)).position(10).limit(190);
        buffer.put(source);
        assertEquals(138, source.position());
        assertEquals(190, source.limit());
        assertArrayEquals(Arrays.copyOfRange(RawFrames.pattern(200), 10, 138), content(buffer));
    }

    @Test
    void readsFromAStreamBehindWhatIsThere() throws Exception {
        FrameBuffer buffer = new FrameBuffer(128);
        buffer.put((byte) 7);
        ByteArrayInputStream source = new ByteArrayInputStream(RawFrames.pattern(200));
        assertEquals(127, buffer.readFrom(source));
        assertEquals(128, buffer.length());
        buffer.clear();
        assertEquals(73, buffer.readFrom(source));
        assertArrayEquals(Arrays.copyOfRange(RawFrames.pattern(200), 127, 200), content(buffer));
        assertEquals(-1, buffer.readFrom(source));
        assertEquals(73, buffer.length());
    }

    @Test
    void removesTheFirstBytes() {
        FrameBuffer buffer = new FrameBuffer(128);
        buffer.put(RawFrames.pattern(128), 0, 128);
        buffer.removeFirst(100);
        assertArrayEquals(Arrays.copyOfRange(RawFrames.pattern(128), 100, 128), content(buffer));
        buffer.put(RawFrames.pattern(128), 0, 100);
        assertArrayEquals(
                RawFrames.join(
                        Arrays.copyOfRange(RawFrames.pattern(128), 100, 128),
                        Arrays.copyOf(RawFrames.pattern(128), 100)),
                content(buffer));
    }

    @Test
    void anEmptyBufferHasRoomForAHeader() {
        assertTrue(new FrameBuffer(128).reserve().length >= FrameBuffer.HEAD);
    }

    @Test
    void aSmallMessageTakesASmallArray() {
        FrameBuffer buffer = new FrameBuffer(65_536);
        buffer.put(new byte[10], 0, 10);
        assertTrue(buffer.reserve().length < 2048, () -> "was " + buffer.reserve().length);
    }

    @Test
    void singleBytesMakeItGrowInFewSteps() {
        FrameBuffer buffer = new FrameBuffer(65_536);
        Set<Integer> sizes = new HashSet<>();
        for (int i = 0; i < 65_536; i++) {
            buffer.put((byte) i);
            sizes.add(buffer.reserve().length);
        }
        assertTrue(sizes.size() <= 8, sizes::toString);
    }

    @Test
    void theArrayIsNeverLargerThanTheCapacityAndAHeader() {
        for (int capacity : new int[] {128, 1000, 1500, 65_536}) {
            FrameBuffer buffer = new FrameBuffer(capacity);
            for (int i = 0; i < capacity; i++) {
                buffer.put((byte) i);
                assertTrue(buffer.reserve().length <= FrameBuffer.HEAD + capacity);
            }
            assertEquals(FrameBuffer.HEAD + capacity, buffer.wholeArray().length);
        }
    }

    @Test
    void theArrayIsHadAgainAfterARelease() {
        FrameBuffer buffer = new FrameBuffer(65_536);
        buffer.put(new byte[50_000], 0, 50_000);
        byte[] array = buffer.reserve();
        for (int i = 0; i < 3; i++) {
            buffer.release();
            buffer.release();
            assertEquals(0, buffer.length());
            assertEquals(65_536, buffer.room());
            buffer.put((byte) i);
            assertSame(array, buffer.reserve());
        }
    }

    @Test
    void afterAReleaseALargerMessageGetsALargerArrayThatIsThenKept() {
        FrameBuffer buffer = new FrameBuffer(65_536);
        buffer.put(new byte[10], 0, 10);
        buffer.release();
        byte[] large = RawFrames.pattern(60_000);
        buffer.put(large, 0, large.length);
        assertArrayEquals(large, content(buffer));
        byte[] array = buffer.reserve();
        buffer.release();
        buffer.put((byte) 1);
        assertSame(array, buffer.reserve());
    }

    @Test
    void whatWasReleasedDoesNotComeBack() {
        FrameBuffer buffer = new FrameBuffer(128);
        buffer.put(RawFrames.pattern(100), 0, 100);
        buffer.release();
        buffer.put((byte) 42);
        assertArrayEquals(new byte[] {42}, content(buffer));
        assertFalse(buffer.room() == 0);
    }

    /** Whatever comes in between, what is in front of the mark is masked with the key, and the rest is clear. */
    @Test
    void whatIsMaskedOnItsWayInAndWhatIsNotAreToldApart() {
        for (long seed = 0; seed < 2000; seed++) {
            Random random = new Random(seed);
            FrameBuffer buffer = new FrameBuffer(500, FrameEncoder.ofData(Role.CLIENT));
            byte[] expected = {};
            for (int step = 0; step < 12; step++) {
                byte[] more = new byte[random.nextInt(120)];
                random.nextBytes(more);
                more = Arrays.copyOf(more, Math.min(more.length, buffer.room()));
                int before = buffer.length();
                switch (random.nextInt(before == 0 ? 4 : 5)) {
                    case 0 -> buffer.put(more, 0, more.length);
                    case 1 -> buffer.put(ByteBuffer.wrap(more));
                    case 2 ->
                        buffer.put(
                                ByteBuffer.allocateDirect(more.length).put(more).flip());
                    case 3 -> {
                        for (byte each : more) {
                            buffer.put(each);
                        }
                    }
                    default -> {
                        int count = random.nextInt(before) + 1;
                        more = new byte[0];
                        expected = Arrays.copyOfRange(expected, count, expected.length);
                        buffer.removeFirst(count);
                    }
                }
                expected = RawFrames.join(expected, more);
                byte[] content = content(buffer);
                Mask.apply(content, 0, buffer.masked(), buffer.key(), 0);
                assertArrayEquals(expected, content, "seed " + seed);
            }
        }
    }
}
