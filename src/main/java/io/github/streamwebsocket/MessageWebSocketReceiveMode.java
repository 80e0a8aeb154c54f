package io.github.streamwebsocket;

/**
 * How much of a message a handler of {@code onMessageReceived} gets at a time, as in {@code
 * Windows.Networking.Sockets.MessageWebSocketReceiveMode}.
 */
public enum MessageWebSocketReceiveMode {
    /** Whole messages, which are collected in memory first. */
    FULL_MESSAGE(0),
    /** Sections of messages, as they come. */
    PARTIAL_MESSAGE(1);

    private final int value;

    MessageWebSocketReceiveMode(int value) {
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
