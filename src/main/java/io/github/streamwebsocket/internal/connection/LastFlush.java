package io.github.streamwebsocket.internal.connection;

import java.io.IOException;

/** A stream to the peer that the close of the socket flushes. */
interface LastFlush {

    /**
     * Flushes and ends the stream.
     *
     * @throws IOException if bytes that were written cannot be sent; thrown by the first call only
     */
    void finish() throws IOException;
}
