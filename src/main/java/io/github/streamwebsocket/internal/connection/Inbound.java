package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.SocketMessageType;
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
import org.jspecify.annotations.Nullable;

/**
 * The way in: moves from data to data, and deals with the control frames between. Writes no frame, only notes what is
 * owed. Every method but those said to be for any thread is for the holder of the lease.
 */
final class Inbound {
    private static final int UNACCEPTABLE_DATA = 1003;

    private final Wire wire;
    private final FrameReader frames;
    private final MessageReader message;
    private final Ending ending;
    private final Outbound outbound;
    private final Duration readTimeout;
    private final Lease lease = new Lease();

    /** The type of a message that has begun and that nobody has taken yet. */
    private @Nullable Opcode waiting;
    /** A control frame whose payload is still to be read, as a timeout came between. */
    private @Nullable Opcode control;
    /** The application wants no more data. */
    private volatile boolean dropping;
    /** Nothing more is to be read: the peer's Close has come, or the connection failed. */
    private boolean over;

    Inbound(Wire wire, FrameReader frames, Ending ending, Outbound outbound, Duration readTimeout) {
        this.wire = wire;
        this.frames = frames;
        this.message = new MessageReader(frames);
        this.ending = ending;
        this.outbound = outbound;
        this.readTimeout = readTimeout;
    }

    /** The right to call the rest. For any thread. */
    Lease lease() {
        return lease;
    }

    /** When a read that starts now must have ended, in nanoseconds of System.nanoTime; 0 for never. For any thread. */
    long deadline() {
        return readTimeout.isZero() ? 0 : System.nanoTime() + readTimeout.toNanos() | 1;
    }

    /** How many bytes have come. For any thread. */
    long received() {
        return frames.received();
    }

    /** From now on all data is dropped, up to the peer's Close. For any thread. */
    void drop() {
        dropping = true;
    }

    /** Whether data stands in the way of reading on, as nobody has taken it. */
    boolean dataWaiting() {
        return !discarding() && (waiting != null || dataUnderWay());
    }

    /** Whether nothing more will be read. */
    boolean over() {
        return over;
    }

    /** Reads on to the next data frame or the end, with no data under way, as nobody else does. */
    void readAhead() throws IOException {
        frames.quiet();
        advance(0);
    }

    /** Drops everything up to the peer's Close. */
    void dropToClose() throws IOException {
        advance(0);
    }

    /**
     * Waits for a message to begin, and takes it.
     *
     * @param deadline when the wait ends, in nanoseconds of System.nanoTime; 0 for never
     * @return its type, null at the end of all messages in good order
     */
    @Nullable
    SocketMessageType nextMessage(long deadline) throws IOException {
        boolean taken = waiting != null && !discarding();
        if (!ending.failed() && (taken || advance(deadline))) {
            waiting = null;
            return SocketMessageType.BINARY;
        }
        if (message.inside()) {
            throw truncated();
        }
        ending.checkCleanEnd();
        return null;
    }

    /** Reads a section of the message under way. Returns at least 1; -1 at the true end of the message. */
    int read(byte[] buffer, int offset, int length, long deadline) throws IOException {
        while (underWay()) {
            if (ending.discarding() || ending.failed()) {
                throw truncated();
            }
            if (dataUnderWay()) {
                return section(buffer, offset, length, deadline);
            }
            if (over || !advance(deadline)) {
                throw truncated();
            }
        }
        return -1;
    }

    /** Drops a section of the message under way. Returns at least 1; -1 at the end of the message. */
    int skip(long deadline) throws IOException {
        while (underWay()) {
            if (ending.discarding() || ending.failed()) {
                throw truncated();
            }
            if (dataUnderWay()) {
                return skipSection(deadline);
            }
            if (over || !advance(deadline)) {
                throw truncated();
            }
        }
        return -1;
    }

    /** How many bytes of the message under way can be read without waiting. */
    int available() {
        return control == null && !discarding() ? frames.available() : 0;
    }

    /** Whether the message that was taken last goes on. When the next one waits, the keeper has read on behind its end. */
    private boolean underWay() {
        return message.inside() && waiting == null;
    }

    /** Whether what is left of the frame under way is data: a timeout may have come inside a control frame's payload. */
    private boolean dataUnderWay() {
        return control == null && frames.remaining() > 0;
    }

    private boolean discarding() {
        return dropping || ending.discarding();
    }

    /**
     * Reads on to the next data frame. What is left of a frame under way is dropped: callers see to it that there is
     * something left only when data is to be dropped.
     *
     * @return false at the peer's Close
     */
    private boolean advance(long deadline) throws IOException {
        while (!over) {
            if (discarding()) {
                waiting = null;
            }
            if (control != null) {
                takeControl(control, deadline);
            } else if (frames.remaining() > 0) {
                lose();
                skipSection(deadline);
            } else {
                Opcode opcode = nextFrame(deadline);
                if (opcode.control()) {
                    control = opcode;
                } else {
                    begin(opcode);
                    if (!discarding()) {
                        return true;
                    }
                    lose();
                }
            }
        }
        return false;
    }

    private void lose() {
        if (ending.discarding()) {
            ending.dataLost();
        }
    }

    private void begin(Opcode opcode) throws IOException {
        if (opcode == Opcode.TEXT && !discarding()) {
            throw fault(new WebSocketProtocolException(
                    UNACCEPTABLE_DATA,
                    "expected a binary message but was a text message: use MessageWebSocket for text",
                    null));
        }
        message.frame();
        if (opcode != Opcode.CONTINUATION) {
            waiting = opcode;
        }
    }

    private void takeControl(Opcode opcode, long deadline) throws IOException {
        byte[] payload;
        try {
            arm(deadline);
            payload = frames.control();
            control = null;
            switch (opcode) {
                case PING -> outbound.owePong(payload);
                case CLOSE -> {
                    ClosePayload close = ClosePayload.decode(payload);
                    over = true;
                    ending.received(close);
                    outbound.nudge();
                }
                default -> {
                    // A Pong proves the peer alive like any other byte, and asks for nothing (RFC 6455 5.5.3).
                }
            }
        } catch (IOException e) {
            throw fault(e);
        }
    }

    private Opcode nextFrame(long deadline) throws IOException {
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

    private int section(byte[] buffer, int offset, int length, long deadline) throws IOException {
        try {
            arm(deadline);
            return message.read(buffer, offset, length);
        } catch (IOException e) {
            throw fault(e);
        }
    }

    private int skipSection(long deadline) throws IOException {
        try {
            arm(deadline);
            return message.skip();
        } catch (IOException e) {
            throw fault(e);
        }
    }

    /** Sets how long the next read of the wire may wait. */
    private void arm(long deadline) throws IOException {
        wire.readTimeout(deadline == 0 ? 0 : millisUntil(deadline));
    }

    /** The time that is left, rounded up, at least 1: 0 would mean for ever. */
    private static int millisUntil(long deadline) {
        long millis = Duration.ofNanos(deadline - System.nanoTime() + 999_999).toMillis();
        return (int) Math.max(1, Math.min(millis, Integer.MAX_VALUE));
    }

    private IOException fault(IOException e) {
        if (e instanceof SocketTimeoutException && !Thread.currentThread().isInterrupted()) {
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

    /** What a read is told that waited its time. For any thread. */
    WebSocketTimeoutException timeout() {
        return new WebSocketTimeoutException(
                "expected data within the read timeout of " + readTimeout.toMillis() + " ms but none came");
    }

    private WebSocketException truncated() {
        WebSocketException cause = ending.exception();
        if (ending.failed()) {
            return cause;
        }
        return new WebSocketAbortedException(
                WebErrorStatus.CONNECTION_ABORTED, "expected the rest of a message but " + cause.getMessage(), cause);
    }
}
