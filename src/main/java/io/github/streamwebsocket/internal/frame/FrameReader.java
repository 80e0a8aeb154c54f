package io.github.streamwebsocket.internal.frame;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.net.Wire;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a peer's frames: the header by way of a small look-ahead, the payload straight into the caller's array. A read
 * that times out anywhere, inside a header too, goes on where it stopped. For one thread at a time.
 */
public final class FrameReader {
    /** Look-ahead of a connection on which nobody reads: room for the control frames that come there. */
    private static final int IDLE_LOOK_AHEAD = 64;
    /** Look-ahead of a quiet connection: room for the largest control frame. */
    private static final int QUIET_LOOK_AHEAD = 256;
    /** Look-ahead once the peer has sent more than fits the quiet one: a header costs no read of its own then. */
    private static final int BUSY_LOOK_AHEAD = 8192;
    /**
     * A payload from which on the next header is read with little behind it, as another large one is likely to follow: as
     * many reads, and less to copy.
     */
    private static final int LARGE = 2 * BUSY_LOOK_AHEAD;
    /** A read of at least this many bytes goes past the look-ahead: the copy would cost more than the call. */
    private static final int DIRECT = 4096;

    private static final byte[] NONE = {};

    private final Wire wire;
    private final FrameRules rules;
    private final FrameHeader header = new FrameHeader();

    private byte[] ahead;
    private int start;
    private int end;
    private boolean filled;

    private boolean large;
    private long remaining;
    private long phase;

    private byte[] control = NONE;
    private int controlLength;

    /** Written by the thread that reads, read by keep-alive: any byte proves the peer alive. */
    private volatile long received;

    /**
     * Makes a reader of the frames on a wire.
     *
     * @param leftover what came behind the opening handshake; kept
     * @param compression whether permessage-deflate was agreed
     */
    public FrameReader(Wire wire, Role role, byte[] leftover, boolean compression) {
        this.wire = wire;
        this.rules = new FrameRules(role, compression);
        this.ahead = leftover;
        this.end = leftover.length;
    }

    /**
     * Reads the next header. The payload of the frame before must have been read.
     *
     * @return what the frame is; null when the connection ended in front of a frame
     * @throws io.github.streamwebsocket.WebSocketProtocolException when the frame breaks a rule
     * @throws WebSocketAbortedException when the connection ended inside the header
     */
    public @Nullable Opcode next() throws IOException {
        if (remaining != 0) {
            throw new IllegalStateException("the frame has " + remaining + " more bytes");
        }
        while (end - start < 2 || end - start < FrameHeader.encodedLength(ahead[start + 1])) {
            if (!fill()) {
                if (start == end) {
                    return null;
                }
                throw ended("the rest of a frame header");
            }
        }
        header.decode(ahead, start);
        start += FrameHeader.encodedLength(ahead[start + 1]);
        Opcode opcode = rules.accept(header);
        remaining = header.payloadLength;
        large = remaining >= LARGE;
        phase = 0;
        controlLength = 0;
        return opcode;
    }

    /** Whether the frame under way is the last of its message. */
    public boolean fin() {
        return header.fin;
    }

    /** Whether the frame under way begins a compressed message. */
    public boolean compressed() {
        return header.rsv != 0; // the rules let nothing else through
    }

    /** How many bytes of the payload under way are still to be read. */
    public long remaining() {
        return remaining;
    }

    /** How many bytes of the payload under way can be read without waiting. */
    public int available() {
        return (int) Math.min(remaining, end - start);
    }

    /** How many bytes have come since the connection was opened. For any thread. */
    public long received() {
        return received;
    }

    /**
     * Reads a section of the payload under way, unmasked.
     *
     * @return at least 1; 0 when length is 0 or nothing of the payload remains
     * @throws WebSocketAbortedException when the connection ended inside the frame
     */
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int wanted = (int) Math.min(length, remaining);
        if (wanted == 0) {
            return 0;
        }
        int count;
        if (start == end && wanted >= DIRECT) {
            count = receive(buffer, offset, wanted);
            if (count < 0) {
                throw endedInPayload();
            }
        } else {
            if (start == end && !fill()) {
                throw endedInPayload();
            }
            count = Math.min(wanted, end - start);
            System.arraycopy(ahead, start, buffer, offset, count);
            start += count;
        }
        if (header.masked) {
            Mask.apply(buffer, offset, count, header.maskKey, phase);
        }
        phase += count;
        remaining -= count;
        return count;
    }

    /**
     * Drops bytes of the payload under way: what is at hand, or what one read brings.
     *
     * @return at least 1, 0 when nothing of the payload remains
     */
    public int skip() throws IOException {
        if (remaining == 0) {
            return 0;
        }
        if (start == end && !fill()) {
            throw endedInPayload();
        }
        int count = available();
        start += count;
        phase += count;
        remaining -= count;
        return count;
    }

    /** Reads the payload of the control frame under way, unmasked and whole. */
    public byte[] control() throws IOException {
        if (control.length == 0) {
            control = new byte[FrameHeader.MAX_SHORT_PAYLOAD];
        }
        while (remaining > 0) {
            controlLength += read(control, controlLength, control.length - controlLength);
        }
        return Arrays.copyOf(control, controlLength);
    }

    /**
     * Waits until the first bytes of the next frame, or the end, have come; at once if some are there. Does not read the
     * header: a thread that waits here for hours has as few calls on its stack as can be.
     */
    public void await() throws IOException {
        if (start == end) {
            start = 0;
            end = 0;
            if (ahead.length < IDLE_LOOK_AHEAD) {
                ahead = new byte[IDLE_LOOK_AHEAD];
            }
            int count = wire.read(ahead, 0, ahead.length);
            if (count > 0) {
                received(count);
                end = count;
            }
        }
    }

    /** Gives up the memory that a quiet connection does not need. */
    public void quiet() {
        if (start == end) {
            ahead = ahead.length == IDLE_LOOK_AHEAD ? ahead : NONE;
            start = 0;
            end = 0;
            filled = false;
            control = remaining == 0 ? NONE : control;
        }
    }

    /** Adds at least one byte to the look-ahead. False at the end of the connection. */
    private boolean fill() throws IOException {
        if (start == end) {
            start = 0;
            end = 0;
        }
        // of a payload that lies ahead at the most, which may be near to the largest long
        long most = large ? Math.min(remaining, BUSY_LOOK_AHEAD) + QUIET_LOOK_AHEAD : BUSY_LOOK_AHEAD;
        if (ahead.length < QUIET_LOOK_AHEAD) {
            resize(QUIET_LOOK_AHEAD);
        } else if (filled && ahead.length < BUSY_LOOK_AHEAD && ahead.length < most) {
            resize(BUSY_LOOK_AHEAD);
        } else if (ahead.length - end < FrameHeader.MAX_LENGTH) {
            resize(ahead.length);
        }
        int count = receive(ahead, end, (int) Math.min(ahead.length - end, most));
        if (count == 0) {
            throw new IllegalStateException(
                    "expected the wire to wait for a byte"); // or this would begin again for ever
        }
        if (count < 0) {
            return false;
        }
        end += count;
        filled = end == ahead.length;
        return true;
    }

    /** Moves the unread bytes to the front of an array that holds at least them and {@code capacity}. */
    private void resize(int capacity) {
        int unread = end - start;
        byte[] target =
                capacity == ahead.length ? ahead : new byte[Math.max(capacity, unread + FrameHeader.MAX_LENGTH)];
        System.arraycopy(ahead, start, target, 0, unread);
        ahead = target;
        start = 0;
        end = unread;
    }

    private int receive(byte[] buffer, int offset, int length) throws IOException {
        int count = wire.read(buffer, offset, length);
        if (count > 0) {
            received(count);
        }
        return count;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void received(int count) {
        received = received + count;
    }

    private WebSocketAbortedException endedInPayload() {
        return ended(remaining + " more bytes of a frame");
    }

    private static WebSocketAbortedException ended(String expected) {
        return new WebSocketAbortedException(
                WebErrorStatus.CONNECTION_ABORTED, "expected " + expected + " but the connection ended", null);
    }
}
