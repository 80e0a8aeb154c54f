package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.ServerMessageWebSocket;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketListener;
import java.io.IOException;
import java.util.function.Consumer;

/** Counts the bytes of each message and drops them: the other end for measuring how fast one sends. */
final class SinkService implements Service<ServerMessageWebSocket> {
    private static final int SECTION = 65_536;

    private final Consumer<String> note;

    /**
     * Makes the service.
     *
     * @param note is told about each message
     */
    SinkService(Consumer<String> note) {
        this.note = note;
    }

    @Override
    public ServerMessageWebSocket accept(WebSocketListener listener) throws WebSocketException {
        return listener.acceptMessages();
    }

    @Override
    public String serve(ServerMessageWebSocket socket) throws IOException {
        byte[] section = new byte[SECTION];
        String client = ServeCommand.nameOf(socket);
        for (IncomingMessage message = socket.receive(); message != null; message = socket.receive()) {
            boolean text = message.type() == SocketMessageType.UTF8;
            Meter meter = new Meter();
            for (int length = message.read(section); length >= 0; length = message.read(section)) {
                meter.add(length);
            }
            note.accept(client + (text ? ": took a text message, " : ": took a message, ") + meter.summary());
        }
        return "";
    }
}
