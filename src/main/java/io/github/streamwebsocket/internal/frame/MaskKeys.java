package io.github.streamwebsocket.internal.frame;

/**
 * Fresh mask keys from a strong source, unpredictable from the last (RFC 6455 5.3, 10.3). Drawn in blocks, as one draw
 * costs as much as masking a small frame. For one thread at a time.
 */
final class MaskKeys {
    private static final KeyStream RANDOM = new KeyStream();
    private static final byte[] NONE = {};

    private final int blocks;
    /** Made with the first key, as many connections wait for long before they send. */
    private byte[] block = NONE;

    private int next;

    /**
     * Makes a source of keys.
     *
     * @param blocks of four keys how many are drawn at once
     */
    MaskKeys(int blocks) {
        this.blocks = blocks;
    }

    int next() {
        if (next == block.length) {
            if (block.length == 0) {
                block = new byte[blocks * KeyStream.BLOCK_BYTES];
            }
            RANDOM.fill(block);
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
