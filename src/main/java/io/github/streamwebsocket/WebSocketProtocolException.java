package io.github.streamwebsocket;

import org.jspecify.annotations.Nullable;

/**
 * The peer broke the WebSocket protocol, or sent what this kind of socket does not take. The connection is failed: a
 * Close frame with {@link #closeCode()} goes to the peer, and nothing more is read (RFC 6455 7.1.7).
 */
public class WebSocketProtocolException extends WebSocketException {
    private static final long serialVersionUID = 1L;

    /** The status code that the peer is sent. */
    private final int closeCode;

    /**
     * Made by the library; its parameters may change in any release.
     *
     * @param closeCode the status code that the peer is sent
     * @param message what was expected and what came
     * @param cause the first report of the same fault, or null
     */
    public WebSocketProtocolException(int closeCode, String message, @Nullable Throwable cause) {
        super(WebErrorStatus.CONNECTION_ABORTED, message, cause);
        this.closeCode = closeCode;
    }

    /**
     * Returns the status code that the peer is sent in the Close frame.
     *
     * @return 1002 for a breach of the protocol, 1003 for data of a type not taken, 1007 for malformed data, 1009 for
     *     data too large (RFC 6455 7.4.1)
     */
    public int closeCode() {
        return closeCode;
    }
}
