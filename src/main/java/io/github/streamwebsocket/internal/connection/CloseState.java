package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.internal.frame.ClosePayload;
import org.jspecify.annotations.Nullable;

/**
 * Which Close frames were wanted, sent and received (RFC 6455 7.1). Pure; guarded by the state lock of {@link Ending}.
 */
final class CloseState {
    private @Nullable ClosePayload local;
    private @Nullable ClosePayload remote;
    private boolean remoteFirst;
    private boolean sent;
    private boolean endsAlone;

    /**
     * This side wants to close.
     *
     * @return false if a Close was wanted before; that one stands
     */
    boolean want(ClosePayload payload) {
        if (local != null) {
            return false;
        }
        local = payload;
        return true;
    }

    /** This side fails the connection: nothing is expected of the peer once our Close is sent (RFC 6455 7.1.7). */
    void endAlone() {
        endsAlone = true;
    }

    /** The peer's Close has come. If this side has sent none it owes one with the same code (RFC 6455 5.5.1). */
    void received(ClosePayload payload) {
        remote = payload;
        remoteFirst = want(new ClosePayload(payload.code(), ""));
    }

    /** Our Close frame is on the wire; it is the last frame there. */
    void sent() {
        sent = true;
    }

    /** The Close frame that is still to be sent, null if there is none. */
    @Nullable
    ClosePayload owed() {
        return sent ? null : local;
    }

    /** Whether all was said: TCP can end. */
    boolean finished() {
        return sent && (remote != null || endsAlone);
    }

    @Nullable
    ClosePayload local() {
        return local;
    }

    @Nullable
    ClosePayload remote() {
        return remote;
    }

    boolean remoteFirst() {
        return remoteFirst;
    }
}
