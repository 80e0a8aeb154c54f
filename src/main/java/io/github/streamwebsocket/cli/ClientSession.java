package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.Registration;
import io.github.streamwebsocket.StreamWebSocket;
import java.io.IOException;
import java.net.URI;

/** One connection of a command, from connecting to the end, whatever that is. */
final class ClientSession {
    private static final int DONE = 1000;

    /** "Encountered an unexpected condition": the server must not take the end of a command that failed for a good one. */
    private static final int FAILED = 1011;

    private ClientSession() {}

    /** What a command does while it is connected. */
    interface Body {
        void run(StreamWebSocket socket) throws IOException;
    }

    /**
     * Connects, runs the body and closes.
     *
     * @throws Failure if the URI is none that can be connected to
     * @throws IOException if no connection can be made, or as the body throws
     */
    static void run(StreamWebSocket socket, URI uri, Cleanup cleanup, Body body) throws IOException {
        try (Registration registration = cleanup.add(socket);
                socket) {
            connect(socket, uri);
            try {
                body.run(socket);
            } catch (IOException | RuntimeException e) {
                closeAfter(e, socket);
                throw e;
            }
            socket.close(DONE, "");
        }
    }

    private static void closeAfter(Exception failure, StreamWebSocket socket) {
        try {
            socket.close(FAILED, "");
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static void connect(StreamWebSocket socket, URI uri) throws IOException {
        try {
            socket.connect(uri);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            String hint = SchemeHint.after(e, uri);
            if (hint.isEmpty()) {
                throw e;
            }
            ErrorReport report = ErrorReport.of(e);
            throw new Failure(report.exitCode(), report.line() + hint, e);
        }
    }
}
