package io.github.streamwebsocket;

import java.io.InputStream;

/** What both ends of a stream socket do beside what every socket does: they see binary messages as one stream. */
abstract sealed class ConnectedStreamWebSocket extends ConnectedWebSocket
        permits StreamWebSocket, ServerStreamWebSocket {

    /**
     * Returns all binary messages of the peer as one sequence of bytes. A read returns a section of a message as soon as
     * bytes are there; it gives -1 after a Close with code 1000 or none at the end of a message. Any other end throws: an
     * aborted transfer never looks complete. Closing the stream means that later data is dropped; the socket stays open.
     *
     * <p>Chooses the stream view for receiving.
     *
     * @return the same stream each time
     * @throws IllegalStateException if the socket is not connected, or {@link #receive()} is in use
     */
    public InputStream inputStream() {
        return connected().inputStream();
    }
}
