package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.Limits;
import io.github.streamwebsocket.internal.connection.Connection;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * The settings of a {@link ServerMessageWebSocket} that concern its messages; those of its connection are in {@link
 * WebSocketListenerOptions}. For any thread. As {@code Windows.Networking.Sockets.ServerMessageWebSocketControl}.
 */
public final class ServerMessageWebSocketControl {
    private final Connection connection;
    private final BooleanSupplier eventsStarted;
    private volatile long maxMessageSize;
    private volatile MessageWebSocketReceiveMode receiveMode = MessageWebSocketReceiveMode.FULL_MESSAGE;
    private volatile SocketMessageType messageType = SocketMessageType.BINARY;

    /**
     * Makes the settings of an open connection.
     *
     * @param maxMessageSize the limit it has
     * @param eventsStarted whether messages are being read for handlers
     */
    ServerMessageWebSocketControl(Connection connection, long maxMessageSize, BooleanSupplier eventsStarted) {
        this.connection = connection;
        this.maxMessageSize = maxMessageSize;
        this.eventsStarted = eventsStarted;
    }

    /**
     * Returns how large an incoming message may be.
     *
     * @return payload bytes, after decompression; {@link WebSocketListenerOptions#maxMessageSize()} by default
     */
    public long maxMessageSize() {
        return maxMessageSize;
    }

    /**
     * Sets how large an incoming message may be, however it is received. One above it fails the connection with 1009, as
     * soon as it is known to be larger. May be changed at any time; counts from the next frame that comes.
     *
     * @param value payload bytes, after decompression, at least 1; {@link Long#MAX_VALUE} for no limit
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public ServerMessageWebSocketControl maxMessageSize(long value) {
        maxMessageSize = Limits.maxMessageSize(value);
        connection.maxMessageSize(value);
        return this;
    }

    /**
     * Returns the type of the messages that are sent.
     *
     * @return {@link SocketMessageType#BINARY} by default
     */
    public SocketMessageType messageType() {
        return messageType;
    }

    /**
     * Sets the type of the messages that are sent, for all ways to send that do not name it. May be changed at any time;
     * applies to the next message that is begun.
     *
     * @param value the type
     * @return this
     */
    public ServerMessageWebSocketControl messageType(SocketMessageType value) {
        messageType = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * Returns how much of a message the handlers of {@link ServerMessageWebSocket#onMessageReceived} get at a time.
     *
     * @return {@link MessageWebSocketReceiveMode#FULL_MESSAGE} by default
     */
    public MessageWebSocketReceiveMode receiveMode() {
        return receiveMode;
    }

    /**
     * Sets how much of a message the handlers of {@link ServerMessageWebSocket#onMessageReceived} get at a time.
     *
     * @param value whole messages, or sections as they come
     * @return this
     * @throws IllegalStateException if a handler was registered before
     */
    public ServerMessageWebSocketControl receiveMode(MessageWebSocketReceiveMode value) {
        if (eventsStarted.getAsBoolean()) {
            throw new IllegalStateException(
                    "expected receiveMode to be set before the first onMessageReceived but messages are being read");
        }
        receiveMode = Objects.requireNonNull(value, "value");
        return this;
    }
}
