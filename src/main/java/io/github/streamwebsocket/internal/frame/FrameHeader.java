package io.github.streamwebsocket.internal.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The header of a frame, to and from bytes (RFC 6455 5.2). Pure: looks at bytes it is given. Filled in place, as one
 * object a frame would be the only garbage of a reader that is otherwise free of it.
 */
public final class FrameHeader {
    /** Most bytes a header can take: 2 fixed, 8 of extended length, 4 of mask key. */
    public static final int MAX_LENGTH = 14;

    /** Largest payload whose length fits the 7 bits of the fixed part. */
    static final int MAX_SHORT_PAYLOAD = 125;

    /** In {@link #rsv}: the message is compressed (RFC 7692 6). */
    static final int RSV1 = 4;

    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    boolean fin;
    /** RSV1 to RSV3 as the bits 4, 2 and 1. */
    int rsv;

    int opcodeValue;
    boolean masked;
    /** The first byte of the key on the wire is the highest. Any value is legal, 0 too. */
    int maskKey;

    /** Negative when the most significant bit was set, which is not allowed. */
    long payloadLength;
    /** Bytes of the extended payload length: 0, 2 or 8. */
    int extendedLength;

    /** How many bytes a header has, told by its second byte. */
    static int encodedLength(byte second) {
        int length = second & 0x7F;
        int extended = length < LENGTH_16 ? 0 : length == LENGTH_16 ? 2 : 8;
        return 2 + extended + ((second & 0x80) != 0 ? 4 : 0);
    }

    /** How many bytes the header of a payload takes in its shortest form. */
    public static int encodedLength(long payloadLength, boolean masked) {
        int length = payloadLength <= MAX_SHORT_PAYLOAD ? 2 : payloadLength <= 0xFFFF ? 4 : 10;
        return masked ? length + 4 : length;
    }

    /** Decodes a header that lies whole at {@code from}. Judges nothing: that is {@link FrameRules}'s. */
    public void decode(byte[] bytes, int from) {
        int first = bytes[from];
        int second = bytes[from + 1];
        fin = (first & 0x80) != 0;
        rsv = first >> 4 & 0x7;
        opcodeValue = first & 0xF;
        masked = (second & 0x80) != 0;
        int length = second & 0x7F;
        int at = from + 2;
        if (length < LENGTH_16) {
            payloadLength = length;
            extendedLength = 0;
        } else if (length == LENGTH_16) {
            payloadLength = (short) SHORT.get(bytes, at) & 0xFFFF;
            extendedLength = 2;
        } else {
            payloadLength = (long) LONG.get(bytes, at);
            extendedLength = 8;
        }
        maskKey = masked ? (int) INT.get(bytes, at + extendedLength) : 0;
    }

    /** Encodes an unmasked header at {@code at}, with the length in its shortest form. Returns where it ends. */
    public static int encode(byte[] bytes, int at, int rsv, Opcode opcode, boolean fin, long payloadLength) {
        bytes[at] = (byte) ((fin ? 0x80 : 0) | rsv << 4 | opcode.code());
        if (payloadLength <= MAX_SHORT_PAYLOAD) {
            bytes[at + 1] = (byte) payloadLength;
            return at + 2;
        }
        if (payloadLength <= 0xFFFF) {
            bytes[at + 1] = LENGTH_16;
            SHORT.set(bytes, at + 2, (short) payloadLength);
            return at + 4;
        }
        bytes[at + 1] = LENGTH_64;
        LONG.set(bytes, at + 2, payloadLength);
        return at + 10;
    }

    /** Encodes a masked header at {@code at}. Returns where it ends. */
    public static int encodeMasked(
            byte[] bytes, int at, int rsv, Opcode opcode, boolean fin, long payloadLength, int maskKey) {
        int end = encode(bytes, at, rsv, opcode, fin, payloadLength);
        bytes[at + 1] |= (byte) 0x80;
        INT.set(bytes, end, maskKey);
        return end + 4;
    }
}
