package io.github.streamwebsocket.jmh.peer;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * A WebSocket server that the benchmarks of all clients talk to: written for speed, bare of everything else. What a
 * connection gets is told by its path:
 *
 * <ul>
 *   <li>{@code /sink?ack=N}: counts. Each time N further bytes of payload have come, it sends a message of three longs:
 *       messages so far, bytes of payload so far, and their CRC32C, which is 0 without {@code &hash=1}. With
 *       {@code &pause=M} it waits M microseconds before each read: {@link PausingChannel}.
 *   <li>{@code /source?size=S}: sends messages of S bytes until the client closes, or with {@code &count=K} so many.
 *   <li>{@code /source?fragments=S}: sends fragments of S bytes of one message that never ends.
 *   <li>{@code /echo}: sends back each message, which may have 1 MiB.
 *   <li>{@code /idle}: takes what comes, and costs little while nothing comes.
 * </ul>
 *
 * <p>All answer pings, and Close. {@link Payload} tells what is in the messages of the source.
 */
public final class BenchPeer {
    private static final int BACKLOG = 4096;

    /** Platform threads: a blocking read on one is one call of the system. Kept, as many connections are short. */
    private final ExecutorService threads =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().factory());

    private final SSLContext tls;

    private BenchPeer(SSLContext tls) {
        this.tls = tls;
    }

    /**
     * Listens until standard input ends; the ports are told in one line.
     *
     * @param arguments the PKCS#12 file, which is deleted at the end: whoever has made it may have been killed
     */
    public static void main(String... arguments) throws Exception {
        Path store = Path.of(arguments[0]);
        BenchPeer peer = new BenchPeer(context(store));
        int ws = peer.listen(false);
        int wss = peer.listen(true);
        System.out.println("ws=" + ws + " wss=" + wss);
        while (System.in.read() >= 0) {
            // Nothing is said there; its end is the end of whoever has started this.
        }
        Files.deleteIfExists(store);
        System.exit(0);
    }

    private static SSLContext context(Path store) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PeerCertificate.PASSWORD);
        }
        // PKIX's would decrypt the private key anew in each handshake.
        KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(keys, PeerCertificate.PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private int listen(boolean secure) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), BACKLOG);
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                try {
                    SocketChannel socket = listener.accept();
                    threads.execute(() -> serve(socket, secure));
                } catch (IOException e) {
                    System.err.println("peer: " + e); // such as too many open files: goes on when some are closed
                }
            }
        });
        return listener.socket().getLocalPort();
    }

    /** Serves one connection; what goes wrong with it is the client's to tell, but for what it did wrong. */
    private void serve(SocketChannel socket, boolean secure) {
        PeerChannel channel = null;
        boolean kept = false;
        try {
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel = secure ? new TlsChannel(socket, engine()) : new PlainChannel(socket);
            OpeningHandshake opening = OpeningHandshake.read(channel);
            kept = session(opening, channel);
        } catch (ProtocolError e) {
            System.err.println("peer: " + e.getMessage());
        } catch (IOException gone) {
            // The client has left in its own way.
        } finally {
            if (!kept) {
                close(socket, channel);
            }
        }
    }

    private SSLEngine engine() {
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        engine.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
        return engine;
    }

    /** Returns whether the session goes on after this. */
    private boolean session(OpeningHandshake opening, PeerChannel channel) throws IOException {
        switch (opening.path()) {
            case "/sink" -> {
                opening.accept(channel);
                PeerChannel pausing = PausingChannel.of(channel, opening.number("pause", 0));
                try (FrameInput input = new FrameInput(pausing, opening.leftover())) {
                    new SinkSession(channel, input, opening.number("ack", 0), opening.number("hash", 0) == 1).run();
                }
            }
            case "/source" -> {
                opening.accept(channel);
                try (FrameInput input = new FrameInput(channel, opening.leftover())) {
                    SourceSession.of(channel, input, opening).run(threads);
                }
            }
            case "/echo" -> {
                opening.accept(channel);
                try (FrameInput input = new FrameInput(channel, opening.leftover())) {
                    new EchoSession(channel, input).run();
                }
            }
            case "/idle" -> {
                opening.accept(channel);
                FrameInput input = new FrameInput(channel, opening.leftover(), FrameInput.SMALL);
                channel.quiet();
                Thread.startVirtualThread(() -> idle(channel, input));
                return true;
            }
            default -> opening.refuse(channel);
        }
        return false;
    }

    private static void idle(PeerChannel channel, FrameInput input) {
        try {
            while (input.nextData()) {
                input.skipPayload();
            }
        } catch (ProtocolError e) {
            System.err.println("peer: " + e.getMessage());
        } catch (IOException gone) {
            // As above.
        } finally {
            close(null, channel);
        }
    }

    private static void close(SocketChannel socket, PeerChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            } else if (socket != null) {
                socket.close();
            }
        } catch (IOException gone) {
            // Closed is closed.
        }
    }
}
