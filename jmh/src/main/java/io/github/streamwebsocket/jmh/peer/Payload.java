package io.github.streamwebsocket.jmh.peer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What is in the messages of the peer: a block of pseudo-random bytes, always the same, over and over, from the block's
 * start in each message. A checker can tell which byte stands where; and as the block's length is a prime, no loss or
 * repetition of a round number of bytes goes unseen.
 */
public final class Payload {
    static final int PERIOD = 65_521;

    private static final byte[] BLOCK = new byte[PERIOD];

    static {
        new Random(6455).nextBytes(BLOCK);
    }

    private Payload() {}

    /** Returns the payload of a message of this size. */
    public static byte[] of(int size) {
        byte[] payload = new byte[size];
        for (int at = 0; at < size; at += PERIOD) {
            System.arraycopy(BLOCK, 0, payload, at, Math.min(PERIOD, size - at));
        }
        return payload;
    }

    /**
     * Returns what checks the sections of messages that come one after the other, or of fragments of one message, each
     * of this size, and throws {@link IllegalStateException} at the first wrong byte.
     */
    public static Consumer<ByteBuffer> checker(int size) {
        long[] position = {0};
        return section -> {
            while (section.hasRemaining()) {
                int from = (int) (position[0] % size % PERIOD);
                int most = (int) Math.min(PERIOD - from, size - position[0] % size);
                byte[] part = new byte[Math.min(most, section.remaining())];
                section.get(part);
                int wrong = Arrays.mismatch(BLOCK, from, from + part.length, part, 0, part.length);
                if (wrong >= 0) {
                    throw new IllegalStateException("wrong byte at " + (position[0] + wrong) + " of the payload");
                }
                position[0] += part.length;
            }
        };
    }

    /** Puts the first bytes of a message, as many as asked for. */
    static void put(ByteBuffer target, int size) {
        for (int left = size; left > 0; left -= PERIOD) {
            target.put(BLOCK, 0, Math.min(PERIOD, left));
        }
    }
}
