package io.github.streamwebsocket.internal.frame;

import io.github.streamwebsocket.internal.Role;

/**
 * Makes frames in place: puts a header in front of a payload that already lies in the array to be written, and masks
 * the payload there if this end masks. For one thread at a time.
 */
public final class FrameEncoder {
    private static final int KEYS_AT_ONCE = 32;

    private final boolean masks;
    private final MaskKeys keys;

    private FrameEncoder(Role role, int keysAtOnce) {
        this.masks = role.masks();
        this.keys = new MaskKeys(keysAtOnce);
    }

    /** Makes an encoder of many frames. */
    public static FrameEncoder ofData(Role role) {
        return new FrameEncoder(role, KEYS_AT_ONCE);
    }

    /** Makes an encoder of few frames, which keeps nothing in store for the next one. */
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
        return encode(bytes, payloadStart, payloadLength, 0, opcode, fin);
    }

    /** As {@link #encode(byte[], int, int, Opcode, boolean)}, for the first frame of a compressed message (RFC 7692 6). */
    public int encodeCompressed(byte[] bytes, int payloadStart, int payloadLength, Opcode opcode, boolean fin) {
        return encode(bytes, payloadStart, payloadLength, FrameHeader.RSV1, opcode, fin);
    }

    private int encode(byte[] bytes, int payloadStart, int payloadLength, int rsv, Opcode opcode, boolean fin) {
        int start = payloadStart - headerLength(payloadLength);
        if (masks) {
            int key = keys.next();
            FrameHeader.encodeMasked(bytes, start, rsv, opcode, fin, payloadLength, key);
            Mask.apply(bytes, payloadStart, payloadLength, key, 0);
        } else {
            FrameHeader.encode(bytes, start, rsv, opcode, fin, payloadLength);
        }
        return start;
    }
}
