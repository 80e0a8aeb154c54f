package io.github.streamwebsocket.internal.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SocketWireTest {

    private Loopback.Pair pair;
    private Wire wire;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        pair = Loopback.pair();
        wire = new SocketWire(pair.client(), pair.client());
        peer = pair.server();
    }

    @AfterEach
    void close() throws IOException {
        pair.close();
    }

    @Test
    void bytesGoBothWays() throws IOException {
        wire.write(new byte[] {9, 1, 2, 3, 9}, 1, 3);
        assertArrayEquals(new byte[] {1, 2, 3}, peer.getInputStream().readNBytes(3));
        peer.getOutputStream().write(new byte[] {4, 5});
        byte[] buffer = new byte[4];
        assertEquals(2, wire.read(buffer, 1, 3));
        assertArrayEquals(new byte[] {0, 4, 5, 0}, buffer);
    }

    @Test
    void theEndOfThePeersDataIsMinusOne() throws IOException {
        peer.shutdownOutput();
        assertEquals(-1, wire.read(new byte[1], 0, 1));
    }

    @Test
    void aReadThatTimesOutCanBeDoneAgain() throws IOException {
        wire.readTimeout(20);
        assertThrows(SocketTimeoutException.class, () -> wire.read(new byte[1], 0, 1));
        peer.getOutputStream().write(7);
        wire.readTimeout(0);
        assertEquals(0, pair.client().getSoTimeout());
        byte[] buffer = new byte[1];
        assertEquals(1, wire.read(buffer, 0, 1));
        assertEquals(7, buffer[0]);
    }

    @Test
    void afterTheEndOfOutputThePeerCanStillSend() throws IOException {
        wire.endOutput();
        assertEquals(-1, peer.getInputStream().read());
        peer.getOutputStream().write(7);
        assertEquals(1, wire.read(new byte[1], 0, 1));
    }

    @Test
    void abortFreesAReaderAndAWriter() throws Exception {
        CompletableFuture<Void> writer = run(() -> {
            byte[] bytes = new byte[1 << 20];
            while (true) {
                wire.write(bytes, 0, bytes.length);
            }
        });
        CompletableFuture<Void> reader = run(() -> wire.read(new byte[1], 0, 1));
        Await.until("the writer has filled the socket", () -> receivedAll(peer));
        wire.abort();
        assertTrue(failure(writer) instanceof IOException);
        assertTrue(failure(reader) instanceof IOException);
        wire.abort();
    }

    @Test
    void drainReadsToThePeersEnd() throws IOException {
        peer.getOutputStream().write(new byte[10_000]);
        peer.shutdownOutput();
        wire.drain(65_536, 5_000);
        assertEquals(-1, pair.client().getInputStream().read());
    }

    @Test
    void drainStopsAtItsLimit() throws IOException {
        peer.getOutputStream().write(new byte[30_000]);
        peer.shutdownOutput();
        wire.drain(20_000, 5_000);
        assertEquals(10_000, pair.client().getInputStream().readAllBytes().length);
    }

    @Test
    void aPeerThatSendsAByteNowAndThenCannotHoldADrain() throws Exception {
        CompletableFuture<Void> dripper = run(() -> {
            OutputStream out = peer.getOutputStream();
            while (true) {
                out.write(1);
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, 5, TimeUnit.MILLISECONDS)
                        .join();
            }
        });
        long start = System.nanoTime();
        wire.drain(1 << 20, 150);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(took >= 140 && took < 5_000, "took " + took + " ms");
        wire.abort();
        assertTrue(failure(dripper) instanceof IOException);
    }

    @Test
    void recordsOfALongWriteLeaveTogether() throws IOException {
        try (ServerSocket listener = Loopback.listen();
                TimedSocket raw = new TimedSocket()) {
            raw.connect(listener.getLocalSocketAddress());
            try (Socket far = listener.accept();
                    TwoRecords tls = new TwoRecords(raw)) {
                Wire secured = new SocketWire(raw, tls);
                tls.between = () -> Await.until("the first has left by itself", () -> available(far) == 50);
                secured.write(new byte[100], 0, 100);
                tls.between = () -> assertEquals(100, available(far), "before the second was made");
                secured.write(new byte[20_000], 0, 20_000);
                assertEquals(20_100, far.getInputStream().readNBytes(20_100).length);
            }
        }
    }

    /** TLS that makes two records of whatever is written. */
    private static final class TwoRecords extends Socket {
        private final Socket raw;
        private Runnable between = () -> {};

        TwoRecords(Socket raw) {
            this.raw = raw;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return raw.getInputStream();
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(raw.getOutputStream()) {
                @Override
                public void write(byte[] buffer, int offset, int length) throws IOException {
                    int half = length / 2;
                    out.write(buffer, offset, half);
                    between.run();
                    out.write(buffer, offset + half, length - half);
                }
            };
        }
    }

    private static int available(Socket socket) {
        try {
            return socket.getInputStream().available();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aReadTimeoutHoldsAfterADrainHasSetItsOwn() throws IOException {
        wire.readTimeout(1_234);
        wire.drain(10, 10);
        wire.readTimeout(1_234);
        assertEquals(1_234, pair.client().getSoTimeout());
    }

    @Test
    void theAddressesAreThoseOfTheSocketEvenAfterItsEnd() {
        int port = pair.client().getLocalPort();
        wire.abort();
        assertEquals(port, wire.localAddress().getPort());
        assertEquals(peer.getLocalPort(), wire.remoteAddress().getPort());
    }

    @Test
    void aLingeringCloseLetsThePeerReadOurLastBytesThoughItsOwnWereUnread() throws IOException {
        Socket raw = pair.client();
        peer.getOutputStream().write(new byte[50_000]);
        raw.getOutputStream().write(42);
        CompletableFuture<Void> closing = run(() -> LingeringClose.close(raw, 65_536, 5_000));
        InputStream in = peer.getInputStream();
        assertEquals(42, in.read());
        assertEquals(-1, in.read());
        peer.close();
        closing.join();
        assertTrue(raw.isClosed());
    }

    /** The peer's receive buffer no longer grows: what can be in flight is. */
    private static boolean receivedAll(Socket peer) {
        int before = available(peer);
        new CompletableFuture<Void>()
                .completeOnTimeout(null, 20, TimeUnit.MILLISECONDS)
                .join();
        return before > 0 && available(peer) == before;
    }

    private interface Action {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> run(Action action) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                action.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }

    private static Throwable failure(CompletableFuture<?> future) throws Exception {
        return assertThrows(ExecutionException.class, () -> future.get(10, TimeUnit.SECONDS))
                .getCause();
    }
}
