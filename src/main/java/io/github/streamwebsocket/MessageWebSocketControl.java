package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.Limits;
import io.github.streamwebsocket.internal.connection.Connection;
import java.util.Objects;

/**
 * The settings of a {@link MessageWebSocket}: those that every client's connection has, and those of its messages. As
 * {@code Windows.Networking.Sockets.MessageWebSocketControl}.
 */
public final class MessageWebSocketControl extends WebSocketControl<MessageWebSocketControl> {
    private long maxMessageSize = Long.MAX_VALUE;
    private MessageWebSocketReceiveMode receiveMode = MessageWebSocketReceiveMode.FULL_MESSAGE;
    private volatile SocketMessageType messageType = SocketMessageType.BINARY;

    /**
     * Makes the settings of a socket.
     *
     * @param checkConfigurable throws IllegalStateException when the settings must not be changed
     */
    MessageWebSocketControl(Runnable checkConfigurable) {
        super(checkConfigurable);
    }

    @Override
    void opened(Connection connection, ConnectionSettings inForce) {
        super.opened(connection, inForce);
        connection.maxMessageSize(maxMessageSize);
    }

    /**
     * Returns how large an incoming message may be.
     *
     * @return payload bytes, after decompression; {@link Long#MAX_VALUE}, the default, for no limit
     */
    public long maxMessageSize() {
        return maxMessageSize;
    }

    /**
     * Sets how large an incoming message may be, however it is received. One above it fails the connection with 1009, as
     * soon as it is known to be larger. Set it where messages are collected in memory and the server is not trusted.
     *
     * @param value payload bytes, after decompression, at least 1; {@link Long#MAX_VALUE} for no limit
     * @return this
     * @throws IllegalArgumentException if it is less
     */
    public MessageWebSocketControl maxMessageSize(long value) {
        checkConfigurable.run();
        maxMessageSize = Limits.maxMessageSize(value);
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
     * Sets the type of the messages that are sent, for all ways to send that do not name it. May be changed at any time,
     * by any thread; applies to the next message that is begun.
     *
     * @param value the type
     * @return this
     */
    public MessageWebSocketControl messageType(SocketMessageType value) {
        messageType = Objects.requireNonNull(value, "value");
        return this;
    }

    /**
     * Returns how much of a message the handlers of {@link MessageWebSocket#onMessageReceived} get at a time.
     *
     * @return {@link MessageWebSocketReceiveMode#FULL_MESSAGE} by default
     */
    public MessageWebSocketReceiveMode receiveMode() {
        return receiveMode;
    }

    /**
     * Sets how much of a message the handlers of {@link MessageWebSocket#onMessageReceived} get at a time.
     *
     * @param value whole messages, or sections as they come
     * @return this
     */
    public MessageWebSocketControl receiveMode(MessageWebSocketReceiveMode value) {
        checkConfigurable.run();
        receiveMode = Objects.requireNonNull(value, "value");
        return this;
    }

    @Override
    MessageWebSocketControl self() {
        return this;
    }
}
