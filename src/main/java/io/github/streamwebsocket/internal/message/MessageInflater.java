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

    /**
     * The empty stored blocks that tell whether a message ends between two blocks. Elsewhere one is enough; but the header of a
     * block with codes of its own swallows up to 286 bytes without a word: 14 bits, 19 lengths of 3, 316 of 7.
     */
    private static final int BLOCKS_LONGER_THAN_ANY_HEADER = 64;

    private static final byte[] END = end(1, false);
    private static final byte[] LAST_END = end(1, true);
    private static final byte[] LONG_END = end(BLOCKS_LONGER_THAN_ANY_HEADER, false);
    private static final byte[] LONG_LAST_END = end(BLOCKS_LONGER_THAN_ANY_HEADER, true);

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

    /** How many sections of compressed bytes the message has brought, and whether anything unfolded from them. */
    private long sections;

    private boolean unfolded;

    /** A byte for which the last read had no room, and whether there is one: only by it one knows that there is more. */
    private final byte[] ahead = new byte[1];

    private boolean peeked;

    /** There may be bytes to read without any more of the wire. */
    private boolean pending;

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
        sections = 0;
        unfolded = false;
        pending = false;
        peeked = false;
        over = false;
    }

    /** Whether all of the message was read. */
    boolean over() {
        return over;
    }

    /** Whether there may be bytes to read without any more of the wire. */
    boolean pending() {
        return pending;
    }

    /**
     * Reads a section of the message, and ends it when that was the last.
     *
     * @param last whether the frame under way is the last of the message
     * @return at least 1; 0 when the message is over, when the next frame must come first, or when what has come unfolds to
     *     nothing yet
     * @throws WebSocketProtocolException with 1007 when the data are no deflate data
     */
    int read(FrameReader frames, boolean last, byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = pending() ? inflate(buffer, offset, length) : 0;
        if (count == 0 && frames.remaining() > 0) {
            if (section.length == 0) {
                section = new byte[SECTION];
            }
            // One read of the wire at the most: a peer can send without end what unfolds to nothing.
            give(section, frames.read(section, 0, section.length));
            sections++;
            count = inflate(buffer, offset, length);
        }
        settle(frames, last);
        return count;
    }

    /**
     * Ends the message if all of it has come and was read. Nobody needs to ask for more to learn that: until they did, the
     * message would keep whoever answers pings from reading on.
     *
     * @throws WebSocketProtocolException with 1007 when the data do not end there
     */
    void settle(FrameReader frames, boolean last) throws IOException {
        if (over || !last || pending() || frames.remaining() > 0) {
            return;
        }
        if (sections > 0 && !finished()) { // a message without any bytes has nothing that its end was taken off
            checkEnd();
        }
        end();
    }

    /**
     * Gives what the peer took off the end, and empty blocks: anywhere but between blocks that is something else. The many are
     * for where a header may have been cut short; one section that unfolds has its only one behind it, unless its sender
     * flushed in its midst, and small messages need not pay for that.
     */
    private void checkEnd() throws IOException {
        boolean brief = sections == 1 && unfolded;
        byte[] end = keepsContext ? (brief ? END : LONG_END) : (brief ? LAST_END : LONG_LAST_END);
        give(end, end.length);
        if (inflate(new byte[1], 0, 1) > 0 || (!keepsContext && !finished())) {
            throw new WebSocketProtocolException(
                    UNUSABLE_DATA, "expected a compressed message to end with a block but it ends inside one", null);
        }
    }

    /** Returns what is taken off the end of a message (7.2.1) and empty blocks, the last of them marked or not. */
    private static byte[] end(int blocks, boolean marked) {
        byte[] end = new byte[4 + 5 * blocks];
        end[2] = -1;
        end[3] = -1;
        for (int block = end.length - 5; block > 0; block -= 5) {
            end[block + 3] = -1;
            end[block + 4] = -1;
        }
        end[end.length - 5] = (byte) (marked ? 1 : 0);
        return end;
    }

    /** Gives up the memory that a quiet connection does not need. */
    void quiet() {
        if (!pending()) {
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
            pending = true;
        } finally {
            lock.unlock();
        }
    }

    private int inflate(byte[] buffer, int offset, int length) throws IOException {
        lock.lock();
        try {
            Inflater now = open();
            int count = 0;
            if (peeked) {
                buffer[offset] = ahead[0];
                count = 1;
            }
            count += inflate(now, buffer, offset + count, length - count);
            peeked = count == length && inflate(now, ahead, 0, 1) > 0;
            pending = peeked;
            unfolded |= count > 0;
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

    private int inflate(Inflater now, byte[] buffer, int offset, int length) throws DataFormatException {
        int count = now.inflate(buffer, offset, length);
        while (count < length && now.finished() && now.getRemaining() > 0) {
            int rest = now.getRemaining();
            now.reset();
            now.setInput(given, givenEnd - rest, rest);
            count += now.inflate(buffer, offset + count, length - count);
        }
        return count;
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
        pending = false;
        lock.lock();
        try {
            if (sections > 0 && (!keepsContext || open().finished())) {
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
