package io.github.streamwebsocket;

import org.jspecify.annotations.Nullable;

/**
 * No connection could be made: the name has no address, nobody listens, TLS failed, the connect timeout passed, or the
 * attempt was cancelled. The socket may be configured anew and {@code connect} called again, unless it was aborted or
 * closed.
 */
public class WebSocketConnectException extends WebSocketException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the library; its parameters may change in any release.
     *
     * @param status the kind of fault
     * @param message what was tried and what happened
     * @param cause the fault below, or null
     */
    public WebSocketConnectException(WebErrorStatus status, String message, @Nullable Throwable cause) {
        super(status, message, cause);
    }
}
