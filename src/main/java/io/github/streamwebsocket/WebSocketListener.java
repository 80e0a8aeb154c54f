package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.ServerSettings;
import io.github.streamwebsocket.internal.net.TimedServerSocket;
import io.github.streamwebsocket.internal.tls.TlsServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

    private final ServerSettings settings;
    private final ServerSocket socket;
    private final InetSocketAddress localAddress;
    private final AcceptQueue<ServerEnd> established = new AcceptQueue<>();
    private final PendingClients pending;
    private final Thread taker = Thread.ofVirtual().name("websocket-listener").unstarted(this::takeConnections);
    private volatile boolean closed;

    private WebSocketListener(ServerSettings settings, @Nullable TlsServer tls, ServerSocket socket) {
        this.settings = settings;
        this.socket = socket;
        localAddress = (InetSocketAddress) Objects.requireNonNull(socket.getLocalSocketAddress(), "bound");
        pending = new PendingClients(settings, tls, established, "the listener on " + localAddress);
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
        pending.taken();
        return client;
    }

    /** Takes connections as long as there are places for them. */
    private void takeConnections() {
        try {
            while (!closed) {
                pending.awaitPlace();
                takeConnection();
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

    /**
     * Waits for a connection. Faults pass, Errors too: the next client must not pay for a system that was short of
     * something.
     */
    private void takeConnection() throws IOException, InterruptedException {
        Socket raw = null;
        try {
            raw = socket.accept();
            pending.begin(raw);
        } catch (Throwable e) {
            pending.leavePlace();
            if (raw != null) {
                PendingClients.closeQuietly(raw);
            }
            if (closed || socket.isClosed()) {
                throw e;
            }
            warn(e);
            Thread.sleep(RECOVERY);
        }
    }

    private void warn(Throwable fault) {
        try {
            LOGGER.log(Level.WARNING, "the listener on " + localAddress + " could not take a connection", fault);
        } catch (Throwable e) { // what it was short of is short still
            fault.addSuppressed(e);
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
        ending.addAll(pending.threads()); // no more are added once the taker is gone
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
        pending.cancel();
        return established.close().stream()
                .map(client ->
                        Thread.ofVirtual().name("websocket-going-away").start(() -> PendingClients.goAway(client)))
                .toList();
    }
}
