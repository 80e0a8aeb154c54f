package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.internal.message.MessageWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bytes to the peer, in binary messages whose boundaries mean nothing: each full buffer and each flush goes out as one
 * complete message, as some servers refuse fragments. For any thread.
 */
final class TunnelOutput extends OutputStream implements LastFlush {
    private final SendPermit permit;
    private final MessageWriter writer;
    private volatile boolean closed;
    /** The socket is being closed, and this with it. */
    private volatile boolean finished;
    /** The close of the socket has told that bytes could not be sent. */
    private final AtomicBoolean lossTold = new AtomicBoolean();

    TunnelOutput(SendPermit permit, MessageWriter writer) {
        this.permit = permit;
        this.writer = writer;
    }

    @Override
    public void write(int value) throws IOException {
        acquire();
        try {
            writer.write((byte) value);
        } finally {
            permit.release();
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        acquire();
        try {
            writer.write(buffer, offset, length);
        } finally {
            permit.release();
        }
    }

    /** Sends what is buffered. A flush of nothing sends nothing. */
    @Override
    public void flush() throws IOException {
        if (closed) {
            return; // close has flushed
        }
        send();
    }

    /**
     * Flushes and ends this stream. Sends no Close frame: a WebSocket has no half-close. With nothing to flush, an end of
     * the connection that came first is no fault.
     */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try {
                send();
            } catch (IOException e) {
                if (writer.buffered() > 0) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void finish() throws IOException {
        finished = true;
        closed = true;
        try {
            send();
        } catch (IOException e) {
            if (writer.buffered() > 0 && !lossTold.getAndSet(true)) {
                throw e;
            }
        }
    }

    private void send() throws IOException {
        permit.acquire();
        try {
            writer.flush();
            writer.release();
        } finally {
            permit.release();
        }
    }

    private void acquire() throws IOException {
        if (closed) {
            throw permit.closed(finished);
        }
        permit.acquire();
        if (closed) { // while this call waited: what it wrote now would be flushed by nobody
            permit.release();
            throw permit.closed(finished);
        }
        // Not when this stream is made, which takes no right to send: a message could be under way.
        writer.beginTunnel();
    }
}
