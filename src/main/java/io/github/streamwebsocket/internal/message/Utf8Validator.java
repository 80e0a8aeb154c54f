package io.github.streamwebsocket.internal.message;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Says whether the bytes of a text message are UTF-8 (RFC 3629) while they stream past, in sections that may end inside
 * a character, and which byte is the first that is not. Pure. For one thread at a time.
 *
 * <p>Long ASCII is passed over many bytes at a time. The rest goes through a table without a branch for each byte, as
 * which kind of byte comes next is what a processor guesses wrong in mixed text: a byte value has a row of nine cells of
 * six bits, one for each state, and a state is the place of its cell, so that a step is a load and a shift. The benchmark
 * Utf8Validation shows it ahead of {@code String} and {@code CharsetDecoder} in every script.
 */
public final class Utf8Validator {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** The highest bit of each byte: set in one that is not ASCII. */
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    /** How many bytes are passed over at once when all are ASCII. */
    private static final int ASCII_BLOCK = 64;

    /** How many bytes go through the table before a look at the state. */
    private static final int BLOCK = 128;

    /** What every cell holds that no rule fills, those of this state among them: it is never left. */
    private static final int ERROR = 0;

    /** A character may begin. */
    private static final int BETWEEN = 6;

    /** So many bytes of the character are to come, and any continuation byte will do. */
    private static final int ONE = 12;

    private static final int TWO = 18;
    private static final int THREE = 24;

    /** These bytes, after which not every continuation byte will do, have come. */
    private static final int E0 = 30;

    private static final int ED = 36;
    private static final int F0 = 42;
    private static final int F4 = 48;

    private static final int CELL = 0x3F;

    private static final long[] ROWS = new long[256];

    static { // the table of RFC 3629 4
        rule(BETWEEN, 0x00, 0x7F, BETWEEN);
        rule(BETWEEN, 0xC2, 0xDF, ONE);
        rule(BETWEEN, 0xE0, 0xE0, E0);
        rule(BETWEEN, 0xE1, 0xEC, TWO);
        rule(BETWEEN, 0xED, 0xED, ED);
        rule(BETWEEN, 0xEE, 0xEF, TWO);
        rule(BETWEEN, 0xF0, 0xF0, F0);
        rule(BETWEEN, 0xF1, 0xF3, THREE);
        rule(BETWEEN, 0xF4, 0xF4, F4);
        rule(E0, 0xA0, 0xBF, ONE); // no longer form than needed
        rule(ED, 0x80, 0x9F, ONE); // no surrogate
        rule(F0, 0x90, 0xBF, TWO); // no longer form than needed
        rule(F4, 0x80, 0x8F, TWO); // nothing above U+10FFFF
        rule(THREE, 0x80, 0xBF, TWO);
        rule(TWO, 0x80, 0xBF, ONE);
        rule(ONE, 0x80, 0xBF, BETWEEN);
    }

    private static void rule(int from, int first, int last, int to) {
        for (int b = first; b <= last; b++) {
            ROWS[b] |= (long) to << from;
        }
    }

    private int state = BETWEEN;
    private int pending;

    /**
     * Checks the next section.
     *
     * @return -1 when all is well so far; otherwise the index in {@code bytes} of the first byte with which no valid text
     *     can begin any more, which after an error is {@code offset} until {@link #reset()}
     */
    public int accept(byte[] bytes, int offset, int length) {
        int end = offset + length;
        for (int i = offset; i < end; ) {
            if (state == BETWEEN) {
                i = afterAscii(bytes, i, end);
            }
            int blockEnd = end - i > BLOCK ? i + BLOCK : end;
            int after = after(bytes, i, blockEnd, state);
            if (after == ERROR) {
                int bad = firstBad(bytes, i, state);
                state = ERROR;
                pending = 0;
                return bad;
            }
            state = after;
            i = blockEnd;
        }
        pending = state == BETWEEN ? 0 : unfinished(bytes, offset, end);
        return -1;
    }

    /** Passes over blocks of ASCII. */
    private static int afterAscii(byte[] bytes, int from, int end) {
        int i = from;
        for (int last = end - ASCII_BLOCK; i <= last; i += ASCII_BLOCK) {
            long all = (long) LONG.get(bytes, i)
                    | (long) LONG.get(bytes, i + 8)
                    | (long) LONG.get(bytes, i + 16)
                    | (long) LONG.get(bytes, i + 24)
                    | (long) LONG.get(bytes, i + 32)
                    | (long) LONG.get(bytes, i + 40)
                    | (long) LONG.get(bytes, i + 48)
                    | (long) LONG.get(bytes, i + 56);
            if ((all & NOT_ASCII) != 0) {
                break;
            }
        }
        return i;
    }

    /** The state after these bytes. */
    private static int after(byte[] bytes, int from, int end, int state) {
        long cells = state; // a shift counts the lowest six bits only, so the other cells may stay
        for (int i = from; i < end; i++) {
            cells = ROWS[bytes[i] & 0xFF] >>> cells;
        }
        return (int) cells & CELL;
    }

    /** The first byte after which the state is ERROR; there must be one. */
    private static int firstBad(byte[] bytes, int from, int state) {
        int i = from;
        for (int now = state; ; i++) {
            now = after(bytes, i, i + 1, now);
            if (now == ERROR) {
                return i;
            }
        }
    }

    /** How many bytes of the character that has begun are at the end of this section and the ones before. */
    private int unfinished(byte[] bytes, int offset, int end) {
        for (int back = 1; back <= end - offset; back++) {
            if ((bytes[end - back] & 0xC0) == 0xC0) {
                return back;
            }
        }
        return pending + end - offset;
    }

    /** Whether the text may end here: there was no error and no character is unfinished. */
    public boolean complete() {
        return state == BETWEEN;
    }

    /** How many bytes (0 to 3) of an unfinished character stand at the end of what was accepted; 0 after an error. */
    public int pending() {
        return pending;
    }

    /** Takes the place that another one has in its text. */
    void follow(Utf8Validator other) {
        state = other.state;
        pending = other.pending;
    }

    /** Starts again, for the next message. */
    public void reset() {
        state = BETWEEN;
        pending = 0;
    }
}
