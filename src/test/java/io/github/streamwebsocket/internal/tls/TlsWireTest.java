package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.net.Await;
import io.github.streamwebsocket.internal.net.ConnectScope;
import io.github.streamwebsocket.internal.net.Loopback;
import io.github.streamwebsocket.internal.net.SocketWire;
import io.github.streamwebsocket.internal.net.TimedSocket;
import io.github.streamwebsocket.internal.net.Wire;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a wire promises holds with TLS on it: through a relay that can hold bytes back, to the JDK's server. */
@Timeout(60)
class TlsWireTest {

    /** Bytes that the relay may still pass from the server to the client. */
    private final Semaphore allowance = new Semaphore(0);

    private final CompletableFuture<SSLSocket> accepted = new CompletableFuture<>();
    private ServerSocket listener;
    private Loopback.Pair relayToServer;
    private Loopback.Pair clientToRelay;
    private Thread serverToClient;
    private Socket raw;
    private Wire wire;
    private SSLSocket server;

    @BeforeEach
    void connect() throws Exception {
        listener = Loopback.listen();
        clientToRelay = timedPair();
        relayToServer = Loopback.pair();
        Thread.ofVirtual().start(() -> {
            try {
                SSLSocket socket = (SSLSocket) Credentials.jdkContext(Credentials.EC)
                        .getSocketFactory()
                        .createSocket(relayToServer.server(), null, false);
                socket.startHandshake();
                accepted.complete(socket);
            } catch (Throwable e) {
                accepted.completeExceptionally(e);
            }
        });
        Thread.ofVirtual().start(() -> {
            try {
                clientToRelay
                        .server()
                        .getInputStream()
                        .transferTo(relayToServer.client().getOutputStream());
                relayToServer.client().shutdownOutput();
            } catch (IOException over) {
                // the test has ended
            }
        });
        serverToClient = Thread.ofVirtual().start(this::relayAsAllowed);
        allowance.release(1 << 20);
        raw = clientToRelay.client();
        ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30));
        SSLSocket socket = TlsClient.handshake(
                scope, scope.register(raw), "localhost", Loopback.settings(Credentials.ANCHORS, null));
        scope.succeed();
        wire = new SocketWire(raw, socket);
        server = accepted.get(10, TimeUnit.SECONDS);
    }

    /** The client's socket is of the kind that the library connects with. */
    private Loopback.Pair timedPair() throws IOException {
        TimedSocket client = new TimedSocket();
        client.connect(listener.getLocalSocketAddress());
        return new Loopback.Pair(client, listener.accept());
    }

    private void relayAsAllowed() {
        try (Socket out = clientToRelay.server()) {
            InputStream in = relayToServer.client().getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                allowance.acquire();
                out.getOutputStream().write(next);
            }
            out.shutdownOutput();
            Await.until("the test has seen the end", raw::isClosed);
        } catch (IOException | InterruptedException over) {
            // the test has ended
        }
    }

    @AfterEach
    void close() throws Exception {
        wire.abort();
        clientToRelay.close();
        relayToServer.close();
        listener.close();
        serverToClient.interrupt();
        Await.end(serverToClient);
    }

    @Test
    void aReadTimeoutInsideARecordLosesNothing() throws Exception {
        byte[] sent = new byte[3_000];
        new Random(1).nextBytes(sent);
        // The tickets behind the handshake may still be passing; let them, before the allowance is counted.
        server.getOutputStream().write(7);
        byte[] first = new byte[1];
        assertEquals(1, wire.read(first, 0, 1));
        allowance.drainPermits();

        server.getOutputStream().write(sent);
        byte[] buffer = new byte[4_000];
        for (int held = 0; held < 3; held++) {
            wire.readTimeout(50);
            allowance.release(500); // not the whole record yet
            assertThrows(SocketTimeoutException.class, () -> wire.read(buffer, 0, buffer.length));
        }
        allowance.release(1 << 20);
        wire.readTimeout(5_000);
        int count = 0;
        while (count < sent.length) {
            count += wire.read(buffer, count, buffer.length - count);
        }
        byte[] received = java.util.Arrays.copyOf(buffer, count);
        assertArrayEquals(sent, received);
    }

    @Test
    void aRecordThatTricklesInHoldsAReadNoLongerThanItsTime() throws Exception {
        server.getOutputStream().write(7);
        assertEquals(1, wire.read(new byte[1], 0, 1));
        allowance.drainPermits();

        server.getOutputStream().write(new byte[3_000]);
        AtomicBoolean over = new AtomicBoolean();
        Thread trickle = Thread.ofVirtual().start(() -> {
            while (!over.get()) {
                allowance.release();
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos()); // all of the record would take half a minute
            }
        });
        try {
            wire.readTimeout(100);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(5),
                    () -> assertThrows(SocketTimeoutException.class, () -> wire.read(new byte[1], 0, 1)));
        } finally {
            over.set(true);
            trickle.join();
        }
    }

    @Test
    void theEndOfOutputIsACloseNotifyAndAHalfClose() throws Exception {
        wire.write(new byte[] {1, 2}, 0, 2);
        wire.endOutput();
        assertArrayEquals(new byte[] {1, 2}, server.getInputStream().readAllBytes()); // throws without close_notify
        assertFalse(raw.isClosed());
        assertTrue(raw.isOutputShutdown());
        wire.drain(65_536, 100);
    }

    @Test
    void theServersCloseNotifyIsTheEnd() throws Exception {
        server.close();
        assertEquals(-1, wire.read(new byte[1], 0, 1));
    }

    @Test
    void anEndWithoutCloseNotifyIsAnEndToo() throws Exception {
        relayToServer.server().shutdownOutput();
        assertEquals(-1, wire.read(new byte[1], 0, 1));
    }

    /** A stuck writer holds locks in the TLS socket; the raw close goes past them. */
    @Test
    void abortFreesAReaderAndAStuckWriter() throws Exception {
        CompletableFuture<Void> writer = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                byte[] bytes = new byte[65_536];
                while (true) {
                    wire.write(bytes, 0, bytes.length);
                }
            } catch (Throwable e) {
                writer.completeExceptionally(e);
            }
        });
        CompletableFuture<Void> reader = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                wire.read(new byte[1], 0, 1);
                reader.complete(null);
            } catch (Throwable e) {
                reader.completeExceptionally(e);
            }
        });
        Await.until("the writer is stuck", this::nothingMoves);
        long start = System.nanoTime();
        wire.abort();
        assertTrue(failure(writer) instanceof IOException);
        assertTrue(failure(reader) instanceof IOException);
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(millis < 2_000, "took " + millis + " ms");
    }

    private boolean nothingMoves() {
        try {
            int before = relayToServer.server().getInputStream().available();
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, 30, TimeUnit.MILLISECONDS)
                    .join();
            return before > 0 && relayToServer.server().getInputStream().available() == before;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Throwable failure(CompletableFuture<?> future) {
        return assertThrows(ExecutionException.class, () -> future.get(10, TimeUnit.SECONDS))
                .getCause();
    }
}
