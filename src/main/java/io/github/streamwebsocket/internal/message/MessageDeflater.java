package io.github.streamwebsocket.internal.message;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses messages (RFC 7692 7.2.1): is given bytes, and asked for what they become until there is no more. For one
 * thread at a time; {@link #close()} is for any.
 *
 * <p>{@link Deflater} always looks back over 32 KiB. Where a smaller window was agreed, a full flush each time as many
 * bytes have gone through keeps every reference inside it: what comes behind a full flush refers to nothing in front of it.
 */
final class MessageDeflater {
    /** The end of what a flush makes, which is taken off the end of a message (7.2.1). */
    static final byte[] TAIL = {0, 0, -1, -1};

    /** With less room than this a flush may never be through: zlib begins it anew whenever it has filled the room. */
    static final int LEAST_ROOM = 16;

    private static final int DEFLATER_WINDOW = 1 << 15;
    private static final byte[] NONE = {};

    private final boolean keepsContext;
    private final int window;
    private final Supplier<Deflater> maker;
    private final Supplier<IOException> ended;

    /** Held for calls of the deflater only. */
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock; made when the first message is compressed. */
    private @Nullable Deflater deflater;
    /** Guarded by the lock. */
    private boolean closed;

    private byte[] source = NONE;
    private int next;
    private int end;
    /** How many bytes went through since nothing in front can be referred to. */
    private int reach;

    /**
     * Makes a compressor.
     *
     * @param keepsContext whether messages refer to those before (7.1.1)
     * @param windowBits how far back they refer, as a power of 2
     * @param maker makes a deflater of raw deflate data
     * @param ended what a sender is told after the close
     */
    MessageDeflater(boolean keepsContext, int windowBits, Supplier<Deflater> maker, Supplier<IOException> ended) {
        this.keepsContext = keepsContext;
        this.window = 1 << windowBits;
        this.maker = maker;
        this.ended = ended;
    }

    /** Gives the next bytes of the message. They must not change until all was taken. */
    void give(byte[] bytes, int from, int length) {
        source = bytes;
        next = from;
        end = from + length;
    }

    /**
     * Takes what the bytes have become.
     *
     * @param length the room, {@link #LEAST_ROOM} or more for a flush to come to its end
     * @param flush whether to hold nothing back: then the last that is taken ends with {@link #TAIL}
     * @return at least 1; 0 when there is no more
     * @throws IOException if this was closed
     */
    int take(byte[] target, int offset, int length, boolean flush) throws IOException {
        lock.lock();
        try {
            Deflater now = open();
            while (true) {
                if (now.needsInput() && next < end && reach < window) {
                    int count = Math.min(end - next, window < DEFLATER_WINDOW ? window - reach : end - next);
                    now.setInput(source, next, count);
                    next += count;
                    reach += window < DEFLATER_WINDOW ? count : 0;
                }
                int taken = now.deflate(target, offset, length, mode(flush));
                if (taken > 0) {
                    return taken;
                }
                if (reach == window) {
                    reach = 0; // the full flush is through
                } else if (next == end) {
                    source = NONE;
                    return 0;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private int mode(boolean flush) {
        return reach == window ? Deflater.FULL_FLUSH : flush && next == end ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
    }

    /** Ends a message of which all was taken. */
    void endMessage() {
        if (!keepsContext) {
            reset();
        }
    }

    /** Forgets everything that went through, and what was not taken yet. The next message refers to nothing. */
    void reset() {
        lock.lock();
        try {
            source = NONE;
            next = 0;
            end = 0;
            reach = 0;
            if (deflater != null) {
                deflater.reset();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Frees the memory outside the heap. What is asked for afterwards fails. For any thread. */
    void close() {
        lock.lock();
        try {
            closed = true;
            if (deflater != null) {
                deflater.end();
                deflater = null;
            }
        } finally {
            lock.unlock();
        }
    }

    private Deflater open() throws IOException {
        if (closed) {
            throw ended.get();
        }
        if (deflater == null) {
            deflater = maker.get();
        }
        return deflater;
    }
}
