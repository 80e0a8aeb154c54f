package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.net.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** The JDK's TLS server for one connection: does the handshake and runs a script; its outcome is a future. */
class JdkTlsServer implements AutoCloseable {

    interface Script {
        void run(SSLSocket socket) throws IOException;
    }

    private final SSLServerSocket listener;
    private final Thread thread;

    /** The connection with its handshake done and the script run, or why that failed. */
    final CompletableFuture<SSLSocket> outcome = new CompletableFuture<>();

    JdkTlsServer(SSLContext context, Consumer<SSLServerSocket> configure, Script script) throws IOException {
        listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        configure.accept(listener);
        thread = Thread.ofVirtual().start(() -> {
            try {
                SSLSocket socket = (SSLSocket) listener.accept();
                prepare(socket);
                socket.startHandshake();
                script.run(socket);
                outcome.complete(socket);
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
    }

    static JdkTlsServer echoing(ServerCredential credential, String... protocols) throws Exception {
        return echoing(Credentials.jdkContext(credential), protocols);
    }

    static JdkTlsServer echoing(SSLContext context, String... protocols) throws Exception {
        return new JdkTlsServer(
                context,
                listener -> {
                    if (protocols.length > 0) {
                        listener.setEnabledProtocols(protocols);
                    }
                },
                socket -> socket.getInputStream().transferTo(socket.getOutputStream()));
    }

    /** What is to be set before the handshake. */
    void prepare(SSLSocket socket) {}

    int port() {
        return listener.getLocalPort();
    }

    Throwable failure() throws Exception {
        try {
            throw new AssertionError("the handshake succeeded: " + outcome.get(10, TimeUnit.SECONDS));
        } catch (java.util.concurrent.ExecutionException e) {
            return e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        try {
            Await.end(thread);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
