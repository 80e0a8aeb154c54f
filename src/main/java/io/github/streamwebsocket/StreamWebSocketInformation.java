package io.github.streamwebsocket;

/** Facts about the connection of a {@link StreamWebSocket}. */
public final class StreamWebSocketInformation extends ClientInformation {

    StreamWebSocketInformation() {}
}
