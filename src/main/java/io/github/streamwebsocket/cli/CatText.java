package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.MessageWebSocket;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.SocketMessageType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of the standard input as text messages, and messages as lines of the standard output; UTF-8 both ways. */
final class CatText implements BothWays.Conversation {
    private static final int SECTION = 65_536;
    private static final byte[] LINE_END = System.lineSeparator().getBytes(StandardCharsets.US_ASCII);

    private final Console console;
    private final Cleanup cleanup;
    private final OutputOptions output;
    private final MessageWebSocket socket;

    /** It was said that a binary message came. */
    private boolean binarySaid;

    /** A part of a message was written, and its line end was not. */
    private volatile boolean insideLine;

    /**
     * Makes the conversation.
     *
     * @param socket is connected
     */
    CatText(Console console, Cleanup cleanup, OutputOptions output, MessageWebSocket socket) {
        this.console = console;
        this.cleanup = cleanup;
        this.output = output;
        this.socket = socket;
    }

    @Override
    public void copyInput() throws IOException {
        byte[] section = new byte[SECTION];
        try (OutgoingLines lines = new OutgoingLines(socket)) {
            LineSplitter splitter = new LineSplitter(lines);
            for (int length = console.read(section); length >= 0; length = console.read(section)) {
                splitter.take(section, length);
            }
            if (splitter.inside()) {
                cleanup.checkNotCutShort(socket);
            }
            splitter.end();
        }
    }

    /** Text that is cut off where the connection breaks gets no line end. */
    @Override
    public void copyOutput(Runnable dataCame) throws IOException {
        byte[] section = new byte[SECTION];
        for (IncomingMessage message = socket.receive(); message != null; message = socket.receive()) {
            if (message.type() == SocketMessageType.BINARY) {
                sayBinary();
            }
            for (int length = message.read(section); length >= 0; length = message.read(section)) {
                insideLine = true;
                console.write(section, 0, length);
                dataCame.run();
            }
            insideLine = false;
            console.write(LINE_END, 0, LINE_END.length);
            dataCame.run();
        }
    }

    /** On a terminal the failure gets a line of its own. The output gets no line end: what it has there is no whole line. */
    @Override
    public void failed() {
        if (insideLine && !cleanup.ending()) {
            console.err().println();
        }
    }

    private void sayBinary() {
        if (!binarySaid) {
            binarySaid = true;
            output.note("the server sent a binary message: the bytes of such are written as they are, and a line end");
        }
    }

    /** Sends each line as a message, in sections if it is long. */
    private static final class OutgoingLines implements LineSplitter.Lines, AutoCloseable {
        private final MessageWebSocket socket;
        private @Nullable OutgoingMessage line;
        private long number = 1;

        OutgoingLines(MessageWebSocket socket) {
            this.socket = socket;
        }

        private OutgoingMessage line() throws IOException {
            if (line == null) {
                line = socket.beginMessage(SocketMessageType.UTF8);
            }
            return line;
        }

        @Override
        public void part(byte[] bytes, int offset, int length) throws IOException {
            try {
                line().write(bytes, offset, length);
            } catch (IllegalArgumentException e) {
                throw noText(e);
            }
        }

        @Override
        public void end() throws IOException {
            try {
                line().complete();
            } catch (IllegalArgumentException e) {
                throw noText(e);
            }
            line = null;
            number++;
        }

        private Failure noText(IllegalArgumentException e) {
            return new Failure(
                    ExitCode.FILE, "line " + number + " of the standard input is no text: " + e.getMessage(), e);
        }

        /** Gives up a line whose end has not come. */
        @Override
        public void close() {
            if (line != null) {
                line.close();
            }
        }
    }
}
