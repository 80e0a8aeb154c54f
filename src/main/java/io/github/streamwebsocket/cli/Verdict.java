package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ClientWebSocket;
import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.WebSocket;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ends that only sends. A thread of its own receives and drops what comes: a server that answers while we
 * send would otherwise wait for us to read, as we wait for it to.
 */
final class Verdict {
    private static final int DONE = 1000;
    private static final int WITHOUT_CODE = 1005;

    private static final int SECTION = 65_536;

    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private final CloseAnswer answer;
    private final AtomicLong dropped = new AtomicLong();

    private Verdict(CloseAnswer answer) {
        this.answer = answer;
    }

    /** Begins to receive. */
    static Verdict await(ClientWebSocket socket) {
        Verdict verdict = new Verdict(new CloseAnswer(socket));
        Thread.ofVirtual().name("verdict").start(() -> verdict.receive(socket));
        return verdict;
    }

    private void receive(WebSocket socket) {
        byte[] section = new byte[SECTION];
        try {
            for (IncomingMessage message = socket.receive(); message != null; message = socket.receive()) {
                for (int length = message.read(section); length >= 0; length = message.read(section)) {
                    dropped.addAndGet(length);
                }
            }
            end.complete(null);
        } catch (IOException | RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    /** Returns how many bytes have come and were dropped. */
    long dropped() {
        return dropped.get();
    }

    /**
     * Waits until the server closes.
     *
     * @throws IOException if it closes with an error, or the connection breaks
     */
    void awaitServersClose() throws IOException {
        try {
            end.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("receiving failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", e);
        }
    }

    /**
     * Closes, and looks at how the server answers.
     *
     * @throws IOException if it does not answer in time, or with an error
     */
    void closeAndCheckAnswer() throws IOException {
        WebSocketClosedEventArgs close = answer.await();
        if (close.code() != DONE && close.code() != WITHOUT_CODE) {
            throw new Failure(ExitCode.BROKEN, ErrorReport.closing(close.code(), close.reason()));
        }
    }
}
