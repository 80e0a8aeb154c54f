package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.MessageWebSocket;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.ServerMessageWebSocket;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.TextBody;
import io.github.streamwebsocket.WebSocket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connected socket for text and binary messages, whichever end it is. */
public final class MessageEnd implements AutoCloseable {
    private interface Text {
        void send(CharSequence text) throws IOException;
    }

    private interface Writing {
        void send(TextBody<IOException> body) throws IOException;
    }

    private interface Begin {
        OutgoingMessage message(SocketMessageType type) throws IOException;
    }

    private final WebSocket socket;
    private final Text text;
    private final Writing writing;
    private final Begin begin;

    private MessageEnd(WebSocket socket, Text text, Writing writing, Begin begin) {
        this.socket = socket;
        this.text = text;
        this.writing = writing;
        this.begin = begin;
    }

    public static MessageEnd of(MessageWebSocket socket) {
        return new MessageEnd(socket, socket::sendText, socket::sendText, socket::beginMessage);
    }

    public static MessageEnd of(ServerMessageWebSocket socket) {
        return new MessageEnd(socket, socket::sendText, socket::sendText, socket::beginMessage);
    }

    public @Nullable IncomingMessage receive() throws IOException {
        return socket.receive();
    }

    public void sendText(CharSequence message) throws IOException {
        text.send(message);
    }

    public void sendText(TextBody<IOException> body) throws IOException {
        writing.send(body);
    }

    public void send(byte[] message) throws IOException {
        socket.send(message);
    }

    public OutgoingMessage beginMessage(SocketMessageType type) throws IOException {
        return begin.message(type);
    }

    public void abort() {
        socket.abort();
    }

    /** With code 1000. */
    @Override
    public void close() throws IOException {
        socket.close(1000, "");
    }
}
