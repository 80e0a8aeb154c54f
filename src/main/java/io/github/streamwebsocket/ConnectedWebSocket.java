package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.connection.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What every socket does with a connection: checks what the caller gives, and hands it down. */
abstract sealed class ConnectedWebSocket implements WebSocket
        permits ConnectedStreamWebSocket, ConnectedMessageWebSocket {
    private final End end;

    ConnectedWebSocket(End end) {
        this.end = end;
    }

    /** The type of the messages that are sent now, where the caller names none. */
    abstract SocketMessageType sendType();

    /** As {@link End#connection()}. */
    final Connection connection() throws WebSocketClosedException {
        return end.connection();
    }

    /** As {@link End#connection()}, for methods that throw no IOException. */
    final Connection connected() {
        try {
            return end.connection();
        } catch (WebSocketClosedException e) {
            throw new IllegalStateException("expected a connected socket but it was closed before it was connected", e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException {@inheritDoc}
     */
    @Override
    public InputStream inputStream() {
        return connected().inputStream();
    }

    /**
     * {@inheritDoc}
     *
     * @throws WebSocketTimeoutException {@inheritDoc}
     * @throws IOException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     */
    @Override
    public @Nullable IncomingMessage receive() throws IOException {
        return connection().receive();
    }

    /**
     * {@inheritDoc}
     *
     * @throws WebSocketInterruptedException {@inheritDoc}
     * @throws IOException {@inheritDoc}
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     * @throws IndexOutOfBoundsException {@inheritDoc}
     */
    @Override
    public void send(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, Objects.requireNonNull(buffer, "buffer").length);
        connection().sender().send(sendType(), buffer, offset, length);
    }

    /**
     * {@inheritDoc}
     *
     * @throws WebSocketInterruptedException {@inheritDoc}
     * @throws IOException {@inheritDoc}
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     */
    @Override
    public void send(ByteBuffer message) throws IOException {
        connection().sender().send(sendType(), Objects.requireNonNull(message, "message"));
    }

    /**
     * {@inheritDoc}
     *
     * @throws WebSocketInterruptedException {@inheritDoc}
     * @throws IOException {@inheritDoc}
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     */
    @Override
    public void send(Path file) throws IOException {
        connection().sender().send(sendType(), Objects.requireNonNull(file, "file"));
    }

    /**
     * {@inheritDoc}
     *
     * @throws X {@inheritDoc}
     * @throws WebSocketInterruptedException {@inheritDoc}
     * @throws IOException {@inheritDoc}
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     */
    @Override
    public <X extends Exception> void send(MessageBody<X> body) throws IOException, X {
        connection().sender().send(sendType(), Objects.requireNonNull(body, "body"));
    }

    /**
     * {@inheritDoc}
     *
     * @throws WebSocketInterruptedException {@inheritDoc}
     * @throws IOException {@inheritDoc}
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     */
    @Override
    public void sendAll(List<ByteBuffer> messages) throws IOException {
        List<ByteBuffer> distinct = DistinctBuffers.of(messages);
        connection().sender().sendAll(sendType(), distinct);
    }

    /**
     * {@inheritDoc}
     *
     * @throws WebSocketInterruptedException {@inheritDoc}
     * @throws IOException {@inheritDoc}
     * @throws IllegalStateException {@inheritDoc}
     */
    @Override
    public OutgoingMessage beginMessage() throws IOException {
        return connection().sender().beginMessage(sendType());
    }

    @Override
    public Registration onClosed(Consumer<WebSocketClosedEventArgs> handler) {
        return end.closed().add(Objects.requireNonNull(handler, "handler"));
    }

    @Override
    public boolean isOpen() {
        return end.isOpen();
    }

    @Override
    public void close() throws IOException {
        end.close();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException {@inheritDoc}
     * @throws IOException {@inheritDoc}
     */
    @Override
    public void close(int code, String reason) throws IOException {
        end.close(code, Objects.requireNonNull(reason, "reason"));
    }

    @Override
    public void abort() {
        end.abort();
    }
}
