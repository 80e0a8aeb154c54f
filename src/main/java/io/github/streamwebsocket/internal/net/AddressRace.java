package io.github.streamwebsocket.internal.net;

import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.ClientSettings;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first address that answers. One address: on the calling thread. Several: each on a virtual thread, the
 * next one started when the last has failed or has not answered for a while, and the first to connect wins (RFC 8305
 * 5). The threads end soon after, as the sockets of those that lost are closed.
 */
public final class AddressRace {

    /** Time an address has for itself before the next one joins (RFC 8305 5, "Connection Attempt Delay"). */
    static final long HEAD_START_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** How one address did: connected, or failed. */
    private record Outcome(Socket socket, @Nullable WebSocketException failure) {}

    private final ConnectScope scope;
    private final ClientSettings settings;
    private final Deque<InetSocketAddress> waiting;
    private final Thread racer = Thread.currentThread();

    /** Filled by the threads that connect, emptied by the racer, who is unparked for each. */
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();

    private final List<Socket> started = new ArrayList<>();
    private final List<WebSocketException> failures = new ArrayList<>();

    private AddressRace(ConnectScope scope, List<InetSocketAddress> addresses, ClientSettings settings) {
        this.scope = scope;
        this.settings = settings;
        this.waiting = new ArrayDeque<>(addresses);
    }

    /**
     * Returns a connected socket, registered with the scope. Blocks until an address answers, all have failed, or the
     * attempt ends.
     *
     * @param addresses where to connect, at least one, in the order of preference
     * @param settings TCP_NODELAY and SO_SNDBUF are taken from here
     * @throws WebSocketException why the first of the addresses to fail did so, with what befell the others as
     *     suppressed exceptions; TIMEOUT, OPERATION_CANCELED when the attempt ended first
     */
    public static Socket connect(ConnectScope scope, List<InetSocketAddress> addresses, ClientSettings settings)
            throws WebSocketException {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("expected at least one address");
        }
        InetSocketAddress first = addresses.get(0);
        scope.enter(
                addresses.size() == 1 ? "TCP to " + text(first) : "TCP to one of " + addresses.size() + " addresses");
        try {
            if (addresses.size() == 1) {
                Socket socket = open(scope, settings);
                socket.connect(first);
                return socket;
            }
            return new AddressRace(scope, addresses, settings).run();
        } catch (IOException e) {
            throw scope.failure(e);
        }
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress() == null
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return host.indexOf(':') < 0 ? host + ":" + address.getPort() : "[" + host + "]:" + address.getPort();
    }

    /**
     * Orders addresses for the race: the families take turns, beginning with that of the first; within a family the
     * order stays (RFC 8305 4).
     */
    public static List<InetSocketAddress> interleaved(List<InetAddress> addresses, int port) {
        Deque<InetAddress> ofFirst = new ArrayDeque<>();
        Deque<InetAddress> ofOther = new ArrayDeque<>();
        for (InetAddress address : addresses) {
            boolean sameFamily = address instanceof Inet6Address == addresses.get(0) instanceof Inet6Address;
            (sameFamily ? ofFirst : ofOther).add(address);
        }
        List<InetSocketAddress> ordered = new ArrayList<>(addresses.size());
        while (!ofFirst.isEmpty() || !ofOther.isEmpty()) {
            for (Deque<InetAddress> family : List.of(ofFirst, ofOther)) {
                InetAddress next = family.poll();
                if (next != null) {
                    ordered.add(new InetSocketAddress(next, port));
                }
            }
        }
        return ordered;
    }

    private Socket run() throws IOException {
        Closeable wake = scope.register(() -> LockSupport.unpark(racer));
        try {
            Socket winner = race();
            started.remove(winner);
            return winner;
        } finally {
            scope.release(wake);
            for (Socket loser : started) {
                scope.release(loser);
                closeQuietly(loser);
            }
        }
    }

    private Socket race() throws IOException {
        long nextStart = System.nanoTime();
        int underWay = 0;
        while (true) {
            for (Outcome outcome = outcomes.poll(); outcome != null; outcome = outcomes.poll()) {
                if (outcome.failure() == null) {
                    return outcome.socket();
                }
                failures.add(outcome.failure());
                underWay--;
                nextStart = System.nanoTime();
            }
            scope.check();
            long untilNext = nextStart - System.nanoTime();
            InetSocketAddress next = untilNext <= 0 ? waiting.poll() : null;
            if (next != null) {
                start(next);
                underWay++;
                nextStart = System.nanoTime() + HEAD_START_NANOS;
            } else if (!waiting.isEmpty()) {
                LockSupport.parkNanos(this, untilNext);
            } else if (underWay > 0) {
                LockSupport.park(this);
            } else {
                throw allFailed();
            }
        }
    }

    /** The socket is made here, not on its thread, so that the racer knows all there are to close. */
    private void start(InetSocketAddress address) throws IOException {
        Socket socket = open(scope, settings);
        started.add(socket);
        Thread.ofVirtual().name("connect " + text(address)).start(() -> {
            WebSocketException failure = null;
            try {
                socket.connect(address);
            } catch (IOException e) {
                failure = scope.failure("TCP to " + text(address), e);
            }
            outcomes.add(new Outcome(socket, failure));
            LockSupport.unpark(racer);
        });
    }

    private WebSocketException allFailed() {
        WebSocketException first = failures.get(0);
        for (WebSocketException other : failures.subList(1, failures.size())) {
            first.addSuppressed(other);
        }
        return first;
    }

    private static Socket open(ConnectScope scope, ClientSettings settings) throws IOException {
        Socket socket = scope.register(new TimedSocket());
        socket.setTcpNoDelay(settings.noDelay());
        if (settings.outboundBufferSizeInBytes() > 0) {
            socket.setSendBufferSize(settings.outboundBufferSizeInBytes());
        }
        return socket;
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // Closed is closed.
        }
    }
}
