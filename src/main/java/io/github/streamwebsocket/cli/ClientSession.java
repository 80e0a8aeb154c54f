package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ClientWebSocket;
import io.github.streamwebsocket.Registration;
import io.github.streamwebsocket.WebSocketProtocolException;
import java.io.IOException;
import java.net.URI;

/** One connection of a command, from connecting to the end, whatever that is. */
final class ClientSession {
    private static final int DONE = 1000;

    /** "Encountered an unexpected condition": the server must not take the end of a command that failed for a good one. */
    private static final int FAILED = 1011;

    /** The sockets that do not take text are those of commands for bytes. */
    private static final String TEXT_HINT = "; \"" + Main.NAME + " cat --text\" takes text";

    private ClientSession() {}

    /** What a command does while it is connected. */
    interface Body<S extends ClientWebSocket> {
        void run(S socket) throws IOException;
    }

    /**
     * Connects, runs the body and closes.
     *
     * @throws Failure if the URI is none that can be connected to
     * @throws IOException if no connection can be made, or as the body throws
     */
    static <S extends ClientWebSocket> void run(S socket, URI uri, Cleanup cleanup, OutputOptions output, Body<S> body)
            throws IOException {
        try (Registration registration = cleanup.add(socket);
                socket) {
            connect(socket, uri);
            if (socket.control().compression().isPresent()) {
                output.detail(CompressionOption.outcome(socket.information().compression()));
            }
            try {
                body.run(socket);
            } catch (IOException | RuntimeException e) {
                closeAfter(e, socket);
                if (e instanceof WebSocketProtocolException fault && fault.closeCode() == ErrorReport.NOT_TAKEN) {
                    throw failure(fault, TEXT_HINT);
                }
                throw e;
            }
            socket.close(DONE, "");
        }
    }

    private static void closeAfter(Exception failure, ClientWebSocket socket) {
        try {
            socket.close(FAILED, "");
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static void connect(ClientWebSocket socket, URI uri) throws IOException {
        try {
            socket.connect(uri);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            String hint = SchemeHint.after(e, uri);
            if (hint.isEmpty()) {
                throw e;
            }
            throw failure(e, hint);
        }
    }

    private static Failure failure(IOException cause, String hint) {
        ErrorReport report = ErrorReport.of(cause);
        return new Failure(report.exitCode(), report.line() + hint, cause);
    }
}
