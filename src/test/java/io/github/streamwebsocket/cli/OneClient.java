package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ServerMessageWebSocket;
import io.github.streamwebsocket.WebSocketListener;
import io.github.streamwebsocket.WebSocketListenerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server of one client, with which it does what a test says, and then closes. */
final class OneClient<T> implements AutoCloseable {
    private final WebSocketListener listener;
    private final CompletableFuture<T> result = new CompletableFuture<>();

    /** What the server does. */
    interface Script<T> {
        T run(ServerMessageWebSocket client) throws Exception;
    }

    OneClient(Script<T> script) throws IOException {
        listener = WebSocketListener.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new WebSocketListenerOptions());
        Thread.ofVirtual().name("one-client").start(() -> serve(script));
    }

    private void serve(Script<T> script) {
        try (ServerMessageWebSocket client = listener.acceptMessages()) {
            result.complete(script.run(client));
            client.close(1000, "");
        } catch (Exception | AssertionError e) {
            result.completeExceptionally(e);
        }
    }

    String uri() {
        return ServeCommand.uri("ws", listener.localAddress());
    }

    /** What the script returned; its failure fails the test. */
    T result() throws Exception {
        return result.get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        listener.close();
    }
}
