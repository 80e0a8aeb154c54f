package io.github.streamwebsocket.internal.net;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.internal.ClientSettings;
import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.ServerValidation;
import io.github.streamwebsocket.internal.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sockets on the loopback interface, good and bad ones. */
public final class Loopback {

    private Loopback() {}

    /** Two connected sockets. */
    public record Pair(Socket client, Socket server) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    public static Pair pair() throws IOException {
        try (ServerSocket listener = listen()) {
            Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
            return new Pair(client, listener.accept());
        }
    }

    public static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    static InetSocketAddress addressOf(ServerSocket listener) {
        return new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort());
    }

    /** An address where nobody listens: connecting is refused at once. */
    static InetSocketAddress refusing() throws IOException {
        try (ServerSocket listener = listen()) {
            return addressOf(listener);
        }
    }

    /**
     * A listener nobody accepts from, its backlog full: the system drops what asks for more, so a connect hangs like one
     * to a dead host.
     */
    static final class BlackHole implements AutoCloseable {
        private final ServerSocket listener;
        private final List<Socket> backlog = new ArrayList<>();

        BlackHole() throws IOException {
            listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            for (int i = 0; i < 64; i++) {
                Socket socket = new Socket();
                backlog.add(socket);
                try {
                    socket.connect(address(), 200);
                } catch (SocketTimeoutException full) {
                    return;
                }
            }
            throw new AssertionError("64 connections fit into a backlog of 1");
        }

        InetSocketAddress address() {
            return addressOf(listener);
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket socket : backlog) {
                socket.close();
            }
        }
    }

    public static ClientSettings settings(List<X509Certificate> trustAnchors, @Nullable String serverName) {
        return settings(true, 0, trustAnchors, serverName, ServerValidation.NONE);
    }

    public static ClientSettings validated(List<X509Certificate> trustAnchors, ServerValidation validation) {
        return settings(true, 0, trustAnchors, null, validation);
    }

    static ClientSettings settings(boolean noDelay, int outboundBufferSizeInBytes) {
        return settings(noDelay, outboundBufferSizeInBytes, List.of(), null, ServerValidation.NONE);
    }

    private static ClientSettings settings(
            boolean noDelay,
            int outboundBufferSize,
            List<X509Certificate> anchors,
            @Nullable String serverName,
            ServerValidation validation) {
        return new ClientSettings(
                noDelay,
                outboundBufferSize,
                Duration.ZERO,
                65_536,
                List.of(),
                Headers.EMPTY,
                null,
                serverName,
                TlsSettings.trusting(anchors),
                validation,
                null,
                ConnectionSettings.DEFAULT);
    }
}
