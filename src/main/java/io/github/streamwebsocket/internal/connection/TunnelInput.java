package io.github.streamwebsocket.internal.connection;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** All binary messages as one sequence of bytes. A read waits for others that are under way. */
final class TunnelInput extends InputStream {
    private final Receiver receiver;
    private volatile boolean closed;

    TunnelInput(Receiver receiver) {
        this.receiver = receiver;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        checkOpen();
        return length == 0 ? 0 : receiver.readAny(buffer, offset, length);
    }

    @Override
    public int available() throws IOException {
        checkOpen();
        return receiver.availableOfAny();
    }

    /** Data that comes later is dropped; the socket stays open. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            receiver.dropAll();
        }
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw Faults.ended("input stream", "closed");
        }
    }
}
