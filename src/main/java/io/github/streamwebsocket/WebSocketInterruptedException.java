package io.github.streamwebsocket;

import org.jspecify.annotations.Nullable;

/**
 * The thread was interrupted while it waited for its turn: for the right to send, or for a client to accept. Nothing was
 * sent or taken, and the connection or listener is as it was. The thread's interrupt status stays set.
 */
public class WebSocketInterruptedException extends WebSocketException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the library; its parameters may change in any release.
     *
     * @param message what was waited for
     * @param cause the interruption, or null
     */
    public WebSocketInterruptedException(String message, @Nullable Throwable cause) {
        super(WebErrorStatus.OPERATION_CANCELED, message, cause);
    }
}
