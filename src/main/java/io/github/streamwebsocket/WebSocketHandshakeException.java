package io.github.streamwebsocket;

import java.util.Objects;

/**
 * The server's answer to the opening request was no valid acceptance: a status other than 101, or a 101 whose headers
 * break RFC 6455 4.1. Carries what the server said.
 */
public class WebSocketHandshakeException extends WebSocketException {
    private static final long serialVersionUID = 1L;

    /** The HTTP status code. */
    private final int statusCode;

    /** The headers, which are not part of the serial form. */
    private final transient Headers headers;

    /** The start of the body. */
    private final byte[] body;

    /**
     * Made by the library; its parameters may change in any release.
     *
     * @param status the kind of fault
     * @param message what was expected and what came
     * @param statusCode the HTTP status code, 0 when there was no readable one
     * @param headers the headers of the response
     * @param body the start of the body, not copied
     */
    public WebSocketHandshakeException(
            WebErrorStatus status, String message, int statusCode, Headers headers, byte[] body) {
        super(status, message, null);
        this.statusCode = statusCode;
        this.headers = Objects.requireNonNull(headers, "headers");
        this.body = Objects.requireNonNull(body, "body");
    }

    /**
     * Returns the HTTP status code of the response.
     *
     * @return the status code; 0 when the response had no readable status line
     */
    public int statusCode() {
        return statusCode;
    }

    /**
     * Returns the headers of the response.
     *
     * @return the headers; empty when they could not be read
     */
    @SuppressWarnings("ConstantValue") // null after deserialization, for Headers is not serializable
    public Headers headers() {
        return headers == null ? Headers.EMPTY : headers;
    }

    /**
     * Returns the start of the response's body.
     *
     * @return a copy of the first 8 KiB at the most; empty when there was no body
     */
    public byte[] body() {
        return body.clone();
    }
}
