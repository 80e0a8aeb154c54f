package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.HandshakeResponse;

/** A client's opening request is refused, for the reason in the message. Does not leave the library. */
public final class RefusedRequestException extends Exception {
    private final transient HandshakeResponse answer;

    /**
     * @param message what was expected and what came, for our log
     * @param answer what the client is told
     */
    RefusedRequestException(String message, HandshakeResponse answer) {
        super(message);
        this.answer = answer;
    }

    /** Refuses with the same text for the client: it says only what the client itself sent. */
    static RefusedRequestException of(int status, String message) {
        return new RefusedRequestException(message, HandshakeResponse.refuse(status, message + "\n"));
    }

    /** Returns what the client is told. */
    public HandshakeResponse answer() {
        return answer;
    }
}
