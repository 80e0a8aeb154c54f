package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.ServerMessageWebSocket;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketListener;
import java.io.IOException;

/** Sends each message back as what it is, text or bytes, section by section as it comes, so that its size does not matter. */
final class EchoService implements Service<ServerMessageWebSocket> {
    private static final int SECTION = 65_536;

    @Override
    public ServerMessageWebSocket accept(WebSocketListener listener) throws WebSocketException {
        return listener.acceptMessages();
    }

    @Override
    public String serve(ServerMessageWebSocket socket) throws IOException {
        byte[] section = new byte[SECTION];
        long messages = 0;
        Meter meter = new Meter();
        for (IncomingMessage message = socket.receive(); message != null; message = socket.receive()) {
            try (OutgoingMessage answer = socket.beginMessage(message.type())) {
                for (int length = message.read(section); length >= 0; length = message.read(section)) {
                    answer.write(section, 0, length);
                    meter.add(length);
                }
                answer.complete();
            }
            messages++;
        }
        return "echoed " + messages + (messages == 1 ? " message, " : " messages, ") + Units.size(meter.bytes());
    }
}
