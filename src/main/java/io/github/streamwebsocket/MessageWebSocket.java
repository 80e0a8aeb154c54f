package io.github.streamwebsocket;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * A WebSocket client for whole messages, and the only one for text: {@code Windows.Networking.Sockets.MessageWebSocket}
 * for Java. Messages come from {@link #receive()}, or to handlers of {@link #onMessageReceived}, which decide that before
 * {@code connect}.
 *
 * {@snippet :
 * try (MessageWebSocket socket = MessageWebSocket.open(URI.create("wss://example.org/chat"))) {
 *     socket.sendText("Hello");
 *     try (IncomingMessage answer = socket.receive()) {
 *         System.out.println(answer == null ? "closed" : answer.readAllText());
 *     }
 * }
 * }
 *
 * <p>What is sent as text is checked, and {@link IllegalArgumentException} thrown for what is no text, before it leaves.
 * Text of the peer is UTF-8, or the connection fails with 1007.
 */
public final class MessageWebSocket extends ConnectedMessageWebSocket implements ClientWebSocket {
    private final MessageWebSocketInformation information;
    private final MessageWebSocketControl control;
    private final ClientEnd end;

    /** Makes a socket that is not connected. */
    public MessageWebSocket() {
        this(new MessageWebSocketInformation());
    }

    private MessageWebSocket(MessageWebSocketInformation information) {
        this(information, new ClientEnd(information, true));
    }

    private MessageWebSocket(MessageWebSocketInformation information, ClientEnd end) {
        super(end);
        this.information = information;
        this.end = end;
        control = new MessageWebSocketControl(end::checkConfigurable);
    }

    /**
     * Makes a socket and connects it with all settings at their defaults.
     *
     * @param uri an absolute {@code ws} or {@code wss} URI
     * @return the connected socket
     * @throws WebSocketCertificateException if the server's certificate is not trusted or does not name the host
     * @throws WebSocketConnectException if no connection can be made
     * @throws WebSocketHandshakeException if the server refuses
     * @throws IOException if the connection breaks
     * @throws IllegalArgumentException if the URI is none that can be connected to
     */
    public static MessageWebSocket open(URI uri) throws IOException {
        MessageWebSocket socket = new MessageWebSocket();
        socket.connect(uri);
        return socket;
    }

    @Override
    public MessageWebSocketControl control() {
        return control;
    }

    @Override
    public MessageWebSocketInformation information() {
        return information;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     */
    @Override
    public void setRequestHeader(String name, String value) {
        end.setRequestHeader(name, value);
    }

    @Override
    public Registration onServerCustomValidationRequested(
            Consumer<? super WebSocketServerCustomValidationRequestedEventArgs> handler) {
        return end.onValidation(handler);
    }

    /**
     * Adds a handler for incoming messages. With a handler there when {@code connect} succeeds, all messages go to
     * handlers, and {@link #receive()} throws {@link IllegalStateException}.
     *
     * <p>One virtual thread of the connection reads message after message, and calls the handlers one after another, in
     * the order of registration: while one is busy nothing more is read, which is the back-pressure. Handlers may block,
     * send, and close the socket. Each is given args of its own, over bytes that stay valid. What a handler throws goes
     * to the {@link System.Logger} named {@code io.github.streamwebsocket} and disturbs nobody. When all handlers were
     * removed, messages are read and dropped.
     *
     * <p>{@link MessageWebSocketControl#receiveMode(MessageWebSocketReceiveMode) receiveMode} says whether they get whole
     * messages, collected in memory in pieces, or sections of up to 64 KiB as they come, the last of which {@linkplain
     * MessageWebSocketMessageReceivedEventArgs#isMessageComplete() says so}; sections of text end between characters.
     *
     * <p>When a message fails or the connection breaks, one last event tells why: its {@code getDataStream()} and {@code
     * getDataReader()} throw. There is none after a Close frame of the peer that came between messages, whatever its code
     * ({@link #onClosed} tells of that), nor after this side's {@link #close()} or {@link #abort()}. A read timeout is no
     * fault.
     *
     * @param handler is given each message, or each section of one
     * @return removes the handler when closed
     * @throws IllegalStateException if the socket is connected, connecting or closed
     */
    public Registration onMessageReceived(Consumer<? super MessageWebSocketMessageReceivedEventArgs> handler) {
        Objects.requireNonNull(handler, "handler");
        end.checkConfigurable();
        return events.add(handler);
    }

    /**
     * {@inheritDoc}
     *
     * @throws WebSocketCertificateException {@inheritDoc}
     * @throws WebSocketConnectException {@inheritDoc}
     * @throws WebSocketHandshakeException {@inheritDoc}
     * @throws IOException {@inheritDoc}
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     */
    @Override
    public void connect(URI uri) throws IOException {
        if (events.wanted()) {
            end.connect(uri, control, events::take);
            events.start(control.receiveMode());
        } else {
            end.connect(uri, control, opened -> {});
        }
    }

    @Override
    SocketMessageType sendType() {
        return control.messageType();
    }
}
