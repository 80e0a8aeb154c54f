package io.github.streamwebsocket.internal.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The mask of RFC 6455 5.3: byte i of the payload is combined with byte i modulo 4 of the key; the same does and undoes
 * it. Pure.
 */
public final class Mask {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Mask() {}

    /**
     * Masks bytes in place.
     *
     * @param key the key, its first byte on the wire highest
     * @param phase how many bytes of the same payload were masked before these
     */
    public static void apply(byte[] bytes, int offset, int length, int key, long phase) {
        int turned = Integer.rotateLeft(key, 8 * (int) (phase & 3));
        if (turned == 0) {
            return;
        }
        int ordered = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? turned : Integer.reverseBytes(turned);
        long wide = (ordered & 0xFFFF_FFFFL) << 32 | (ordered & 0xFFFF_FFFFL);
        int i = offset;
        int end = offset + length;
        // Four longs an iteration: C2 makes vector code of this shape and not of one long at a time.
        for (int last = end - 32; i <= last; i += 32) {
            LONG.set(bytes, i, (long) LONG.get(bytes, i) ^ wide);
            LONG.set(bytes, i + 8, (long) LONG.get(bytes, i + 8) ^ wide);
            LONG.set(bytes, i + 16, (long) LONG.get(bytes, i + 16) ^ wide);
            LONG.set(bytes, i + 24, (long) LONG.get(bytes, i + 24) ^ wide);
        }
        for (int last = end - 8; i <= last; i += 8) {
            LONG.set(bytes, i, (long) LONG.get(bytes, i) ^ wide);
        }
        for (int k = turned; i < end; i++, k = Integer.rotateLeft(k, 8)) {
            bytes[i] ^= (byte) (k >>> 24);
        }
    }
}
