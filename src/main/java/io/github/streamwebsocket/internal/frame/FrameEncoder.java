package io.github.streamwebsocket.internal.frame;

import io.github.streamwebsocket.internal.Role;
import java.nio.ByteBuffer;

/**
 * Makes frames in place: puts a header in front of a payload that already lies in the array to be written, and masks
 * the payload there if this end masks. For one thread at a time.
 */
public final class FrameEncoder {
    /** 32 keys. */
    private static final int BLOCKS_OF_KEYS = 8;

    private final boolean masks;
    private final MaskKeys keys;

    private FrameEncoder(Role role, int blocksOfKeys) {
        this.masks = role.masks();
        this.keys = new MaskKeys(blocksOfKeys);
    }

    /** Makes an encoder of many frames. */
    public static FrameEncoder ofData(Role role) {
        return new FrameEncoder(role, BLOCKS_OF_KEYS);
    }

    /** Makes an encoder of few frames, which keeps little in store for the next one. */
    public static FrameEncoder ofControl(Role role) {
        return new FrameEncoder(role, 1);
    }

    /** How many bytes the header in front of a payload of this length takes. */
    public int headerLength(int payloadLength) {
        return FrameHeader.encodedLength(payloadLength, masks);
    }

    /**
     * Makes a frame of the payload. The bytes in front of it, {@link #headerLength} of them, are overwritten.
     *
     * @return where the frame starts
     */
    public int encode(byte[] bytes, int payloadStart, int payloadLength, Opcode opcode, boolean fin) {
        return encode(bytes, payloadStart, payloadLength, false, opcode, fin, newKey(), 0);
    }

    /** As the other one, of what remains in the source, which is consumed: an array is masked on its way. */
    public int encode(ByteBuffer source, byte[] bytes, int payloadStart, Opcode opcode, boolean fin) {
        int length = source.remaining();
        int key = newKey();
        if (!masks || !source.hasArray()) {
            source.get(bytes, payloadStart, length);
            return encode(bytes, payloadStart, length, false, opcode, fin, key, 0);
        }
        Mask.copy(source.array(), source.arrayOffset() + source.position(), bytes, payloadStart, length, key, 0);
        source.position(source.limit());
        return encode(bytes, payloadStart, length, false, opcode, fin, key, length);
    }

    /**
     * As the other one, of a payload of which a part may be masked already.
     *
     * @param compressed whether it is the first frame of a compressed message (RFC 7692 6)
     * @param key a {@link #newKey} for this frame
     * @param masked how many bytes of the payload are masked with it
     */
    public int encode(
            byte[] bytes,
            int payloadStart,
            int payloadLength,
            boolean compressed,
            Opcode opcode,
            boolean fin,
            int key,
            int masked) {
        int start = payloadStart - headerLength(payloadLength);
        int rsv = compressed ? FrameHeader.RSV1 : 0;
        if (masks) {
            FrameHeader.encodeMasked(bytes, start, rsv, opcode, fin, payloadLength, key);
            if (masked < payloadLength) {
                Mask.apply(bytes, payloadStart + masked, payloadLength - masked, key, masked);
            }
        } else {
            FrameHeader.encode(bytes, start, rsv, opcode, fin, payloadLength);
        }
        return start;
    }

    /** Whether this end masks what it sends. */
    public boolean masks() {
        return masks;
    }

    /** Draws the key of a frame; of one that is not masked there is none. */
    public int newKey() {
        return masks ? keys.next() : 0;
    }
}
