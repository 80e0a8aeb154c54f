package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.WebSocketClosedEventArgs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One connection as the third-party server sees it, for a test to act there. */
public final class ServerEnd {

    /** What a server's own API can do. */
    public interface Actions {
        void ping(ByteBuffer payload) throws IOException;

        void close(int code, String reason) throws IOException;

        /** Ends TCP without a Close frame. */
        void cut() throws IOException;
    }

    /** For what a real server does in its own time, on a machine that may be busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Actions actions;
    private final Map<String, List<String>> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
    private final CompletableFuture<WebSocketClosedEventArgs> closed = new CompletableFuture<>();

    ServerEnd(Actions actions, Map<String, List<String>> requestHeaders) {
        this.actions = actions;
        this.requestHeaders.putAll(requestHeaders);
    }

    /** Waits for the next of these. */
    static <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
        T next = queue.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        if (next == null) {
            throw new AssertionError("expected " + what + " within " + PATIENCE);
        }
        return next;
    }

    public void ping(String payload) throws IOException {
        actions.ping(StandardCharsets.UTF_8.encode(payload));
    }

    public void close(int code, String reason) throws IOException {
        actions.close(code, reason);
    }

    public void cut() throws IOException {
        actions.cut();
    }

    public List<String> requestHeader(String name) {
        return requestHeaders.getOrDefault(name, List.of());
    }

    /** Waits for a pong and returns its payload. */
    public String pong() throws InterruptedException {
        return next(pongs, "a pong");
    }

    /** Waits for the server to see the client's Close frame, and returns what is in it. */
    public WebSocketClosedEventArgs closed() throws Exception {
        return closed.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    void sawPong(ByteBuffer payload) {
        pongs.add(StandardCharsets.UTF_8.decode(payload).toString());
    }

    void sawClose(int code, String reason) {
        closed.complete(new WebSocketClosedEventArgs(code, reason == null ? "" : reason));
    }
}
