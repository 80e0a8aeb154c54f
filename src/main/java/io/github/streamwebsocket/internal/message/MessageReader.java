package io.github.streamwebsocket.internal.message;

import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.FrameReader;
import io.github.streamwebsocket.internal.frame.Opcode;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payload of one message after the other across its frames, without collecting it: decompresses it, checks text
 * for UTF-8 and counts it against the limit, all while it streams past. The caller reads the headers, as control frames
 * stand between the fragments; this knows where in the message the frames are. For one thread at a time, but for what is
 * said to be for any.
 */
public final class MessageReader {
    private static final int UNUSABLE_DATA = 1007;
    private static final int MESSAGE_TOO_BIG = 1009;
    private static final int SCRATCH = 8192;

    private final FrameReader frames;
    private final @Nullable MessageInflater inflater;
    private final Utf8Validator utf8 = new Utf8Validator();
    private volatile long maxMessageSize = Long.MAX_VALUE;

    private boolean text;
    private boolean compressed;
    /** The frame under way is the last of the message. */
    private boolean last = true;

    private boolean inside;
    /** How many bytes of the message are known to be there. */
    private long size;
    /** How many bytes of the message were read. */
    private long position;

    /**
     * Makes a reader.
     *
     * @param role the end that reads
     * @param deflate what was agreed about compression, null if it was not
     * @param maker makes the inflater, when the first compressed message comes
     */
    public MessageReader(FrameReader frames, Role role, @Nullable DeflateParameters deflate, Supplier<Inflater> maker) {
        this.frames = frames;
        this.inflater = deflate == null ? null : new MessageInflater(!deflate.noContextTakeover(role.peer()), maker);
    }

    /** Sets how many bytes a message may have; counts from the next frame on. For any thread. */
    public void maxMessageSize(long bytes) {
        maxMessageSize = bytes;
    }

    /**
     * Notes that a data frame's header was read: a message has begun or goes on.
     *
     * @throws WebSocketProtocolException with 1009 when the message gets too large, with 1007 when its text ends inside a
     *     character or its compressed data inside a block
     */
    public void frame(Opcode opcode) throws IOException {
        if (opcode != Opcode.CONTINUATION) {
            begin(opcode);
        }
        last = frames.fin();
        if (inflater == null || !compressed) {
            grow(frames.remaining());
        } else {
            inflater.settle(frames, last);
        }
        look();
    }

    /** Notes that the header of a data frame was read whose message is not wanted, and none behind it. */
    public void frameToDrop() {
        text = false;
        last = frames.fin();
        inside = frames.remaining() > 0 || !last;
    }

    private void begin(Opcode opcode) {
        text = opcode == Opcode.TEXT;
        compressed = frames.compressed();
        size = 0;
        position = 0;
        if (text) {
            utf8.reset();
        }
        if (inflater != null && compressed) {
            inflater.begin();
        }
    }

    /** Whether bytes, or at least a frame, of the message are still to come. */
    public boolean inside() {
        return inside;
    }

    /** Whether a read or skip may bring something before the next header is read. */
    public boolean underWay() {
        return inside && (frames.remaining() > 0 || (inflater != null && compressed && inflater.pending()));
    }

    /** How many bytes can be read without waiting, at the least. */
    public int available() {
        if (inflater != null && compressed) {
            return inside && inflater.pending() ? 1 : 0;
        }
        return frames.available();
    }

    /**
     * Reads a section of the message.
     *
     * @return at least 1; 0 when length is 0, when the message is at its end, when another frame must come first, or when
     *     what has come unfolds to nothing yet: {@link #inside()} and {@link #underWay()} tell which
     */
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count;
        if (inflater != null && compressed) {
            count = inflater.read(frames, last, buffer, offset, length);
            grow(count);
        } else {
            count = frames.read(buffer, offset, length);
            grow(0); // the limit may have been set after the frame's header was read
        }
        if (text && count > 0) {
            check(buffer, offset, count);
        }
        position += count;
        look();
        return count;
    }

    /** Drops a section of the message, in such a way that the next one can be read. Returns as a read does. */
    public int skip() throws IOException {
        if (compressed) { // later messages may refer to what is dropped
            return read(new byte[SCRATCH], 0, SCRATCH);
        }
        return drop(); // nobody wants it as text any more
    }

    /** Drops a section of the frame under way, when no message will be read any more. */
    public int drop() throws IOException {
        text = false;
        int count = frames.skip();
        inside = frames.remaining() > 0 || !last;
        return count;
    }

    /** Gives up the memory that a quiet connection does not need. */
    public void quiet() {
        if (inflater != null) {
            inflater.quiet();
        }
    }

    /** Frees the memory outside the heap. For any thread. */
    public void close() {
        if (inflater != null) {
            inflater.close();
        }
    }

    private void look() throws WebSocketProtocolException {
        inside = (inflater != null && compressed) ? !inflater.over() : (frames.remaining() > 0 || !last);
        if (!inside && text && !utf8.complete()) {
            throw new WebSocketProtocolException(
                    UNUSABLE_DATA, "expected text to be UTF-8 but it ends inside a character", null);
        }
    }

    private void grow(long bytes) throws WebSocketProtocolException {
        size += bytes;
        if (size > maxMessageSize || size < 0) {
            throw new WebSocketProtocolException(
                    MESSAGE_TOO_BIG,
                    "expected a message of at most " + maxMessageSize + " bytes but it has "
                            + (size < 0 ? "over 2^63" : size + " or more"),
                    null);
        }
    }

    private void check(byte[] buffer, int offset, int count) throws WebSocketProtocolException {
        int bad = utf8.accept(buffer, offset, count);
        if (bad >= 0) {
            throw new WebSocketProtocolException(
                    UNUSABLE_DATA,
                    "expected text to be UTF-8 but byte " + (position + bad - offset) + " of the message, 0x"
                            + Integer.toHexString(buffer[bad] & 0xFF) + ", is none that can stand there",
                    null);
        }
    }
}
