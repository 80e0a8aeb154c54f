package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.internal.message.MessageWriter;
import io.github.streamwebsocket.internal.message.Utf8Stream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Bytes to the peer, in messages of which each ends with a flush. The right to send is held from the first byte of a
 * message to its flush. For any thread.
 */
final class FlushedMessages extends OutputStream implements LastFlush {
    private final Supplier<SocketMessageType> type;
    private final Sender sender;
    private final SendPermit permit;
    private final MessageWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock, as is the rest. */
    private boolean inside;

    private boolean closed;
    /** The socket is being closed, and this with it. */
    private volatile boolean finished;

    private Utf8Stream text = Utf8Stream.NONE;

    /**
     * Makes the stream.
     *
     * @param type asked for the type of each message when it begins
     */
    FlushedMessages(Supplier<SocketMessageType> type, Sender sender, SendPermit permit, MessageWriter writer) {
        this.type = type;
        this.sender = sender;
        this.permit = permit;
        this.writer = writer;
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        SendPermit.lock(lock);
        try {
            if (closed) {
                throw permit.closed(finished);
            }
            if (length > 0) {
                begin(buffer, offset, length);
                writing(() -> writer.write(buffer, offset, length));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Checks what is to be written, and begins a message with it if none is under way. */
    private void begin(byte[] buffer, int offset, int length) throws IOException {
        if (inside) {
            text.accept(buffer, offset, length);
            return;
        }
        SocketMessageType now = type.get();
        Utf8Stream check = Utf8Stream.of(now);
        check.accept(buffer, offset, length); // with what is refused no message begins
        permit.acquire();
        inside = true;
        text = check;
        writer.begin(Opcode.of(now));
    }

    /** Ends the message. A flush of nothing sends nothing. */
    @Override
    public void flush() throws IOException {
        SendPermit.lock(lock);
        try {
            if (inside) {
                text.end();
                writing(writer::complete);
                end();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the message and this stream; the socket stays open. */
    @Override
    public void close() throws IOException {
        SendPermit.lock(lock);
        try {
            closed = true;
            flush();
        } catch (IllegalArgumentException e) { // text that is cut off inside a character
            if (writer.committed()) {
                sender.giveUp();
            }
            end();
            throw e;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void finish() throws IOException {
        finished = true;
        try {
            close();
        } catch (IllegalArgumentException e) {
            throw new IOException("text that was written was not sent: " + e.getMessage(), e);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** What cannot be written ends the message: the connection is broken. */
    private void writing(Writing step) throws IOException {
        boolean done = false;
        try {
            step.run();
            done = true;
        } finally {
            if (!done) {
                end();
            }
        }
    }

    private void end() {
        inside = false;
        sender.end();
    }
}
