package io.github.streamwebsocket;

/** Facts about the connection of a {@link MessageWebSocket}. */
public final class MessageWebSocketInformation extends ClientInformation {

    MessageWebSocketInformation() {}
}
