package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.connection.Connection;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The server's end of a connection for whole messages, of text or bytes, from {@link
 * WebSocketListener#acceptMessages()}; open when it is had. Messages come from {@link #receive()}, or to handlers of
 * {@link #onMessageReceived}. As {@code Windows.Networking.Sockets.ServerMessageWebSocket}.
 *
 * {@snippet :
 * try (socket) {
 *     for (IncomingMessage question = socket.receive(); question != null; question = socket.receive()) {
 *         if (question.type() == SocketMessageType.BINARY) {
 *             socket.close(1003, "text only");
 *             return;
 *         }
 *         socket.sendText(answer(question.readAllText()));
 *     }
 * }
 * }
 *
 * <p>Which types come is up to the client: {@link IncomingMessage#readAllText()} of a binary message throws {@link
 * IllegalStateException}.
 */
public final class ServerMessageWebSocket extends ConnectedMessageWebSocket {
    private final ServerMessageWebSocketInformation information;
    private final ServerMessageWebSocketControl control;
    private final Connection connection;

    ServerMessageWebSocket(ServerEnd end) {
        super(end);
        connection = end.connection();
        information = new ServerMessageWebSocketInformation(end.established());
        control = new ServerMessageWebSocketControl(connection, end.maxMessageSize(), events::started);
    }

    /**
     * Returns the settings of this socket's messages.
     *
     * @return the same object each time
     */
    public ServerMessageWebSocketControl control() {
        return control;
    }

    @Override
    public ServerMessageWebSocketInformation information() {
        return information;
    }

    /**
     * Adds a handler for incoming messages. The first one starts the events: from then on all messages go to handlers, and
     * {@link #receive()} throws {@link IllegalStateException}. Otherwise as {@link
     * MessageWebSocket#onMessageReceived(Consumer)}; a handler that is added later gets the messages that come then.
     *
     * @param handler is given each message, or each section of one
     * @return removes the handler when closed
     * @throws IllegalStateException if {@link #receive()} is in use
     */
    public Registration onMessageReceived(Consumer<? super MessageWebSocketMessageReceivedEventArgs> handler) {
        Objects.requireNonNull(handler, "handler");
        events.take(connection);
        Registration registration = events.add(handler);
        events.start(control.receiveMode());
        return registration;
    }

    @Override
    SocketMessageType sendType() {
        return control.messageType();
    }
}
