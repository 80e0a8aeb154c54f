package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.connection.Connection;
import io.github.streamwebsocket.internal.connection.Handlers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What both ends do with an open connection: checks what the caller gives, and hands it down. */
abstract sealed class ConnectedWebSocket implements WebSocket permits ConnectedStreamWebSocket {
    final Handlers<WebSocketClosedEventArgs> closed = new Handlers<>("closed");

    /**
     * The connection.
     *
     * @throws IllegalStateException if there is none yet
     * @throws WebSocketClosedException if there will never be one
     */
    abstract Connection connection() throws WebSocketClosedException;

    /** As {@link #connection()}, for methods that throw no IOException. */
    final Connection connected() {
        try {
            return connection();
        } catch (WebSocketClosedException e) {
            throw new IllegalStateException("expected a connected socket but it was closed before it was connected", e);
        }
    }

    @Override
    public OutputStream outputStream() {
        return connected().outputStream();
    }

    @Override
    public @Nullable IncomingMessage receive() throws IOException {
        return connection().receive();
    }

    @Override
    public void send(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        connection().sender().send(SocketMessageType.BINARY, buffer, offset, length);
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        connection().sender().send(SocketMessageType.BINARY, Objects.requireNonNull(message, "message"));
    }

    @Override
    public void send(Path file) throws IOException {
        connection().sender().send(SocketMessageType.BINARY, Objects.requireNonNull(file, "file"));
    }

    @Override
    public <X extends Exception> void send(MessageBody<X> body) throws IOException, X {
        connection().sender().send(SocketMessageType.BINARY, Objects.requireNonNull(body, "body"));
    }

    @Override
    public void sendAll(List<ByteBuffer> messages) throws IOException {
        connection().sender().sendAll(SocketMessageType.BINARY, List.copyOf(messages));
    }

    @Override
    public OutgoingMessage beginMessage() throws IOException {
        return connection().sender().beginMessage(SocketMessageType.BINARY);
    }

    @Override
    public Registration onClosed(Consumer<WebSocketClosedEventArgs> handler) {
        return closed.add(Objects.requireNonNull(handler, "handler"));
    }
}
