package io.github.streamwebsocket.internal.frame;

import java.security.SecureRandom;

/**
 * Fresh mask keys from a strong source, unpredictable from the last (RFC 6455 5.3, 10.3). Drawn in blocks, as one draw
 * costs as much as masking a frame. For one thread at a time.
 */
final class MaskKeys {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEYS_IN_BLOCK = 32;

    private final byte[] block = new byte[4 * KEYS_IN_BLOCK];
    private int next = block.length;

    int next() {
        if (next == block.length) {
            RANDOM.nextBytes(block);
            next = 0;
        }
        int key = (block[next] & 0xFF) << 24
                | (block[next + 1] & 0xFF) << 16
                | (block[next + 2] & 0xFF) << 8
                | (block[next + 3] & 0xFF);
        next += 4;
        return key;
    }
}
