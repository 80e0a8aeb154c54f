package io.github.streamwebsocket;

import java.io.InputStream;
import java.io.OutputStream;

/** What both ends of a stream socket do beside what every socket does: they see binary messages as one stream. */
abstract sealed class ConnectedStreamWebSocket extends ConnectedWebSocket
        permits StreamWebSocket, ServerStreamWebSocket {

    ConnectedStreamWebSocket(End end) {
        super(end);
    }

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

    /**
     * Returns a stream of bytes to the peer. What is written is buffered to the frame size; each full buffer and each
     * {@code flush()} goes out as one complete binary message, and a flush of nothing sends nothing. Closing the stream
     * flushes and ends it and sends no Close frame, as a WebSocket has no half-close. A stream that ends without a
     * {@link #close()} of the socket is no sign to the peer that all came: files go through {@link #send(Path)}.
     *
     * <p>Chooses the stream view for sending.
     *
     * @return the same stream each time
     * @throws IllegalStateException if the socket is not connected, or messages are being sent
     */
    @Override
    public OutputStream outputStream() {
        return connected().outputStream();
    }

    @Override
    SocketMessageType sendType() {
        return SocketMessageType.BINARY;
    }
}
