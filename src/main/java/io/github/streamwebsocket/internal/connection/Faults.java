package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.WebSocketError;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketProtocolException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong below into what a caller gets. */
final class Faults {
    private Faults() {}

    /** What a broken read or write of the wire means. */
    static WebSocketException of(IOException e, String doing) {
        if (Thread.currentThread().isInterrupted()) { // the JDK closes the socket of an interrupted virtual thread
            return interrupted(doing, e);
        }
        if (e instanceof WebSocketException ours) {
            return ours;
        }
        WebErrorStatus status = WebSocketError.getStatus(e);
        if (status != WebErrorStatus.CONNECTION_RESET) {
            status = WebErrorStatus.CONNECTION_ABORTED;
        }
        return new WebSocketAbortedException(status, "the connection broke while " + doing + ": " + e.getMessage(), e);
    }

    static WebSocketException interrupted(String doing, @Nullable Throwable cause) {
        return new WebSocketAbortedException(
                WebErrorStatus.OPERATION_CANCELED,
                "the thread was interrupted while " + doing + ", which ended the connection",
                cause);
    }

    /** This side gave the connection up. */
    static WebSocketException aborted(String why) {
        return new WebSocketAbortedException(
                WebErrorStatus.OPERATION_CANCELED, "the connection was aborted: " + why, null);
    }

    /** A stream or message of an open connection was closed before. */
    static WebSocketException closed(String what) {
        int none = WebSocketClosedException.NO_CLOSE_FRAME;
        return new WebSocketClosedException(what, none, none, "", false, null);
    }

    /** The same fault for another caller: its own stack trace, and the first report as cause. */
    static WebSocketException again(WebSocketException first) {
        String message = String.valueOf(first.getMessage());
        return first instanceof WebSocketProtocolException protocol
                ? new WebSocketProtocolException(protocol.closeCode(), message, first)
                : new WebSocketAbortedException(first.status(), message, first);
    }
}
