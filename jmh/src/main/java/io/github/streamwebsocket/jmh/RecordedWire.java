package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.internal.net.Wire;
import java.net.InetSocketAddress;

/** Gives bytes that were recorded, as many as are asked for. Nothing can be written. */
final class RecordedWire implements Wire {
    private final byte[] bytes;
    private int next;

    RecordedWire(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        int count = Math.min(length, bytes.length - next);
        if (count == 0) {
            return -1;
        }
        System.arraycopy(bytes, next, buffer, offset, count);
        next += count;
        return count;
    }

    @Override
    public void readTimeout(int millis) {}

    @Override
    public void write(byte[] buffer, int offset, int length) {
        throw new UnsupportedOperationException("only for reading");
    }

    @Override
    public void endOutput() {}

    @Override
    public void drain(int limit, int timeoutMillis) {}

    @Override
    public void abort() {}

    @Override
    public InetSocketAddress localAddress() {
        throw new UnsupportedOperationException("no socket");
    }

    @Override
    public InetSocketAddress remoteAddress() {
        throw new UnsupportedOperationException("no socket");
    }
}
