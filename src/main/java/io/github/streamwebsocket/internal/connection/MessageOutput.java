package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.internal.message.MessageWriter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A message being sent. For one thread at a time. */
final class MessageOutput extends OutgoingMessage {
    private enum State {
        OPEN,
        COMPLETE,
        GIVEN_UP
    }

    private final Sender sender;
    private final MessageWriter writer;
    private volatile State state = State.OPEN;

    MessageOutput(Sender sender, MessageWriter writer) {
        this.sender = sender;
        this.writer = writer;
    }

    @Override
    public void write(int value) throws IOException {
        checkOpen();
        writer.write((byte) value);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        checkOpen();
        writer.write(buffer, offset, length);
    }

    /** Writes all that the source has. */
    void writeAll(InputStream source) throws IOException {
        checkOpen();
        writer.writeAll(source);
    }

    @Override
    public void flush() throws IOException {
        checkOpen();
        writer.flush();
    }

    @Override
    public void complete() throws IOException {
        if (state == State.GIVEN_UP) {
            throw new IllegalStateException("expected an open message to complete but it was given up");
        }
        if (state == State.COMPLETE) {
            return;
        }
        writer.complete();
        state = State.COMPLETE;
        sender.end();
    }

    @Override
    public void close() {
        if (state != State.OPEN) {
            return;
        }
        state = State.GIVEN_UP;
        if (writer.committed()) {
            sender.giveUp();
        }
        sender.end();
    }

    private void checkOpen() throws IOException {
        if (state != State.OPEN) {
            throw Faults.closed(state == State.COMPLETE ? "this message is complete" : "this message was given up");
        }
    }
}
