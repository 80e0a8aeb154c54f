package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.SocketMessageType;
import java.io.IOException;
import java.util.Objects;

/** A message that was received. For one thread at a time. */
final class MessageInput extends IncomingMessage {
    private final Receiver receiver;
    private final SocketMessageType type;
    private volatile boolean ended;
    private volatile boolean closed;

    MessageInput(Receiver receiver, SocketMessageType type) {
        this.receiver = receiver;
        this.type = type;
    }

    @Override
    public SocketMessageType type() {
        return type;
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
        if (length == 0) {
            return 0;
        }
        if (ended) {
            return -1;
        }
        int count = receiver.read(buffer, offset, length);
        ended = count < 0;
        return count;
    }

    @Override
    public int available() throws IOException {
        checkOpen();
        return ended ? 0 : receiver.available();
    }

    @Override
    public void close() {
        if (!closed && !ended) {
            receiver.closeMessage();
        }
        closed = true;
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw Faults.ended("message", "closed");
        }
    }
}
