package io.github.streamwebsocket.internal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes do not repeat: not in a block, not from block to block, not when the key changes, not between threads. */
@Timeout(60)
class KeyStreamTest {
    private static final int BLOCK = 128;

    static List<KeyStream> streams() throws Exception {
        Cipher ofBouncyCastle = Cipher.getInstance("AES/CTR/NoPadding", new BouncyCastleProvider());
        return List.of(new KeyStream(), new KeyStream(ofBouncyCastle), new KeyStream(null));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void neverRepeatsAlsoWhereTheKeyChanges(KeyStream stream) {
        Set<ByteBuffer> seen = new HashSet<>();
        int blocks = 3 * (1 << 20) / BLOCK + 7; // the key lasts for a mebibyte
        for (int i = 0; i < blocks; i++) {
            byte[] block = new byte[BLOCK];
            stream.fill(block);
            for (int at = 0; at < BLOCK; at += 16) {
                seen.add(ByteBuffer.wrap(Arrays.copyOfRange(block, at, at + 16)));
            }
        }
        assertEquals(blocks * (BLOCK / 16), seen.size());
    }

    /** As BouncyCastle's does, which may stand before the JDK's: it gives 112 of 120 bytes, and none of the first 4. */
    @ParameterizedTest
    @ValueSource(ints = {4, 120})
    void aCipherThatHoldsAPartOfABlockBackLeavesNoZeros(int length) throws Exception {
        KeyStream stream = new KeyStream(Cipher.getInstance("AES/CTR/NoPadding", new BouncyCastleProvider()));
        for (int draw = 0; draw < 100; draw++) {
            byte[] bytes = new byte[length];
            stream.fill(bytes);
            int end = length - 4;
            assertFalse(bytes[end] == 0 && bytes[end + 1] == 0 && bytes[end + 2] == 0 && bytes[end + 3] == 0);
        }
    }

    @Test
    void aBlockThatIsFilledAgainIsAnother() {
        KeyStream stream = new KeyStream();
        byte[] block = new byte[BLOCK];
        stream.fill(block);
        byte[] before = block.clone();
        stream.fill(block);
        assertFalse(Arrays.equals(before, block));
    }

    @Test
    void twoStreamsAreNotAlike() {
        byte[] one = new byte[BLOCK];
        byte[] other = new byte[BLOCK];
        new KeyStream().fill(one);
        new KeyStream().fill(other);
        assertFalse(Arrays.equals(one, other));
    }

    @Test
    void threadsGetBytesOfTheirOwn() throws Exception {
        KeyStream stream = new KeyStream();
        Set<ByteBuffer> seen = ConcurrentHashMap.newKeySet();
        Thread[] threads = new Thread[8];
        for (int t = 0; t < threads.length; t++) {
            threads[t] = Thread.startVirtualThread(() -> {
                for (int i = 0; i < 1000; i++) {
                    byte[] block = new byte[16];
                    stream.fill(block);
                    seen.add(ByteBuffer.wrap(block));
                }
            });
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(threads.length * 1000, seen.size());
    }

    @Test
    void everyBitIsSetInHalfOfTheBytes() {
        KeyStream stream = new KeyStream();
        byte[] bytes = new byte[1 << 16];
        stream.fill(bytes);
        int[] set = new int[8];
        for (byte each : bytes) {
            for (int bit = 0; bit < 8; bit++) {
                set[bit] += each >> bit & 1;
            }
        }
        for (int count : set) {
            assertTrue(Math.abs(count - bytes.length / 2) < 1500, () -> "set " + Arrays.toString(set)); // 11 deviations
        }
    }
}
