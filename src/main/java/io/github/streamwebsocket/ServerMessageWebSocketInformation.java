package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.handshake.ServerEstablished;

/** Facts about the connection of a {@link ServerMessageWebSocket}. All are known from the start. */
public final class ServerMessageWebSocketInformation extends ServerInformation {

    ServerMessageWebSocketInformation(ServerEstablished established) {
        super(established);
    }
}
