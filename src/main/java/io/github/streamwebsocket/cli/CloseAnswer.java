package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ClientWebSocket;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What the server says to our Close. It reads that behind all that was sent: without its answer nobody knows what it has
 * read, and success must not be claimed.
 */
final class CloseAnswer {
    private static final int DONE = 1000;

    /** The event of a Close that has come follows on a thread of its own. */
    private static final long EVENT_MILLIS = 2_000;

    /** When all the time for a Close is over, one that came is long told. */
    private static final long LATE_EVENT_MILLIS = 200;

    private final ClientWebSocket socket;
    private final CompletableFuture<WebSocketClosedEventArgs> close = new CompletableFuture<>();

    /** Begins to wait for a Close of the server. */
    @SuppressWarnings("FutureReturnValueIgnored") // complete() tells whether it was the first; it is
    CloseAnswer(ClientWebSocket socket) {
        this.socket = socket;
        socket.onClosed(close::complete);
    }

    /**
     * Closes, and waits for the server's Close, which may have come already.
     *
     * @return the server's Close
     * @throws Failure if it has not come in time
     */
    WebSocketClosedEventArgs await() throws IOException {
        long start = System.nanoTime();
        socket.close(DONE, "");
        Duration limit = socket.control().closeTimeout();
        boolean late = System.nanoTime() - start >= limit.toNanos();
        try {
            return close.get(late ? LATE_EVENT_MILLIS : EVENT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String what = late
                    ? "the server did not answer the Close within " + Units.limit(limit)
                    : "the connection broke before the server answered the Close";
            throw new Failure(ExitCode.BROKEN, what + ": it may not have read what was sent", e);
        } catch (InterruptedException | ExecutionException e) {
            throw new Failure(ExitCode.FAILED, "interrupted", e);
        }
    }
}
