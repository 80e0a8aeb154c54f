package io.github.streamwebsocket;

/**
 * No data came within the read timeout. The connection is as it was: no byte is lost, and the next read goes on where
 * this one stopped.
 */
public class WebSocketTimeoutException extends WebSocketException {
    private static final long serialVersionUID = 1L;

    /**
     * Made by the library; its parameters may change in any release.
     *
     * @param message what was waited for, and how long
     */
    public WebSocketTimeoutException(String message) {
        super(WebErrorStatus.TIMEOUT, message, null);
    }
}
