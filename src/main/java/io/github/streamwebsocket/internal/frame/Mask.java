package io.github.streamwebsocket.internal.frame;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The mask of RFC 6455 5.3: byte i of the payload is combined with byte i modulo 4 of the key; the same does and undoes
 * it. Pure.
 */
public final class Mask {
    /**
     * A payload is masked fastest on its way from one array to another when it lies so many bytes further behind in the
     * other one. The JIT makes vector code of a loop only if it can tell that no write changes what a later iteration
     * reads, as it would if both arrays were the same one; and with this distance, which is that of its longest vectors, it
     * can.
     */
    public static final int DISTANCE = 64;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Mask() {}

    /**
     * Masks bytes in place.
     *
     * @param key the key, its first byte on the wire highest
     * @param phase how many bytes of the same payload were masked before these
     */
    public static void apply(byte[] bytes, int offset, int length, int key, long phase) {
        if (key != 0) {
            int turned = turn(key, phase);
            int done = longsInPlace(bytes, offset, length, wide(turned));
            rest(bytes, offset, bytes, offset, done, length, turned);
        }
    }

    /**
     * Masks bytes on their way from one array to another, which takes half the time of a copy that is masked afterwards.
     *
     * @param from where they are; unchanged
     * @param to another array
     * @param key the key, its first byte on the wire highest
     * @param phase how many bytes of the same payload were masked before these
     */
    public static void copy(byte[] from, int fromOffset, byte[] to, int toOffset, int length, int key, long phase) {
        int turned = turn(key, phase);
        int done = toOffset - fromOffset == DISTANCE
                ? longsAtDistance(from, fromOffset, to, length, wide(turned))
                : longs(from, fromOffset, to, toOffset, length, wide(turned));
        rest(from, fromOffset, to, toOffset, done, length, turned);
    }

    private static int turn(int key, long phase) {
        return Integer.rotateLeft(key, 8 * (int) (phase & 3));
    }

    /** The key twice, in the order in which longs are read and written here. */
    private static long wide(int key) {
        int ordered = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? key : Integer.reverseBytes(key);
        return (ordered & 0xFFFF_FFFFL) << 32 | (ordered & 0xFFFF_FFFFL);
    }

    /** Masks as many bytes as whole longs take, and tells how many; so do the others. */
    private static int longsInPlace(byte[] bytes, int offset, int length, long wide) {
        int i = 0;
        for (int last = length - 8; i <= last; i += 8) {
            LONG.set(bytes, offset + i, (long) LONG.get(bytes, offset + i) ^ wide);
        }
        return i;
    }

    private static int longsAtDistance(byte[] from, int offset, byte[] to, int length, long wide) {
        int i = 0;
        for (int last = length - 8; i <= last; i += 8) {
            LONG.set(to, offset + DISTANCE + i, (long) LONG.get(from, offset + i) ^ wide);
        }
        return i;
    }

    /** Four are read before one is written, so that the JIT need not know where they are written. */
    private static int longs(byte[] from, int fromOffset, byte[] to, int toOffset, int length, long wide) {
        int i = 0;
        for (int last = length - 32; i <= last; i += 32) {
            int source = fromOffset + i;
            long first = (long) LONG.get(from, source) ^ wide;
            long second = (long) LONG.get(from, source + 8) ^ wide;
            long third = (long) LONG.get(from, source + 16) ^ wide;
            long fourth = (long) LONG.get(from, source + 24) ^ wide;
            int target = toOffset + i;
            LONG.set(to, target, first);
            LONG.set(to, target + 8, second);
            LONG.set(to, target + 16, third);
            LONG.set(to, target + 24, fourth);
        }
        for (int last = length - 8; i <= last; i += 8) {
            LONG.set(to, toOffset + i, (long) LONG.get(from, fromOffset + i) ^ wide);
        }
        return i;
    }

    /** Masks what is left, which is less than a long. */
    private static void rest(byte[] from, int fromOffset, byte[] to, int toOffset, int done, int length, int turned) {
        for (int i = done, k = turned; i < length; i++, k = Integer.rotateLeft(k, 8)) {
            to[toOffset + i] = (byte) (from[fromOffset + i] ^ k >>> 24);
        }
    }
}
