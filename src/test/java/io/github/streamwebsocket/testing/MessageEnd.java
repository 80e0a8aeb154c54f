package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.SocketMessageType;
import java.io.IOException;

/** A connected socket for text and binary messages, the client's end or the server's. */
public interface MessageEnd extends AutoCloseable {
    IncomingMessage receive() throws IOException;

    void sendText(CharSequence text) throws IOException;

    void send(byte[] message) throws IOException;

    OutgoingMessage beginMessage(SocketMessageType type) throws IOException;

    void abort();

    @Override
    void close() throws IOException;
}
