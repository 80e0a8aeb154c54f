package io.github.streamwebsocket.jmh.peer;

import java.io.IOException;

/** A client has done what it must not; a benchmark with such a client is worth nothing. */
final class ProtocolError extends IOException {
    private static final long serialVersionUID = 1;

    ProtocolError(String message) {
        super(message);
    }
}
