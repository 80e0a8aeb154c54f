package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.WebSocketError;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.PeerText;
import io.github.streamwebsocket.internal.frame.ClosePayload;
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

    /** What ends a connection whose own threads cannot go on: the memory is exhausted, or there is a defect in here. */
    static WebSocketException failed(String doing, Throwable cause) {
        return new WebSocketAbortedException(
                WebErrorStatus.UNKNOWN, "the connection was given up, as " + doing + " failed: " + cause, cause);
    }

    /** This side gave the connection up. */
    static WebSocketException aborted(String why) {
        return new WebSocketAbortedException(
                WebErrorStatus.OPERATION_CANCELED, "the connection was aborted: " + why, null);
    }

    /** A stream or message is used after its own end, which says nothing about the connection. */
    static IOException ended(String what, String how) {
        return new IOException("expected an open " + what + " but it was " + how);
    }

    /** The connection was closed by Close frames; not both need have come. */
    static WebSocketException closed(@Nullable ClosePayload local, @Nullable ClosePayload remote, boolean remoteFirst) {
        return new WebSocketClosedException(
                describe(local, remote, remoteFirst),
                local == null ? WebSocketClosedException.NO_CLOSE_FRAME : local.code(),
                remote == null ? WebSocketClosedException.NO_CLOSE_FRAME : remote.code(),
                remote == null ? "" : remote.reason(),
                remoteFirst,
                null);
    }

    private static String describe(@Nullable ClosePayload local, @Nullable ClosePayload remote, boolean remoteFirst) {
        if (remote != null && remoteFirst) {
            return "the peer closed the connection with " + describe(remote);
        }
        String ours = "this side closed the connection with " + (local == null ? "no code" : describe(local));
        return remote == null ? ours : ours + ", and the peer answered with " + describe(remote);
    }

    private static String describe(ClosePayload payload) {
        String code = payload.code() == ClosePayload.NO_CODE ? "no code" : "code " + payload.code();
        return payload.reason().isEmpty() ? code : code + " " + PeerText.quote(payload.reason());
    }

    /** The same fault for another caller, with a stack trace of its own. The first one is no cause: it says the same. */
    static WebSocketException again(WebSocketException first) {
        String message = String.valueOf(first.getMessage());
        return first instanceof WebSocketProtocolException protocol
                ? new WebSocketProtocolException(protocol.closeCode(), message, first.getCause())
                : new WebSocketAbortedException(first.status(), message, first.getCause());
    }
}
