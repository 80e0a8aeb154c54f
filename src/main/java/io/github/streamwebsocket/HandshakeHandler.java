package io.github.streamwebsocket;

/**
 * Decides about each client that wants to connect to a listener, before the connection is open.
 *
 * {@snippet :
 * options.onHandshake(request -> mayEnter(request.headers().first("Authorization"))
 *         ? HandshakeResponse.accept()
 *         : HandshakeResponse.refuse(401, "who are you?").withHeader("WWW-Authenticate", "Basic realm=\"files\""));
 * }
 */
@FunctionalInterface
public interface HandshakeHandler {

    /**
     * Accepts or refuses a client. Runs on the virtual thread of that client's handshake and may block; others are not
     * held up, but the listener's handshake timeout goes on: when it passes, the connection is gone and this thread is
     * interrupted. May be called by many threads at once.
     *
     * @param request what the client asks for
     * @return the answer
     * @throws Exception if it cannot decide: the client gets status 500 and no text of the exception, which goes to
     *     {@link System.Logger}
     */
    HandshakeResponse handle(HandshakeRequest request) throws Exception;
}
