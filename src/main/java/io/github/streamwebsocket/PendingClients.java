package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.ServerSettings;
import io.github.streamwebsocket.internal.handshake.RefusedRequestException;
import io.github.streamwebsocket.internal.handshake.ServerEstablished;
import io.github.streamwebsocket.internal.handshake.ServerHandshake;
import io.github.streamwebsocket.internal.net.ConnectScope;
import io.github.streamwebsocket.internal.net.SocketWire;
import io.github.streamwebsocket.internal.tls.TlsServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The clients of a listener between their TCP connection and the queue of those that can be accepted: each has its
 * handshakes, of TLS and WebSocket, on a virtual thread of its own, within a deadline. Bounds how many there are, and how
 * many connections are open. For any thread.
 */
final class PendingClients {
    private static final System.Logger LOGGER = System.getLogger("io.github.streamwebsocket");

    private static final int GOING_AWAY = 1001;

    private final ServerSettings settings;
    private final @Nullable TlsServer tls;
    private final AcceptQueue<ServerEnd> established;
    private final String listener;
    private final Semaphore openPlaces;
    private final Semaphore pendingPlaces;

    /** The handshakes under way, by their threads. Who adds one looks at canceled afterwards. */
    private final Map<Thread, ConnectScope> underWay = new ConcurrentHashMap<>();

    private volatile boolean canceled;

    /**
     * Makes one without clients.
     *
     * @param tls null for a listener without TLS
     * @param established takes those whose handshakes have succeeded
     * @param listener what the log calls the listener
     */
    PendingClients(
            ServerSettings settings, @Nullable TlsServer tls, AcceptQueue<ServerEnd> established, String listener) {
        this.settings = settings;
        this.tls = tls;
        this.established = established;
        this.listener = listener;
        openPlaces = new Semaphore(settings.maxOpenConnections());
        pendingPlaces = new Semaphore(settings.maxPendingHandshakes());
    }

    /** Waits until there is a place for one more. */
    void awaitPlace() throws InterruptedException {
        openPlaces.acquire();
        pendingPlaces.acquire();
    }

    /** Gives back a place that nobody takes. */
    void leavePlace() {
        pendingPlaces.release();
        openPlaces.release();
    }

    /** Begins the handshake with one for whom a place was had. */
    void begin(Socket raw) {
        Runnable leave = leaveOnce();
        ConnectScope scope =
                ConnectScope.begin(String.valueOf(raw.getRemoteSocketAddress()), settings.handshakeTimeout());
        Thread thread = Thread.ofVirtual().name("websocket-handshake").unstarted(() -> shakeHands(raw, scope, leave));
        boolean begun = false;
        try {
            underWay.put(thread, scope);
            if (canceled) {
                scope.cancel();
            }
            thread.start();
            begun = true;
        } finally {
            if (!begun) {
                underWay.remove(thread);
                scope.close();
            }
        }
    }

    /** Gives back a place among the open connections; an Error may come when the end of one is due to do it already. */
    private Runnable leaveOnce() {
        AtomicBoolean left = new AtomicBoolean();
        return () -> {
            if (!left.getAndSet(true)) {
                openPlaces.release();
            }
        };
    }

    /** Brings one client from its TCP connection into the queue, or drops it. */
    private void shakeHands(Socket raw, ConnectScope scope, Runnable leave) {
        boolean open = false;
        try (scope) {
            scope.register(raw);
            scope.register(Thread.currentThread()::interrupt); // frees a handler that waits for something of its own
            ServerEstablished upgraded = upgrade(raw);
            scope.succeed();
            ServerEnd client = new ServerEnd(upgraded, settings.connection(), settings.maxMessageSize(), leave);
            boolean offered = established.offer(client);
            open = true;
            if (!offered) {
                goAway(client);
            }
        } catch (RefusedRequestException e) {
            // The handshake has told the client, and the log.
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "a client of " + listener + " did not get in", e);
        } finally {
            if (!open) {
                closeQuietly(raw); // the scope no longer does after its success
                pendingPlaces.release();
                leave.run();
            }
            underWay.remove(Thread.currentThread());
        }
    }

    static void closeQuietly(Socket raw) {
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

    /** Closes the connection of one whom nobody takes any more. */
    static void goAway(ServerEnd client) {
        try {
            client.close(GOING_AWAY, "");
        } catch (IOException e) {
            // The connection is over, which is what was wanted.
        }
    }

    /** Somebody has taken a client from the queue, in which it had kept its place. */
    void taken() {
        pendingPlaces.release();
    }

    /** Cuts off all handshakes, without waiting for their threads; those that begin from now on too. */
    void cancel() {
        canceled = true;
        underWay.values().forEach(ConnectScope::cancel);
    }

    /** The threads of the handshakes under way. */
    Set<Thread> threads() {
        return underWay.keySet();
    }
}
