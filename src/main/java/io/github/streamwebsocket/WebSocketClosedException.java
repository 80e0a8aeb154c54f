package io.github.streamwebsocket;

import org.jspecify.annotations.Nullable;

/**
 * The connection is closed, by the close handshake or by a call on this side, and the operation can no longer be done.
 * Carries both sides' close codes.
 */
public class WebSocketClosedException extends WebSocketException {
    private static final long serialVersionUID = 1L;

    /** What {@link #localCode()} and {@link #remoteCode()} give when that side sent no Close frame. */
    public static final int NO_CLOSE_FRAME = 1006;

    /** The code of our Close frame. */
    private final int localCode;

    /** The code of the peer's Close frame. */
    private final int remoteCode;

    /** The reason of the peer's Close frame. */
    private final String remoteReason;

    /** Whether the peer closed first. */
    private final boolean remoteFirst;

    /**
     * Made by the library; its parameters may change in any release.
     *
     * @param message what was tried and why it cannot be done
     * @param localCode the code of our Close frame
     * @param remoteCode the code of the peer's Close frame
     * @param remoteReason the reason of the peer's Close frame
     * @param remoteFirst whether the peer's Close frame came before ours was asked for
     * @param cause what led to it, or null
     */
    public WebSocketClosedException(
            String message,
            int localCode,
            int remoteCode,
            String remoteReason,
            boolean remoteFirst,
            @Nullable Throwable cause) {
        super(WebErrorStatus.DISCONNECTED, message, cause);
        this.localCode = localCode;
        this.remoteCode = remoteCode;
        this.remoteReason = remoteReason;
        this.remoteFirst = remoteFirst;
    }

    /**
     * Returns the status code this side's Close frame has.
     *
     * @return the code; 1005 when the frame has none, {@link #NO_CLOSE_FRAME} when no Close frame was sent or owed
     */
    public int localCode() {
        return localCode;
    }

    /**
     * Returns the status code the peer's Close frame had.
     *
     * @return the code; 1005 when the frame had none, {@link #NO_CLOSE_FRAME} when none has come
     */
    public int remoteCode() {
        return remoteCode;
    }

    /**
     * Returns the reason the peer's Close frame had.
     *
     * @return the reason, "" when it had none or none has come
     */
    public String remoteReason() {
        return remoteReason;
    }

    /**
     * Tells who closed first.
     *
     * @return true when the peer's Close frame came before this side wanted to close
     */
    public boolean closedByRemoteFirst() {
        return remoteFirst;
    }
}
