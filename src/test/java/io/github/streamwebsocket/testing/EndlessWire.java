package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.internal.net.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** The wire of a peer that sends a few bytes and then the same ones over and over: a read never waits, nor ends. */
public final class EndlessWire implements Wire {
    private final byte[] first;
    private final byte[] unit;
    private long at;
    private volatile boolean aborted;

    /** Makes a wire that gives {@code first} once and {@code unit} for ever after. What is written is dropped. */
    public EndlessWire(byte[] first, byte[] unit) {
        this.first = first.clone();
        this.unit = unit.clone();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        checkOpen();
        for (int i = 0; i < length; i++, at++) {
            buffer[offset + i] = at < first.length ? first[(int) at] : unit[(int) ((at - first.length) % unit.length)];
        }
        return length;
    }

    private void checkOpen() throws SocketException {
        if (aborted) {
            throw new SocketException("Socket closed");
        }
    }

    @Override
    public void readTimeout(int millis) {}

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        checkOpen();
    }

    @Override
    public void endOutput() {}

    @Override
    public void drain(int limit, int timeoutMillis) {}

    @Override
    public void abort() {
        aborted = true;
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 2);
    }
}
