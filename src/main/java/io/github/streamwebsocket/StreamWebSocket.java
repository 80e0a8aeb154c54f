package io.github.streamwebsocket;

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/**
 * A WebSocket client that reads and writes streams, so that files of any size go through in sections: {@code
 * Windows.Networking.Sockets.StreamWebSocket} for Java. For binary data only; a text message from the peer fails the
 * connection with 1003.
 *
 * {@snippet :
 * try (StreamWebSocket socket = StreamWebSocket.open(URI.create("wss://example.org/films"))) {
 *     socket.send(Path.of("film.mkv"));
 * }
 * }
 */
public final class StreamWebSocket extends ConnectedStreamWebSocket implements ClientWebSocket {
    private final StreamWebSocketInformation information;
    private final StreamWebSocketControl control;
    private final ClientEnd end;

    /** Makes a socket that is not connected. */
    public StreamWebSocket() {
        this(new StreamWebSocketInformation());
    }

    private StreamWebSocket(StreamWebSocketInformation information) {
        this(information, new ClientEnd(information, false));
    }

    private StreamWebSocket(StreamWebSocketInformation information, ClientEnd end) {
        super(end);
        this.information = information;
        this.end = end;
        control = new StreamWebSocketControl(end::checkConfigurable);
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
    public static StreamWebSocket open(URI uri) throws IOException {
        StreamWebSocket socket = new StreamWebSocket();
        socket.connect(uri);
        return socket;
    }

    @Override
    public StreamWebSocketControl control() {
        return control;
    }

    @Override
    public StreamWebSocketInformation information() {
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
        end.connect(uri, control, opened -> {});
    }
}
