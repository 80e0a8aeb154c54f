package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.HandshakeRequest;
import io.github.streamwebsocket.HandshakeResponse;
import io.github.streamwebsocket.WebSocket;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketListener;
import java.io.IOException;

/**
 * What {@code serve} does with its clients. One object serves them all, each on a thread of its own.
 *
 * @param <S> the kind of socket it serves them by
 */
interface Service<S extends WebSocket> {

    /** Lets a client in or not. */
    default HandshakeResponse admit(HandshakeRequest request) {
        return HandshakeResponse.accept();
    }

    /** Waits for the next client. As {@link WebSocketListener#accept()}. */
    S accept(WebSocketListener listener) throws WebSocketException;

    /**
     * Serves one client until it is done; the caller closes the socket.
     *
     * @return what there is to say about it, "" for nothing
     * @throws IOException if the connection breaks, or something on this side fails
     */
    String serve(S socket) throws IOException;
}
