package io.github.streamwebsocket;

import java.io.OutputStream;

/** What both ends of a stream socket do beside what every socket does: what is written is one sequence of bytes. */
abstract sealed class ConnectedStreamWebSocket extends ConnectedWebSocket
        permits StreamWebSocket, ServerStreamWebSocket {

    ConnectedStreamWebSocket(End end) {
        super(end);
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
