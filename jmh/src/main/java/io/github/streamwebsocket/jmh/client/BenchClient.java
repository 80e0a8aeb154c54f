package io.github.streamwebsocket.jmh.client;

import java.net.URI;

/** A client library with what its connections share, such as its threads: used as its own documentation shows. */
public interface BenchClient extends AutoCloseable {
    /**
     * Connects and waits until messages can be sent.
     *
     * @param uri of the peer, {@code ws} or {@code wss}; its certificate is the one the client was made with
     */
    BenchConnection connect(URI uri) throws Exception;

    /** Whether the library can send one message in sections and give what has come of one before its end. */
    default boolean streams() {
        return true;
    }

    /** Ends all that the library has started. */
    @Override
    void close() throws Exception;
}
