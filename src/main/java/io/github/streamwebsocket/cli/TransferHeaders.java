package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.HandshakeRequest;
import java.util.Map;

/**
 * What {@code send} and {@code receive} say in the opening handshake, so that a server knows which of both it has before it,
 * and what {@code serve --files} answers. All are optional: each command works with servers and clients that know none.
 */
final class TransferHeaders {
    private static final String OCTETS = "application/octet-stream";

    /** The request header of a client that has one message to send. */
    static final Map<String, String> SENDER = Map.of("Content-Type", OCTETS);

    /** The request header of a client that wants one message. */
    static final Map<String, String> RECEIVER = Map.of("Accept", OCTETS);

    /**
     * The response header by which a server promises: it closes with 1000 after the message is stored under its name, and
     * with another code and a reason if it cannot be. So a sender waits for that Close.
     */
    static final String RECEIPT = "Stream-Receipt";

    /** The only value of {@link #RECEIPT}. */
    static final String RECEIPT_BY_CLOSE = "close";

    /** The response header that tells a receiver how many bytes are to come; a hint for its progress bar only. */
    static final String LENGTH = "Stream-Length";

    private TransferHeaders() {}

    static boolean isSender(HandshakeRequest request) {
        return has(request, "Content-Type");
    }

    static boolean isReceiver(HandshakeRequest request) {
        return has(request, "Accept");
    }

    private static boolean has(HandshakeRequest request, String name) {
        return request.headers().first(name).filter(OCTETS::equalsIgnoreCase).isPresent();
    }
}
