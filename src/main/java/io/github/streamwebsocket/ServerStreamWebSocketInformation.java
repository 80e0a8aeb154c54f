package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.handshake.ServerEstablished;

/** Facts about the connection of a {@link ServerStreamWebSocket}. All are known from the start. */
public final class ServerStreamWebSocketInformation extends ServerInformation {

    ServerStreamWebSocketInformation(ServerEstablished established) {
        super(established);
    }
}
