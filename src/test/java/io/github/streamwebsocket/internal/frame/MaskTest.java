package io.github.streamwebsocket.internal.frame;

import static io.github.streamwebsocket.testing.RawFrames.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.testing.RawFrames;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
    @Test
    void masksTheExampleOfRfc6455() {
        byte[] hello = hex("48 65 6c 6c 6f");
        Mask.apply(hello, 0, 5, 0x37fa213d, 0);
        assertArrayEquals(hex("7f 9f 4d 51 58"), hello);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x37fa213d, 0x01020304, 0x000000ff, 0xff000000, -1, Integer.MIN_VALUE})
    void agreesWithTheByteWiseMaskAtEveryOffsetLengthAndPhase(int key) {
        byte[] original = RawFrames.pattern(160);
        for (int offset = 0; offset <= 40; offset++) {
            for (int length = 0; length <= 100; length++) {
                byte[] section = Arrays.copyOfRange(original, offset, offset + length);
                for (int phase = 0; phase <= 7; phase++) {
                    byte[] bytes = original.clone();
                    Mask.apply(bytes, offset, length, key, phase);
                    byte[] expected = original.clone();
                    System.arraycopy(RawFrames.mask(section, key, phase), 0, expected, offset, length);
                    if (!Arrays.equals(expected, bytes)) {
                        assertArrayEquals(
                                expected, bytes, "offset " + offset + ", length " + length + ", phase " + phase);
                    }
                }
            }
        }
    }

    @Test
    void whatIsMaskedOnItsWayIsTheSame() {
        byte[] original = RawFrames.pattern(160);
        for (int key : new int[] {0, 0x37fa213d, -1}) {
            for (int offset = 0; offset <= 40; offset++) {
                for (int length = 0; length <= 100; length++) {
                    assertMaskedOnItsWay(original, offset, length, 7, key);
                    assertMaskedOnItsWay(original, offset, length, offset + Mask.DISTANCE, key);
                }
            }
        }
        assertArrayEquals(RawFrames.pattern(160), original);
    }

    private static void assertMaskedOnItsWay(byte[] original, int offset, int length, int targetOffset, int key) {
        byte[] target = new byte[210];
        Mask.copy(original, offset, target, targetOffset, length, key, offset);
        byte[] expected = new byte[210];
        byte[] section = Arrays.copyOfRange(original, offset, offset + length);
        System.arraycopy(RawFrames.mask(section, key, offset), 0, expected, targetOffset, length);
        if (!Arrays.equals(expected, target)) {
            assertArrayEquals(
                    expected, target, "from " + offset + " to " + targetOffset + ", length " + length + ", key " + key);
        }
    }

    @Test
    void thePhaseMayBeBeyondTheRangeOfAnInt() {
        for (long phase = (1L << 33) - 4; phase < (1L << 33) + 4; phase++) {
            byte[] bytes = RawFrames.pattern(50);
            Mask.apply(bytes, 0, 50, 0x01020304, phase);
            assertArrayEquals(RawFrames.mask(RawFrames.pattern(50), 0x01020304, (int) (phase % 4)), bytes);
        }
    }

    @Test
    void whatIsMaskedInPiecesIsTheSameAsInOne() {
        byte[] whole = RawFrames.pattern(1000);
        Mask.apply(whole, 0, 1000, 0xdeadbeef, 0);
        byte[] pieces = RawFrames.pattern(1000);
        int step = 1;
        for (int at = 0; at < 1000; ) {
            int length = Math.min(step, 1000 - at);
            Mask.apply(pieces, at, length, 0xdeadbeef, at);
            at += length;
            step++;
        }
        assertArrayEquals(whole, pieces);
    }

    @Test
    void maskingTwiceGivesTheOriginal() {
        byte[] bytes = RawFrames.pattern(777);
        Mask.apply(bytes, 3, 770, 0x12345678, 1);
        Mask.apply(bytes, 3, 770, 0x12345678, 1);
        assertArrayEquals(RawFrames.pattern(777), bytes);
        assertEquals(777, bytes.length);
    }
}
