package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.connection.Connection;
import io.github.streamwebsocket.internal.handshake.ServerEstablished;
import java.io.IOException;

/**
 * The server's end of a connection, from {@link WebSocketListener#accept()}; open when it is had. As {@code
 * Windows.Networking.Sockets.ServerStreamWebSocket}.
 */
public final class ServerStreamWebSocket extends ConnectedStreamWebSocket {
    private final ServerStreamWebSocketInformation information;
    private final Connection connection;

    /**
     * Takes over an established connection.
     *
     * @param afterwards runs once when the connection has ended
     */
    ServerStreamWebSocket(ServerEstablished established, ConnectionSettings settings, Runnable afterwards) {
        information = new ServerStreamWebSocketInformation(established);
        connection = Connection.open(
                Role.SERVER,
                established.wire(),
                established.leftover(),
                established.deflate(),
                settings,
                false,
                closed,
                afterwards);
    }

    @Override
    Connection connection() {
        return connection;
    }

    @Override
    public ServerStreamWebSocketInformation information() {
        return information;
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
