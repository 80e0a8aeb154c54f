package io.github.streamwebsocket;

/**
 * The server's end of a connection, from {@link WebSocketListener#accept()}; open when it is had. For binary data only; a
 * text message from the client fails the connection with 1003. As {@code
 * Windows.Networking.Sockets.ServerStreamWebSocket}.
 */
public final class ServerStreamWebSocket extends ConnectedStreamWebSocket {
    private final ServerStreamWebSocketInformation information;

    ServerStreamWebSocket(ServerEnd end) {
        super(end);
        information = new ServerStreamWebSocketInformation(end.established());
        end.connection().refuseText();
    }

    @Override
    public ServerStreamWebSocketInformation information() {
        return information;
    }
}
