package io.github.streamwebsocket;

/** The settings of a {@link StreamWebSocket}: those that every client's connection has, and none beside them. */
public final class StreamWebSocketControl extends WebSocketControl<StreamWebSocketControl> {

    /**
     * Makes the settings of a socket.
     *
     * @param checkConfigurable throws IllegalStateException when the settings must not be changed
     */
    StreamWebSocketControl(Runnable checkConfigurable) {
        super(checkConfigurable);
    }

    @Override
    StreamWebSocketControl self() {
        return this;
    }
}
