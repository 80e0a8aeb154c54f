package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.HandshakeRequest;
import io.github.streamwebsocket.HandshakeResponse;
import io.github.streamwebsocket.ServerStreamWebSocket;
import java.io.IOException;

/** What {@code serve} does with its clients. One object serves them all, each on a thread of its own. */
interface Service {

    /** Lets a client in or not. */
    default HandshakeResponse admit(HandshakeRequest request) {
        return HandshakeResponse.accept();
    }

    /**
     * Serves one client until it is done; the caller closes the socket.
     *
     * @return what there is to say about it, "" for nothing
     * @throws IOException if the connection breaks, or something on this side fails
     */
    String serve(ServerStreamWebSocket socket) throws IOException;
}
