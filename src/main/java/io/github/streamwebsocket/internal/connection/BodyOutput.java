package io.github.streamwebsocket.internal.connection;

import java.io.IOException;
import java.io.OutputStream;

/** A message as its body sees it: ended by the body's return, so a close in between only says that no more comes. */
final class BodyOutput extends OutputStream {
    private final MessageOutput message;
    private volatile boolean closed;

    BodyOutput(MessageOutput message) {
        this.message = message;
    }

    @Override
    public void write(int value) throws IOException {
        checkOpen();
        message.write(value);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        checkOpen();
        message.write(buffer, offset, length);
    }

    @Override
    public void flush() throws IOException {
        if (!closed) { // wrappers flush once more when they are closed
            message.flush();
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw Faults.ended("stream", "closed");
        }
    }
}
