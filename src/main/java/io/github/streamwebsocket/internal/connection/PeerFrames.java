package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.WebSocketTimeoutException;
import io.github.streamwebsocket.internal.frame.ClosePayload;
import io.github.streamwebsocket.internal.frame.FrameReader;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.internal.message.MessageReader;
import io.github.streamwebsocket.internal.net.Wire;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The peer's frames as the holder of the lease reads them: every read ends at its deadline, and what goes wrong is noted
 * in the ending before it is thrown.
 */
final class PeerFrames {
    private final Wire wire;
    private final FrameReader frames;
    private final MessageReader message;
    private final Ending ending;
    private final Outbound outbound;
    private final Duration readTimeout;

    /** Nothing more is to be read: the peer's Close has come, or the connection failed. */
    private boolean over;
    /** Written by the holder of the lease, read by keep-alive. */
    private volatile int timeouts;

    PeerFrames(
            Wire wire,
            FrameReader frames,
            MessageReader message,
            Ending ending,
            Outbound outbound,
            Duration readTimeout) {
        this.wire = wire;
        this.frames = frames;
        this.message = message;
        this.ending = ending;
        this.outbound = outbound;
        this.readTimeout = readTimeout;
    }

    MessageReader message() {
        return message;
    }

    /** When a read that starts now must have ended, in nanoseconds of System.nanoTime; 0 for never. For any thread. */
    long deadline() {
        return readTimeout.isZero() ? 0 : System.nanoTime() + readTimeout.toNanos() | 1;
    }

    /** What a read is told that waited its time. For any thread. */
    WebSocketTimeoutException timeout() {
        return new WebSocketTimeoutException(
                "expected data within the read timeout of " + readTimeout.toMillis() + " ms but none came");
    }

    /** How many reads of the wire have waited their time and brought nothing. For any thread. */
    int timeouts() {
        return timeouts;
    }

    /** How many bytes have come. For any thread. */
    long received() {
        return frames.received();
    }

    boolean over() {
        return over;
    }

    /** How many bytes of the frame under way are still to be read. */
    long remaining() {
        return frames.remaining();
    }

    /** Gives up the memory that a quiet connection does not need, and the time limit of whoever read last. */
    void quiet() throws IOException {
        frames.quiet();
        message.quiet();
        try {
            arm(0);
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** Reads the next header. */
    Opcode next(long deadline) throws IOException {
        try {
            arm(deadline);
            Opcode opcode = frames.next();
            if (opcode != null) {
                return opcode;
            }
        } catch (IOException e) {
            throw fault(e);
        }
        throw fault(new WebSocketAbortedException(
                WebErrorStatus.CONNECTION_ABORTED, "expected a frame but the connection ended without a Close", null));
    }

    /** Notes that the header of a data frame was read. */
    void begin(Opcode opcode) throws IOException {
        try {
            message.frame(opcode);
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** Reads a section of the message under way; 0 when there is none of it yet, or the message is at its end. */
    int read(byte[] buffer, int offset, int length, long deadline) throws IOException {
        try {
            arm(deadline);
            return message.read(buffer, offset, length);
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** Drops a section of the message under way. Returns as a read does. */
    int skip(long deadline) throws IOException {
        try {
            arm(deadline);
            return message.skip();
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** Drops a section of the data frame under way, as no message will be read any more. */
    void drop(long deadline) throws IOException {
        try {
            arm(deadline);
            message.drop();
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** Reads the payload of the control frame under way. */
    byte[] control(long deadline) throws IOException {
        try {
            arm(deadline);
            return frames.control();
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** What the peer's Close frame says; nothing is read behind it. */
    ClosePayload close(byte[] payload) throws IOException {
        try {
            ClosePayload close = ClosePayload.decode(payload);
            over = true;
            return close;
        } catch (WebSocketProtocolException e) {
            throw fault(e);
        }
    }

    /** Notes what went wrong, and gives what the caller is to be told. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lease
    IOException fault(IOException e) {
        if (e instanceof SocketTimeoutException && !Thread.currentThread().isInterrupted()) {
            timeouts++;
            return timeout();
        }
        over = true;
        WebSocketException fault = Faults.of(e, "reading");
        if (fault instanceof WebSocketProtocolException protocol) {
            ending.fail(protocol);
            outbound.nudge();
            return protocol;
        }
        ending.broke(fault);
        return ending.exception();
    }

    /**
     * Sets how long the next read of the wire may wait. A peer that keeps sending what is no data, pings or empty
     * fragments, must not hold a read beyond its time: so the time is looked at also when there is no wait.
     */
    private void arm(long deadline) throws IOException {
        if (deadline == 0) {
            wire.readTimeout(0);
            return;
        }
        long left = deadline - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("the deadline has passed");
        }
        // Rounded up, as 0 would mean for ever.
        wire.readTimeout((int) Math.min(Duration.ofNanos(left + 999_999).toMillis(), Integer.MAX_VALUE));
    }
}
