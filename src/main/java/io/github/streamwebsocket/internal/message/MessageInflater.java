package io.github.streamwebsocket.internal.message;

import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.frame.FrameReader;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses a peer's messages, section by section, as they are read (RFC 7692 7.2.2). A read unfolds at most what its
 * array holds, however much a few bytes stand for. A read that times out goes on where it stopped. For one thread at a
 * time; {@link #close()} is for any.
 */
final class MessageInflater {
    private static final int UNUSABLE_DATA = 1007;
    private static final int SECTION = 8192;
    private static final byte[] NONE = {};

    private final boolean keepsContext;
    private final Supplier<Inflater> maker;

    /** Held for calls of the inflater only, never while waiting for bytes. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock; made when the first compressed message comes. */
    private @Nullable Inflater inflater;
    /** Guarded by the lock. */
    private boolean closed;

    private byte[] section = NONE;
    /** What the inflater was given last, and where that ends. */
    private byte[] given = NONE;

    private int givenEnd;

    /** The message has brought compressed bytes. */
    private boolean begun;

    private boolean tailGiven;
    private boolean drained;
    private boolean over = true;

    /**
     * Makes a decompressor.
     *
     * @param keepsContext whether messages may refer to those before (RFC 7692 7.1.1)
     * @param maker makes an inflater for raw deflate data, which reads any window
     */
    MessageInflater(boolean keepsContext, Supplier<Inflater> maker) {
        this.keepsContext = keepsContext;
        this.maker = maker;
    }

    /** Begins a compressed message. */
    void begin() {
        begun = false;
        tailGiven = false;
        drained = true;
        over = false;
    }

    /** Whether all of the message was read. */
    boolean over() {
        return over;
    }

    /** Whether there may be bytes to read without any more of the wire. */
    boolean pending() {
        return !drained;
    }

    /**
     * Reads a section of the message.
     *
     * @param last whether the frame under way is the last of the message
     * @return at least 1; 0 when the message is over, when the next frame must come first, or when what has come unfolds to
     *     nothing yet
     * @throws WebSocketProtocolException with 1007 when the data are no deflate data
     */
    int read(FrameReader frames, boolean last, byte[] buffer, int offset, int length) throws IOException {
        int count = begun ? inflate(buffer, offset, length) : 0;
        if (count > 0 || (frames.remaining() == 0 && !last)) {
            return count;
        }
        if (frames.remaining() > 0) {
            if (section.length == 0) {
                section = new byte[SECTION];
            }
            // One read of the wire at the most: a peer can send without end what unfolds to nothing.
            give(section, frames.read(section, 0, section.length));
            return inflate(buffer, offset, length);
        }
        if (begun && !tailGiven && !finished()) {
            // What the peer took off the end (7.2.1). A message without any bytes has nothing it was taken off.
            tailGiven = true;
            give(MessageDeflater.TAIL, MessageDeflater.TAIL.length);
            count = inflate(buffer, offset, length);
        }
        if (count == 0) {
            end();
        }
        return count;
    }

    /** Gives up the memory that a quiet connection does not need. */
    void quiet() {
        if (drained) {
            section = NONE;
            given = NONE;
        }
    }

    /** Frees the memory outside the heap. What is read afterwards fails. For any thread. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (inflater != null) {
                inflater.end();
                inflater = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private void give(byte[] bytes, int length) throws IOException {
        lock.lock();
        try {
            Inflater now = open();
            if (now.finished()) { // a message may have several deflate streams, each ended by BFINAL (7.2.3.4)
                now.reset();
            }
            now.setInput(bytes, 0, length);
            given = bytes;
            givenEnd = length;
            begun = true;
            drained = false;
        } finally {
            lock.unlock();
        }
    }

    private int inflate(byte[] buffer, int offset, int length) throws IOException {
        lock.lock();
        try {
            Inflater now = open();
            int count = now.inflate(buffer, offset, length);
            while (count == 0 && now.finished() && now.getRemaining() > 0) {
                int rest = now.getRemaining();
                now.reset();
                now.setInput(given, givenEnd - rest, rest);
                count = now.inflate(buffer, offset, length);
            }
            drained = count < length && now.getRemaining() == 0;
            return count;
        } catch (DataFormatException e) {
            throw new WebSocketProtocolException(
                    UNUSABLE_DATA,
                    "expected a compressed message to be deflate data (RFC 1951) but it is not: " + e.getMessage(),
                    null);
        } finally {
            lock.unlock();
        }
    }

    /** Whether the data have ended by themselves: then nothing was taken off their end. */
    private boolean finished() throws IOException {
        lock.lock();
        try {
            return open().finished();
        } finally {
            lock.unlock();
        }
    }

    private void end() throws IOException {
        over = true;
        drained = true;
        lock.lock();
        try {
            if (begun && (!keepsContext || open().finished())) {
                open().reset();
            }
        } finally {
            lock.unlock();
        }
    }

    private Inflater open() throws IOException {
        if (closed) {
            throw new IOException("the connection has ended");
        }
        if (inflater == null) {
            inflater = maker.get();
        }
        return inflater;
    }
}
