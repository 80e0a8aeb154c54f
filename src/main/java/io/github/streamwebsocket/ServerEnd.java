package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.connection.Connection;
import io.github.streamwebsocket.internal.connection.Handlers;
import io.github.streamwebsocket.internal.handshake.ServerEstablished;
import java.io.IOException;

/** The life of a server's socket: open from the start, at first as one of which nobody has said what kind it is to be. */
final class ServerEnd implements End {
    private final ServerEstablished established;
    private final Handlers<WebSocketClosedEventArgs> closed = new Handlers<>("closed");
    private final Connection connection;
    private final long maxMessageSize;

    /**
     * Takes over an established connection.
     *
     * @param maxMessageSize how large a message may be
     * @param afterwards runs once when the connection has ended
     */
    ServerEnd(ServerEstablished established, ConnectionSettings settings, long maxMessageSize, Runnable afterwards) {
        this.established = established;
        this.maxMessageSize = maxMessageSize;
        connection = Connection.open(
                Role.SERVER,
                established.wire(),
                established.leftover(),
                established.deflate(),
                settings,
                true, // until somebody wants a stream socket
                closed,
                afterwards);
        connection.maxMessageSize(maxMessageSize);
    }

    ServerEstablished established() {
        return established;
    }

    long maxMessageSize() {
        return maxMessageSize;
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public Handlers<WebSocketClosedEventArgs> closed() {
        return closed;
    }

    @Override
    public boolean isOpen() {
        return connection.isOpen();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    @Override
    public void close(int code, String reason) throws IOException {
        connection.close(code, reason);
    }

    @Override
    public void abort() {
        connection.abort();
    }
}
