package io.github.streamwebsocket.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TimedSocketTest {
    private final TimedSocket socket = new TimedSocket();
    private Socket peer;
    private Thread sender;

    /** A peer that is never silent: what waits is always there already, or comes in time. */
    @BeforeEach
    void connect() throws IOException {
        try (TimedServerSocket listener = new TimedServerSocket()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.connect(listener.getLocalSocketAddress());
            peer = listener.accept();
        }
        sender = Thread.ofVirtual().start(() -> {
            try {
                OutputStream out = peer.getOutputStream();
                while (true) {
                    out.write(7);
                }
            } catch (IOException over) {
                // the test has ended
            }
        });
    }

    @AfterEach
    void close() throws Exception {
        socket.close();
        peer.close();
        sender.join();
    }

    @Test
    void theTimeCountsForAllReadsTogether() throws IOException {
        InputStream in = socket.getInputStream();
        socket.setSoTimeout(50);
        assertThrows(SocketTimeoutException.class, () -> readFor(Duration.ofSeconds(5), in));
        assertEquals(7, anew(in, 50));
        assertEquals(7, anew(in, 0));
    }

    private int anew(InputStream in, int millis) throws IOException {
        socket.setSoTimeout(millis);
        return in.read();
    }

    private static void readFor(Duration time, InputStream in) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            assertEquals(7, in.read());
        }
    }

    @Test
    void aWireSetsTheTimeAnewAlsoWhenItIsTheSame() throws IOException {
        Wire wire = new SocketWire(socket, socket);
        byte[] one = new byte[1];
        long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
        while (System.nanoTime() - end < 0) {
            wire.readTimeout(200);
            assertEquals(1, wire.read(one, 0, 1));
        }
    }

    @Test
    void bothSidesHaveIt() throws IOException {
        assertInstanceOf(TimedSocket.class, peer);
        ConnectScope scope = ConnectScope.begin("loopback", Duration.ofSeconds(5));
        try (TimedServerSocket listener = new TimedServerSocket()) {
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (Socket connected = AddressRace.connect(
                    scope, List.of(Loopback.addressOf(listener)), Loopback.settings(List.of(), null))) {
                assertInstanceOf(TimedSocket.class, connected);
            }
        } finally {
            scope.close();
        }
    }
}
