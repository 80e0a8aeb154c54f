package io.github.streamwebsocket.internal.frame;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MaskKeysTest {
    private static final int FRAMES = 10_000;

    /** Of 10,000 random keys two are equal once in 86 runs; ten pairs never. A source that repeats has thousands. */
    @Test
    void theKeysOfTenThousandFramesDoNotRepeat() {
        MaskKeys keys = new MaskKeys(8);
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < FRAMES; i++) {
            seen.add(keys.next());
        }
        assertTrue(seen.size() > FRAMES - 10, () -> "only " + seen.size() + " different keys");
    }

    /** Each bit is set in half of the keys; 45% is ten standard deviations away. */
    @Test
    void everyBitOfTheKeysIsUsed() {
        MaskKeys keys = new MaskKeys(8);
        int[] set = new int[32];
        for (int i = 0; i < FRAMES; i++) {
            int key = keys.next();
            for (int bit = 0; bit < 32; bit++) {
                set[bit] += key >>> bit & 1;
            }
        }
        for (int bit = 0; bit < 32; bit++) {
            double share = (double) set[bit] / FRAMES;
            assertTrue(share > 0.45 && share < 0.55, "bit " + bit + " is set in " + share);
        }
    }

    @Test
    void twoConnectionsHaveKeysOfTheirOwn() {
        MaskKeys one = new MaskKeys(8);
        MaskKeys other = new MaskKeys(8);
        assertNotEquals(
                IntStream.range(0, 100).map(i -> one.next()).boxed().toList(),
                IntStream.range(0, 100).map(i -> other.next()).boxed().toList());
    }
}
