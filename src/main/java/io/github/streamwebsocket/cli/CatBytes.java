package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.StreamWebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The standard input and output as the two directions of one stream of bytes. */
final class CatBytes implements BothWays.Conversation {
    private static final int SECTION = 65_536;

    private final Console console;
    private final InputStream fromServer;
    private final OutputStream toServer;

    /**
     * Makes the conversation.
     *
     * @param socket is connected
     */
    CatBytes(Console console, StreamWebSocket socket) {
        this.console = console;
        fromServer = socket.inputStream();
        toServer = socket.outputStream();
    }

    @Override
    public void copyInput() throws IOException {
        byte[] section = new byte[SECTION];
        for (int length = console.read(section); length >= 0; length = console.read(section)) {
            toServer.write(section, 0, length);
            toServer.flush();
        }
    }

    @Override
    public void copyOutput(Runnable dataCame) throws IOException {
        byte[] section = new byte[SECTION];
        for (int length = fromServer.read(section); length >= 0; length = fromServer.read(section)) {
            console.write(section, 0, length);
            dataCame.run();
        }
    }
}
