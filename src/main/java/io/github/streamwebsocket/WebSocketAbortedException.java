package io.github.streamwebsocket;

import org.jspecify.annotations.Nullable;

/**
 * The connection ended without a close handshake: TCP or TLS broke, the peer went silent, a time limit of writing or
 * keep-alive passed, {@code abort()} was called, or the thread was interrupted. Data under way in either direction may
 * be lost.
 */
public class WebSocketAbortedException extends WebSocketException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the library; its parameters may change in any release.
     *
     * @param status the kind of fault
     * @param message what was expected and what happened
     * @param cause the fault below, or null
     */
    public WebSocketAbortedException(WebErrorStatus status, String message, @Nullable Throwable cause) {
        super(status, message, cause);
    }
}
