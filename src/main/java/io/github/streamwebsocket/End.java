package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.connection.Connection;
import io.github.streamwebsocket.internal.connection.Handlers;
import java.io.IOException;

/** The life of a socket, whichever kind of socket it is. For any thread. */
sealed interface End permits ClientEnd, ServerEnd {

    /**
     * The connection.
     *
     * @throws IllegalStateException if there is none yet
     * @throws WebSocketClosedException if there will never be one
     */
    Connection connection() throws WebSocketClosedException;

    /** Who hears of the peer's Close frame. */
    Handlers<WebSocketClosedEventArgs> closed();

    boolean isOpen();

    void close() throws IOException;

    void close(int code, String reason) throws IOException;

    void abort();
}
