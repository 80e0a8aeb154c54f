package io.github.streamwebsocket.internal.message;

import java.io.IOException;

/** Takes frames that are ready for the wire. */
public interface FrameSink {

    /**
     * Writes whole frames, blocking while the peer takes none.
     *
     * @throws IOException if the connection is closed or broken; nothing more can be sent then
     */
    void write(byte[] bytes, int offset, int length) throws IOException;

    /** What a sender is told who goes on after the connection has ended. */
    default IOException ended() {
        return new IOException("the connection has ended");
    }
}
