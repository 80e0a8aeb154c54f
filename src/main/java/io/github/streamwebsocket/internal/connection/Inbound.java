package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.internal.message.MessageReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The way in: moves from data to data, and deals with the control frames between. Writes no frame, only notes what is
 * owed. Every method but those said to be for any thread is for the holder of the lease.
 */
final class Inbound {
    private static final int UNACCEPTABLE_DATA = 1003;

    private final PeerFrames frames;
    private final MessageReader message;
    private final Ending ending;
    private final Outbound outbound;
    private final Lease lease = new Lease();

    /** The type of a message that has begun and that nobody has taken. */
    private @Nullable Opcode waiting;
    /** Something of the message that was taken last was dropped: it has no end any more. */
    private boolean cut;
    /** A control frame whose payload is still to be read, as a timeout came between. */
    private @Nullable Opcode control;
    /** The application wants no more data. */
    private volatile boolean dropping;
    /** Text messages are taken. */
    private volatile boolean text;

    /**
     * Makes the way in of a connection.
     *
     * @param text whether text messages are taken
     */
    Inbound(PeerFrames frames, boolean text, Ending ending, Outbound outbound) {
        this.frames = frames;
        this.text = text;
        this.message = frames.message();
        this.ending = ending;
        this.outbound = outbound;
    }

    /** The right to call the rest. For any thread. */
    Lease lease() {
        return lease;
    }

    /** From now on all data is dropped, up to the peer's Close. For any thread. */
    void drop() {
        dropping = true;
    }

    /** From now on a text message fails the connection. For any thread. */
    void refuseText() {
        text = false;
    }

    /** Whether data stands in the way of reading on, as nobody has taken it. */
    boolean dataWaiting() {
        return !discarding() && (waiting != null || dataUnderWay());
    }

    /** Whether nothing more will be read. */
    boolean over() {
        return frames.over();
    }

    /** Whether the next byte of the wire begins a frame. */
    boolean betweenFrames() {
        return control == null && frames.remaining() == 0;
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
            SocketMessageType type = waiting == Opcode.TEXT ? SocketMessageType.UTF8 : SocketMessageType.BINARY;
            checkType(type);
            waiting = null;
            cut = false;
            return type;
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
                int count = frames.read(buffer, offset, length, deadline);
                if (count > 0) {
                    return count;
                }
            } else if (frames.over() || !advance(deadline)) {
                throw truncated();
            }
        }
        if (cut) {
            throw truncated();
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
                int count = frames.skip(deadline);
                if (count > 0) {
                    return count;
                }
            } else if (frames.over() || !advance(deadline)) {
                throw truncated();
            }
        }
        return -1;
    }

    /** Whether all of the message that was taken last was read. */
    boolean atEnd() {
        return !underWay() && !cut;
    }

    /** How many bytes of the message under way can be read without waiting. */
    int available() {
        return underWay() ? availableOfAny() : 0;
    }

    /** How many bytes can be read without waiting, whichever message they belong to. */
    int availableOfAny() {
        return control == null && !discarding() ? message.available() : 0;
    }

    /** Whether the message that was taken last goes on. When the next one waits, the keeper has read on behind its end. */
    private boolean underWay() {
        return message.inside() && waiting == null;
    }

    /** Whether what is left of the frame under way is data: a timeout may have come inside a control frame's payload. */
    private boolean dataUnderWay() {
        return control == null && message.underWay();
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
        while (!frames.over()) {
            if (step(deadline)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads on by one thing: a header, a control frame's payload, or a section that is dropped.
     *
     * @return whether it was the header of a data frame that is wanted
     */
    boolean step(long deadline) throws IOException {
        if (control != null) {
            takeControl(control, deadline);
        } else if (frames.remaining() > 0) {
            lose();
            frames.drop(deadline);
        } else {
            Opcode opcode = frames.next(deadline);
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
        return false;
    }

    private void lose() {
        cut |= underWay();
        if (ending.discarding()) {
            ending.dataLost();
        }
    }

    private void begin(Opcode opcode) throws IOException {
        if (discarding()) {
            message.frameToDrop();
        } else {
            checkType(opcode == Opcode.TEXT ? SocketMessageType.UTF8 : SocketMessageType.BINARY);
            frames.begin(opcode);
        }
        if (opcode != Opcode.CONTINUATION) {
            waiting = opcode;
        }
    }

    private void checkType(SocketMessageType type) throws IOException {
        if (type == SocketMessageType.UTF8 && !text) {
            throw frames.fault(new WebSocketProtocolException(
                    UNACCEPTABLE_DATA,
                    "expected a binary message but was a text message: use MessageWebSocket for text",
                    null));
        }
    }

    private void takeControl(Opcode opcode, long deadline) throws IOException {
        byte[] payload = frames.control(deadline);
        control = null;
        switch (opcode) {
            case PING -> outbound.owePong(payload);
            case CLOSE -> {
                ending.received(frames.close(payload));
                outbound.nudge();
            }
            default -> {
                // A Pong proves the peer alive like any other byte, and asks for nothing (RFC 6455 5.5.3).
            }
        }
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
