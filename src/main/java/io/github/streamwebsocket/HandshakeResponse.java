package io.github.streamwebsocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a {@link HandshakeHandler} answers to a client: accepted, or refused with an HTTP status. Immutable. */
public final class HandshakeResponse {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final int status;
    private final Optional<String> protocol;
    private final Headers headers;
    private final String body;

    private HandshakeResponse(int status, Optional<String> protocol, Headers headers, String body) {
        this.status = status;
        this.protocol = protocol;
        this.headers = headers;
        this.body = body;
    }

    /**
     * Accepts the client with the subprotocol the listener would choose by itself: the first one the client offers that
     * is among the listener's supported protocols, or none.
     *
     * @return the answer
     */
    public static HandshakeResponse accept() {
        return new HandshakeResponse(SWITCHING_PROTOCOLS, Optional.empty(), Headers.EMPTY, "");
    }

    /**
     * Accepts the client with a subprotocol of the handler's choice.
     *
     * @param protocol one of {@link HandshakeRequest#supportedProtocols()} in the same case, or "" for none. Anything
     *     else is answered with status 500, and the mistake goes to {@link System.Logger}
     * @return the answer
     */
    public static HandshakeResponse accept(String protocol) {
        return new HandshakeResponse(
                SWITCHING_PROTOCOLS, Optional.of(Objects.requireNonNull(protocol, "protocol")), Headers.EMPTY, "");
    }

    /**
     * Refuses the client.
     *
     * @param status the HTTP status, 300 to 599
     * @param body text for the client, sent as {@code text/plain; charset=utf-8} unless a header says otherwise
     * @return the answer
     * @throws IllegalArgumentException if the status is out of range
     */
    public static HandshakeResponse refuse(int status, String body) {
        if (status < 300 || status > 599) {
            throw new IllegalArgumentException("expected an HTTP status from 300 to 599 but was " + status);
        }
        return new HandshakeResponse(status, Optional.empty(), Headers.EMPTY, Objects.requireNonNull(body, "body"));
    }

    /**
     * Returns the same answer with one more header.
     *
     * @param name a token (RFC 9110 5.6.2) and none that the handshake writes itself: {@code Connection}, {@code
     *     Upgrade}, {@code Content-Length}, {@code Transfer-Encoding}, {@code Host}, {@code Sec-WebSocket-...}.
     *     Anything else is answered with status 500, and the mistake goes to {@link System.Logger}
     * @param value printable characters of ISO-8859-1 and tabs
     * @return a new answer
     */
    public HandshakeResponse withHeader(String name, String value) {
        List<Headers.Field> fields = new ArrayList<>(headers.fields());
        fields.add(new Headers.Field(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value")));
        return new HandshakeResponse(status, protocol, Headers.of(fields), body);
    }

    /**
     * Tells whether the client is accepted.
     *
     * @return true when it is
     */
    public boolean accepted() {
        return status == SWITCHING_PROTOCOLS;
    }

    /**
     * Returns the HTTP status.
     *
     * @return 101 when the client is accepted
     */
    public int status() {
        return status;
    }

    /**
     * Returns the subprotocol the handler has chosen.
     *
     * @return the subprotocol, "" for none; empty when the choice is the listener's
     */
    public Optional<String> protocol() {
        return protocol;
    }

    /**
     * Returns the headers that were added.
     *
     * @return the headers
     */
    public Headers headers() {
        return headers;
    }

    /**
     * Returns the text for a client that is refused.
     *
     * @return the body, "" when the client is accepted
     */
    public String body() {
        return body;
    }
}
