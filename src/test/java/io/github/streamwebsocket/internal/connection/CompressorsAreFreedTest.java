package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.PipeWire;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.RawPeer;
import io.github.streamwebsocket.testing.Soon;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory outside the heap goes with its connection, however that ends, and whoever goes on is told of the end. */
@ExtendWith(NoThreadsLeft.class)
class CompressorsAreFreedTest {
    private static final int CONNECTIONS = 20;
    private static final DeflateParameters AGREED = new DeflateParameters(false, false, 15, 15, 1, 0);

    /** Those made and not ended. */
    private final Set<Object> alive = ConcurrentHashMap.newKeySet();

    private final Set<Object> made = ConcurrentHashMap.newKeySet();
    private final List<Connection> connections = new ArrayList<>();
    private volatile CountDownLatch inside = new CountDownLatch(0);
    private volatile CountDownLatch goOn = new CountDownLatch(0);

    private final class CountedDeflater extends Deflater {
        CountedDeflater() {
            super(1, true);
            made.add(this);
            alive.add(this);
        }

        @Override
        public int deflate(byte[] output, int offset, int length, int flush) {
            hold();
            return super.deflate(output, offset, length, flush);
        }

        @Override
        public void end() {
            super.end();
            alive.remove(this);
        }
    }

    private final class CountedInflater extends Inflater {
        CountedInflater() {
            super(true);
            made.add(this);
            alive.add(this);
        }

        @Override
        public int inflate(byte[] output, int offset, int length) throws DataFormatException {
            hold();
            return super.inflate(output, offset, length);
        }

        @Override
        public void end() {
            super.end();
            alive.remove(this);
        }
    }

    /** Where a test wants a call of the compressor to be under way while something else happens. */
    private void hold() {
        inside.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void abort() {
        goOn.countDown();
        connections.forEach(Connection::abort);
    }

    private Connection open(Role role, PipeWire wire) {
        Connection connection = Connection.open(
                role,
                wire,
                new byte[0],
                new Compression(AGREED, CountedDeflater::new, CountedInflater::new),
                new Tuning().closeTimeout(500).settings(),
                true,
                new Handlers<>("closed"),
                () -> {});
        connections.add(connection);
        return connection;
    }

    private static void send(Connection connection) throws Exception {
        connection.sender().send(SocketMessageType.BINARY, new byte[1000], 0, 1000);
    }

    private static void receive(Connection connection) throws Exception {
        try (IncomingMessage message = connection.receive()) {
            assertNotNull(message);
            assertEquals(1000, message.readAllBytes().length);
        }
    }

    enum End {
        CLOSE,
        ABORT,
        PEER_VANISHES,
        BREACH,
        NO_DEFLATE_DATA
    }

    @ParameterizedTest
    @EnumSource
    void withTheConnectionHoweverItEnds(End end) throws Exception {
        for (int i = 0; i < CONNECTIONS; i++) {
            PipeWire[] pipe = PipeWire.pair(PipeWire.ROOMY);
            Connection client = open(Role.CLIENT, pipe[0]);
            Connection server = open(Role.SERVER, pipe[1]);
            send(client);
            receive(server);
            send(server);
            receive(client);
            end(end, client, server, pipe[0]);
        }
        assertEquals(4 * CONNECTIONS, made.size());
        Soon.that("all " + made.size() + " are ended", alive::isEmpty);
        for (Connection connection : connections) {
            assertThrows(WebSocketException.class, () -> send(connection));
        }
        assertEquals(4 * CONNECTIONS, made.size(), "none is made for a connection that has ended");
    }

    private static void end(End end, Connection client, Connection server, PipeWire wire) throws Exception {
        switch (end) {
            case CLOSE -> {
                Call<Void> closing = Call.run(client::close);
                server.close();
                closing.result();
            }
            case ABORT -> {
                client.abort();
                server.abort();
            }
            case PEER_VANISHES -> {
                wire.abort();
                Call.of(client::receive).failure(WebSocketException.class);
                Call.of(server::receive).failure(WebSocketException.class);
                client.abort();
                server.abort();
            }
            case BREACH, NO_DEFLATE_DATA -> {
                RawPeer peer = new RawPeer(wire, true);
                peer.frame(
                        end == End.BREACH
                                ? RawFrames.frame(RawFrames.BINARY).rsv(2)
                                : RawFrames.frame(RawFrames.BINARY).rsv(4).payload(new byte[] {-1, -1, -1}));
                Call.run(() -> server.receive().readAllBytes()).failure(WebSocketException.class);
                server.abort();
                client.abort();
            }
        }
    }

    @Test
    void afterAnAbortInsideTheDeflaterTheSenderIsToldAndItIsFreed() throws Exception {
        PipeWire[] pipe = PipeWire.pair(PipeWire.ROOMY);
        Connection client = open(Role.CLIENT, pipe[0]);
        inside = new CountDownLatch(1);
        goOn = new CountDownLatch(1);
        Call<Void> sender = Call.run(() -> client.sender().send(SocketMessageType.BINARY, out -> {
            while (true) {
                out.write(new byte[100_000]);
            }
        }));
        inside.await();
        client.abort();
        goOn.countDown();
        sender.failure(WebSocketException.class);
        Soon.that("the deflater is ended", alive::isEmpty);
        assertEquals(1, made.size());
    }

    @Test
    void afterAnAbortInsideTheInflaterTheReaderIsToldAndItIsFreed() throws Exception {
        PipeWire[] pipe = PipeWire.pair(PipeWire.ROOMY);
        Connection client = open(Role.CLIENT, pipe[0]);
        Connection server = open(Role.SERVER, pipe[1]);
        send(client);
        send(client);
        inside = new CountDownLatch(1);
        goOn = new CountDownLatch(1);
        Call<Void> reader = Call.run(() -> {
            while (true) {
                receive(server);
            }
        });
        inside.await();
        server.abort();
        goOn.countDown();
        reader.failure(WebSocketException.class);
        client.abort();
        Soon.that("both are ended", alive::isEmpty);
    }
}
