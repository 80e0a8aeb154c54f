package io.github.streamwebsocket;

/** The type of a WebSocket message (RFC 6455 5.6), as in {@code Windows.Networking.Sockets.SocketMessageType}. */
public enum SocketMessageType {
    /** The payload is bytes; opcode 2. */
    BINARY(0),
    /** The payload is text in UTF-8; opcode 1. */
    UTF8(1);

    private final int value;

    SocketMessageType(int value) {
        this.value = value;
    }

    /**
     * Returns the number this constant has in the original enumeration.
     *
     * @return the number
     */
    public int value() {
        return value;
    }
}
