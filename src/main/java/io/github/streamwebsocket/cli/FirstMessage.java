package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.WebSocket;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Waits for the first message of a client on a thread of its own, so that one can see whether it comes at all. */
final class FirstMessage {
    private static final long SOON_MILLIS = 500;

    private final CompletableFuture<@Nullable IncomingMessage> message = new CompletableFuture<>();

    private FirstMessage() {}

    /** Begins to wait. */
    static FirstMessage await(WebSocket socket) {
        FirstMessage first = new FirstMessage();
        Thread.ofVirtual().name("first-message").start(() -> first.receive(socket));
        return first;
    }

    private void receive(WebSocket socket) {
        try {
            message.complete(socket.receive());
        } catch (IOException | RuntimeException e) {
            message.completeExceptionally(e);
        }
    }

    /** Tells whether a message, or the end of the connection, comes within half a second. */
    boolean comesSoon() throws IOException {
        try {
            message.get(SOON_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Returns the message, null if the client closed without sending one. Waits for it. */
    @Nullable
    IncomingMessage get() throws IOException {
        try {
            return message.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("receiving failed", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static Failure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Failure(ExitCode.FAILED, "interrupted", e);
    }
}
