package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.Registration;
import io.github.streamwebsocket.ServerMessageWebSocket;
import io.github.streamwebsocket.StreamWebSocket;
import io.github.streamwebsocket.WebSocketListener;
import io.github.streamwebsocket.WebSocketListenerOptions;
import io.github.streamwebsocket.cli.SelfMadeAuthority.Credential;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One message through {@code wss://} to an echo and back, both ways at once: this thread sends, another receives, the
 * listener echoes section by section. All in this process, over real sockets and TLS, with a certificate made for the
 * occasion whose authority is the only one trusted.
 */
final class DemoRun implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int SECTION = 65_536;
    private static final int DONE = 1000;

    private final Cleanup cleanup;
    private final WebSocketListener listener;
    private final StreamWebSocket client = new StreamWebSocket();
    private final Registration registration;

    /** What went one way. */
    record Way(long bytes, double seconds, String sha256) {
        String text() {
            return Units.size(bytes) + " in " + Units.time(seconds) + ", " + Units.rate(bytes, seconds);
        }
    }

    /** What went there and what came back. */
    record Result(Way sent, Way received) {
        boolean equal() {
            return sent.bytes == received.bytes && sent.sha256.equals(received.sha256);
        }
    }

    /**
     * Starts the listener.
     *
     * @param compression what both sides are to agree on, null for none
     */
    DemoRun(Cleanup cleanup, @Nullable PerMessageDeflate compression) throws IOException {
        this.cleanup = cleanup;
        SelfMadeAuthority authority = SelfMadeAuthority.create("streamwebsocket demo", KeyKind.EC);
        Credential credential = authority.issue(KeyKind.EC, LOOPBACK.getHostAddress());
        client.control().trustOnly(List.of(authority.certificate())).compression(compression);
        registration = cleanup.add(client);
        listener = WebSocketListener.bind(
                new InetSocketAddress(LOOPBACK, 0),
                new WebSocketListenerOptions()
                        .tls(credential.chain(), credential.privateKey())
                        .compression(compression));
        Thread.ofVirtual().name("demo-server").start(this::echo);
    }

    URI uri() {
        return URI.create(ServeCommand.uri("wss", listener.localAddress()));
    }

    /** Returns what both sides have agreed on, once they are connected. */
    Optional<PerMessageDeflate> compression() {
        return client.information().compression();
    }

    private void echo() {
        try (ServerMessageWebSocket socket = listener.acceptMessages();
                Registration known = cleanup.add(socket)) {
            String ignored = new EchoService().serve(socket);
        } catch (IOException e) {
            // The client sees the connection break, and says so.
        }
    }

    /**
     * Connects, and sends and receives at the same time.
     *
     * @param data what to send; its failures are ours
     * @param progress counts what has come back
     */
    Result transfer(InputStream data, Meter progress) throws IOException {
        client.connect(uri());
        long start = System.nanoTime();
        CompletableFuture<Way> received = new CompletableFuture<>();
        Thread.ofVirtual().name("demo-receiver").start(() -> {
            try {
                received.complete(receive(start, progress));
            } catch (IOException | RuntimeException e) {
                received.completeExceptionally(e);
            }
        });
        Way sent = send(data, start);
        Way back = get(received);
        client.close(DONE, "");
        return new Result(sent, back);
    }

    private Way send(InputStream data, long start) throws IOException {
        MessageDigest digest = sha256();
        byte[] section = new byte[SECTION];
        long bytes = 0;
        try (OutgoingMessage message = client.beginMessage()) {
            for (int length = data.read(section); length >= 0; length = data.read(section)) {
                digest.update(section, 0, length);
                message.write(section, 0, length);
                bytes += length;
            }
            message.complete();
        }
        return way(bytes, start, digest);
    }

    private Way receive(long start, Meter progress) throws IOException {
        MessageDigest digest = sha256();
        byte[] section = new byte[SECTION];
        long bytes = 0;
        IncomingMessage message = client.receive();
        if (message == null) {
            throw new Failure(ExitCode.BROKEN, "the listener closed the connection without sending a message");
        }
        for (int length = message.read(section); length >= 0; length = message.read(section)) {
            digest.update(section, 0, length);
            progress.add(length);
            bytes += length;
        }
        return way(bytes, start, digest);
    }

    private static Way way(long bytes, long start, MessageDigest digest) {
        return new Way(bytes, (System.nanoTime() - start) / 1e9, HexFormat.of().formatHex(digest.digest()));
    }

    private static Way get(CompletableFuture<Way> received) throws IOException {
        try {
            return received.get();
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        client.abort(); // does nothing after a clean close
        listener.close();
        registration.close();
    }
}
