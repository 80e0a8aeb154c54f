package io.github.streamwebsocket;

import java.util.HashMap;
import java.util.Map;

/**
 * Says why an operation failed, in the terms of {@code Windows.Web.WebErrorStatus}: a fault of the connection, of the
 * certificate, or the HTTP status with which a server refused the opening handshake.
 *
 * <p>Constants may be added, so a {@code switch} over them wants a {@code default}.
 *
 * @see WebSocketError#getStatus(Throwable)
 */
public enum WebErrorStatus {
    /** An error of no other kind. */
    UNKNOWN(0),
    /** The certificate does not name the host that was asked for. */
    CERTIFICATE_COMMON_NAME_IS_INCORRECT(1),
    /** A certificate of the chain has expired. */
    CERTIFICATE_EXPIRED(2),
    /** A certificate of the chain contains errors. */
    CERTIFICATE_CONTAINS_ERRORS(3),
    /** A certificate of the chain was revoked. */
    CERTIFICATE_REVOKED(4),
    /** The certificate is not valid, most often because no trusted authority vouches for it. */
    CERTIFICATE_IS_INVALID(5),
    /** No route leads to the server. */
    SERVER_UNREACHABLE(6),
    /** A time limit passed. */
    TIMEOUT(7),
    /** The server's answer is not valid HTTP, or not the answer RFC 6455 asks for. */
    ERROR_HTTP_INVALID_SERVER_RESPONSE(8),
    /** The connection ended without the close handshake. */
    CONNECTION_ABORTED(9),
    /** The peer reset the connection. */
    CONNECTION_RESET(10),
    /** The peer ended the session, or the socket is closed. */
    DISCONNECTED(11),
    /** A redirection would lead from plain to secure. */
    HTTP_TO_HTTPS_ON_REDIRECTION(12),
    /** A redirection would lead from secure to plain. */
    HTTPS_TO_HTTP_ON_REDIRECTION(13),
    /** No connection could be made. */
    CANNOT_CONNECT(14),
    /** The host name has no address. */
    HOST_NAME_NOT_RESOLVED(15),
    /** The operation was cancelled: aborted, or its thread interrupted. */
    OPERATION_CANCELED(16),
    /** A redirection failed. */
    REDIRECT_FAILED(17),
    /** The server answered with a status that has no constant and is no error of 4xx or 5xx. */
    UNEXPECTED_STATUS_CODE(18),
    /** The server answered with a redirection that was not expected. */
    UNEXPECTED_REDIRECTION(19),
    /** The server answered with a 4xx status that has no constant. */
    UNEXPECTED_CLIENT_ERROR(20),
    /** The server answered with a 5xx status that has no constant. */
    UNEXPECTED_SERVER_ERROR(21),
    /** The server does not support ranges as needed. */
    INSUFFICIENT_RANGE_SUPPORT(22),
    /** The server does not say the length of its content. */
    MISSING_CONTENT_LENGTH_SUPPORT(23),

    /** HTTP 300. */
    MULTIPLE_CHOICES(300),
    /** HTTP 301. */
    MOVED_PERMANENTLY(301),
    /** HTTP 302. */
    FOUND(302),
    /** HTTP 303. */
    SEE_OTHER(303),
    /** HTTP 304. */
    NOT_MODIFIED(304),
    /** HTTP 305. */
    USE_PROXY(305),
    /** HTTP 307. */
    TEMPORARY_REDIRECT(307),
    /** HTTP 400. */
    BAD_REQUEST(400),
    /** HTTP 401. */
    UNAUTHORIZED(401),
    /** HTTP 402. */
    PAYMENT_REQUIRED(402),
    /** HTTP 403. */
    FORBIDDEN(403),
    /** HTTP 404. */
    NOT_FOUND(404),
    /** HTTP 405. */
    METHOD_NOT_ALLOWED(405),
    /** HTTP 406. */
    NOT_ACCEPTABLE(406),
    /** HTTP 407. */
    PROXY_AUTHENTICATION_REQUIRED(407),
    /** HTTP 408. */
    REQUEST_TIMEOUT(408),
    /** HTTP 409. */
    CONFLICT(409),
    /** HTTP 410. */
    GONE(410),
    /** HTTP 411. */
    LENGTH_REQUIRED(411),
    /** HTTP 412. */
    PRECONDITION_FAILED(412),
    /** HTTP 413. */
    REQUEST_ENTITY_TOO_LARGE(413),
    /** HTTP 414. */
    REQUEST_URI_TOO_LONG(414),
    /** HTTP 415. */
    UNSUPPORTED_MEDIA_TYPE(415),
    /** HTTP 416. */
    REQUESTED_RANGE_NOT_SATISFIABLE(416),
    /** HTTP 417. */
    EXPECTATION_FAILED(417),
    /** HTTP 500. */
    INTERNAL_SERVER_ERROR(500),
    /** HTTP 501. */
    NOT_IMPLEMENTED(501),
    /** HTTP 502. */
    BAD_GATEWAY(502),
    /** HTTP 503. */
    SERVICE_UNAVAILABLE(503),
    /** HTTP 504. */
    GATEWAY_TIMEOUT(504),
    /** HTTP 505. */
    HTTP_VERSION_NOT_SUPPORTED(505);

    private static final Map<Integer, WebErrorStatus> BY_VALUE = new HashMap<>();

    static {
        for (WebErrorStatus status : values()) {
            BY_VALUE.put(status.value, status);
        }
    }

    private final int value;

    WebErrorStatus(int value) {
        this.value = value;
    }

    /**
     * Returns the number this constant has in the original enumeration; for HTTP statuses, the status code itself.
     *
     * @return the number
     */
    public int value() {
        return value;
    }

    /**
     * Returns the constant for an HTTP status code.
     *
     * @param statusCode the status code of an HTTP response
     * @return the constant of that number; without one, {@link #UNEXPECTED_CLIENT_ERROR} for 4xx, {@link
     *     #UNEXPECTED_SERVER_ERROR} for 5xx and {@link #UNEXPECTED_STATUS_CODE} for all others
     */
    public static WebErrorStatus ofHttpStatus(int statusCode) {
        WebErrorStatus exact = statusCode >= 300 ? BY_VALUE.get(statusCode) : null;
        if (exact != null) {
            return exact;
        }
        return switch (statusCode / 100) {
            case 4 -> UNEXPECTED_CLIENT_ERROR;
            case 5 -> UNEXPECTED_SERVER_ERROR;
            default -> UNEXPECTED_STATUS_CODE;
        };
    }
}
