package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.ServerSettings;
import io.github.streamwebsocket.internal.handshake.RefusedRequestException;
import io.github.streamwebsocket.internal.handshake.ServerEstablished;
import io.github.streamwebsocket.internal.handshake.ServerHandshake;
import io.github.streamwebsocket.internal.net.ConnectScope;
import io.github.streamwebsocket.internal.net.SocketWire;
import io.github.streamwebsocket.internal.net.TimedServerSocket;
import io.github.streamwebsocket.internal.tls.TlsServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Waits for WebSocket clients and gives each as an open socket, one call of {@link #accept()} or {@link
 * #acceptMessages()} a client:
 *
 * {@snippet :
 * try (WebSocketListener listener = WebSocketListener.bind(new InetSocketAddress(8080), new WebSocketListenerOptions())) {
 *     while (true) {
 *         ServerStreamWebSocket socket = listener.accept();
 *         Thread.startVirtualThread(() -> serve(socket));
 *     }
 * }
 * }
 *
 * <p>TLS and the opening handshake run on a virtual thread for each client, within a deadline, and beside {@code
 * accept()}: a client that is slow or says nothing holds up no other one. The numbers of handshakes and of open
 * connections are bounded; clients beyond them wait in the system's backlog. A client that opens a connection and then says
 * nothing keeps its place: set {@link WebSocketListenerOptions#keepAliveInterval} and {@link
 * WebSocketListenerOptions#writeTimeout} where clients are not known.
 */
public final class WebSocketListener implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger("io.github.streamwebsocket");

    /** How many connections the system is asked to keep for us while we cannot take them; it may keep fewer. */
    private static final int BACKLOG = 1_024;

    /** How long to leave the system alone that could not give us a connection, most often for want of file descriptors. */
    private static final Duration RECOVERY = Duration.ofMillis(100);

    private static final int GOING_AWAY = 1001;

    private final ServerSettings settings;
    private final @Nullable TlsServer tls;
    private final ServerSocket socket;
    private final InetSocketAddress localAddress;
    private final Semaphore openPlaces;
    private final Semaphore pendingPlaces;
    private final AcceptQueue<ServerEnd> established = new AcceptQueue<>();

    /** The handshakes under way, by their threads. Who adds one looks at closed afterwards. */
    private final Map<Thread, ConnectScope> handshakes = new ConcurrentHashMap<>();

    private final Thread taker = Thread.ofVirtual().name("websocket-listener").unstarted(this::takeConnections);
    private volatile boolean closed;

    private WebSocketListener(ServerSettings settings, @Nullable TlsServer tls, ServerSocket socket) {
        this.settings = settings;
        this.tls = tls;
        this.socket = socket;
        localAddress = (InetSocketAddress) Objects.requireNonNull(socket.getLocalSocketAddress(), "bound");
        openPlaces = new Semaphore(settings.maxOpenConnections());
        pendingPlaces = new Semaphore(settings.maxPendingHandshakes());
    }

    /**
     * Binds a listener to an address and starts to take connections.
     *
     * @param address the address and port; port 0 for one that is free, which {@link #localAddress()} tells; the wildcard
     *     address for all addresses of this machine
     * @param options the settings, read now
     * @return the listener, to be closed
     * @throws WebSocketConnectException if the address cannot be bound, because it is in use for example
     * @throws IllegalArgumentException if the certificate or key cannot be used
     */
    public static WebSocketListener bind(InetSocketAddress address, WebSocketListenerOptions options)
            throws IOException {
        Objects.requireNonNull(address, "address");
        ServerSettings settings = Objects.requireNonNull(options, "options").snapshot();
        TlsServer tls = options.tlsServer();
        ServerSocket socket = new TimedServerSocket();
        try {
            socket.bind(address, BACKLOG);
        } catch (IOException e) {
            socket.close();
            throw new WebSocketConnectException(
                    WebErrorStatus.CANNOT_CONNECT, "cannot listen on " + address + ": " + e.getMessage(), e);
        }
        WebSocketListener listener = new WebSocketListener(settings, tls, socket);
        listener.taker.start();
        return listener;
    }

    /**
     * Returns where this listener is bound.
     *
     * @return address and port; also after it is closed
     */
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    /**
     * Waits for the next client whose opening handshake has succeeded, to exchange bytes with it: a text message from it
     * fails its connection. Several threads may wait; each client goes to one.
     * Clients come in the order in which their handshakes end.
     *
     * <p>Which kind of socket a client gets is decided by the method that takes it, whatever its path. A server with text at
     * {@code /chat} and bytes at {@code /files} listens twice, on two ports; or takes all by {@link #acceptMessages()},
     * whose sockets receive and send binary messages of any size as streams too, and looks at {@code
     * information().request().path()}.
     *
     * @return an open connection, to be closed; its client may have closed it already
     * @throws WebSocketClosedException if the listener is closed, before or while this waits
     * @throws WebSocketInterruptedException if the thread is interrupted while it waits; its interrupt status stays set
     *     and the listener goes on
     */
    public ServerStreamWebSocket accept() throws WebSocketException {
        return new ServerStreamWebSocket(take());
    }

    /**
     * Waits for the next client, to exchange whole messages with it, of text or bytes. Otherwise as {@link #accept()}: the
     * two take from the same clients, each of which goes to one caller. A server that serves text at one path and bytes at
     * another takes all clients by this.
     *
     * @return an open connection, to be closed; its client may have closed it already
     * @throws WebSocketClosedException if the listener is closed, before or while this waits
     * @throws WebSocketInterruptedException if the thread is interrupted while it waits; its interrupt status stays set
     *     and the listener goes on
     */
    public ServerMessageWebSocket acceptMessages() throws WebSocketException {
        return new ServerMessageWebSocket(take());
    }

    private ServerEnd take() throws WebSocketException {
        ServerEnd client = established.take();
        pendingPlaces.release();
        return client;
    }

    /** Takes connections as long as there are places for them. */
    private void takeConnections() {
        try {
            while (!closed) {
                openPlaces.acquire();
                pendingPlaces.acquire();
                startHandshake(takeConnection());
            }
        } catch (InterruptedException e) {
            // Only close() interrupts this thread.
        } catch (Throwable e) { // an Error too must not end the listener in silence
            if (!closed) {
                LOGGER.log(Level.ERROR, "the listener on " + localAddress + " ends", e);
            }
        } finally {
            end();
        }
    }

    /** Waits for a connection. Faults pass: the next client must not pay for a system that was short of something. */
    private Socket takeConnection() throws IOException, InterruptedException {
        while (true) {
            try {
                return socket.accept();
            } catch (IOException e) {
                if (closed || socket.isClosed()) {
                    throw e;
                }
                LOGGER.log(Level.WARNING, "the listener on " + localAddress + " could not take a connection", e);
                Thread.sleep(RECOVERY);
            }
        }
    }

    private void startHandshake(Socket raw) {
        ConnectScope scope =
                ConnectScope.begin(String.valueOf(raw.getRemoteSocketAddress()), settings.handshakeTimeout());
        Thread thread = Thread.ofVirtual().name("websocket-handshake").unstarted(() -> shakeHands(raw, scope));
        handshakes.put(thread, scope);
        if (closed) {
            scope.cancel();
        }
        thread.start();
    }

    /** Brings one client from its TCP connection into the queue, or drops it. */
    private void shakeHands(Socket raw, ConnectScope scope) {
        boolean open = false;
        try (scope) {
            scope.register(raw);
            scope.register(Thread.currentThread()::interrupt); // frees a handler that waits for something of its own
            ServerEstablished upgraded = upgrade(raw);
            scope.succeed();
            ServerEnd client =
                    new ServerEnd(upgraded, settings.connection(), settings.maxMessageSize(), openPlaces::release);
            open = true;
            if (!established.offer(client)) {
                goAway(client);
            }
        } catch (RefusedRequestException e) {
            // The handshake has told the client, and the log.
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "a client of the listener on " + localAddress + " did not get in", e);
        } finally {
            if (!open) {
                closeQuietly(raw); // the scope no longer does after its success
                pendingPlaces.release();
                openPlaces.release();
            }
            handshakes.remove(Thread.currentThread());
        }
    }

    private static void closeQuietly(Socket raw) {
        try {
            raw.close();
        } catch (IOException e) {
            // Closed is closed.
        }
    }

    private ServerEstablished upgrade(Socket raw) throws IOException, RefusedRequestException {
        raw.setTcpNoDelay(settings.noDelay());
        if (tls == null) {
            return ServerHandshake.accept(new SocketWire(raw, raw), false, null, settings);
        }
        SSLSocket secured = tls.handshake(raw);
        return ServerHandshake.accept(new SocketWire(raw, secured), true, clientCertificate(secured), settings);
    }

    private static @Nullable X509Certificate clientCertificate(SSLSocket secured) {
        try {
            Certificate[] chain = secured.getSession().getPeerCertificates();
            return chain[0] instanceof X509Certificate certificate ? certificate : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    private static void goAway(ServerEnd client) {
        try {
            client.close(GOING_AWAY, "");
        } catch (IOException e) {
            // The connection is over, which is what was wanted.
        }
    }

    /**
     * Stops listening: frees whoever waits in {@link #accept()}, cuts off handshakes under way, and closes with 1001 the
     * connections that nobody has accepted. Those that were accepted live on. Blocks until all of that is done, at most for
     * the close timeout. A second call does no harm.
     */
    @Override
    public void close() {
        List<Thread> ending = new ArrayList<>(end());
        long deadline = System.nanoTime() + settings.connection().closeTimeout().toNanos();
        join(taker, deadline);
        ending.addAll(handshakes.keySet()); // no more are added once the taker is gone
        for (Thread thread : ending) {
            join(thread, deadline);
        }
    }

    private static void join(Thread thread, long deadline) {
        if (thread == Thread.currentThread()) {
            return; // a handshake handler closes the listener
        }
        try {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends everything without waiting for it, and returns the threads that say goodbye. */
    private List<Thread> end() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            // Closed is closed.
        }
        taker.interrupt();
        handshakes.values().forEach(ConnectScope::cancel);
        return established.close().stream()
                .map(client -> Thread.ofVirtual().name("websocket-going-away").start(() -> goAway(client)))
                .toList();
    }
}
