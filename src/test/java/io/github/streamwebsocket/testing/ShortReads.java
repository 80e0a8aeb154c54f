package io.github.streamwebsocket.testing;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream that gives few of its bytes at a time, and breaks or ends behind them. For one thread. */
public final class ShortReads extends InputStream {
    private final byte[] bytes;
    private final @Nullable IOException broken;
    private int at;
    private int step;
    private int singleReads;

    /** A stream over these bytes; behind them it throws what is given, or ends. */
    public ShortReads(byte[] bytes, @Nullable IOException broken) {
        this.bytes = bytes;
        this.broken = broken;
    }

    /** How often it was asked for a single byte. */
    public int singleReads() {
        return singleReads;
    }

    @Override
    public int read() throws IOException {
        singleReads++;
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (at == bytes.length) {
            if (broken != null) {
                throw broken;
            }
            return -1;
        }
        step = step % 97 + 1;
        int count = Math.min(Math.min(length, step), bytes.length - at);
        System.arraycopy(bytes, at, buffer, offset, count);
        at += count;
        return count;
    }
}
