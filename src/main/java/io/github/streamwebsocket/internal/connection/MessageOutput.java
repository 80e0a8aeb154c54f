package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.internal.message.MessageWriter;
import io.github.streamwebsocket.internal.message.Utf8Stream;
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
    private final Utf8Stream text;
    private volatile State state = State.OPEN;

    /**
     * Makes a message that has begun.
     *
     * @param text checks what is written
     */
    MessageOutput(Sender sender, MessageWriter writer, Utf8Stream text) {
        this.sender = sender;
        this.writer = writer;
        this.text = text;
    }

    @Override
    public void write(int value) throws IOException {
        if (text == Utf8Stream.NONE) {
            checkOpen();
            writer.write((byte) value);
        } else {
            write(new byte[] {(byte) value}, 0, 1);
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        checkOpen();
        text.accept(buffer, offset, length);
        writer.write(buffer, offset, length);
    }

    /** Writes all that the source has. */
    void writeAll(InputStream source) throws IOException {
        checkOpen();
        if (text == Utf8Stream.NONE) {
            writer.writeAll(source);
        } else {
            source.transferTo(this);
        }
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
        text.end();
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

    /** @throws IOException if the message has ended */
    void checkOpen() throws IOException {
        if (state != State.OPEN) {
            throw Faults.ended("message", state == State.COMPLETE ? "completed" : "given up");
        }
    }
}
