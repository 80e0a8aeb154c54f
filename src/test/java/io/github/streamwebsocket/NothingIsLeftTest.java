package io.github.streamwebsocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.testing.BouncyCastleLog;
import io.github.streamwebsocket.testing.Census;
import io.github.streamwebsocket.testing.ChildJvm;
import io.github.streamwebsocket.testing.EndingsServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A connection that has ended, in whatever way, leaves no thread of either kind, no socket and no file descriptor. */
@Timeout(value = 90, threadMode = ThreadMode.SEPARATE_THREAD)
class NothingIsLeftTest {
    private static final int CONNECTIONS = 1_000;
    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final byte[] MESSAGE = "hello".getBytes(US_ASCII);

    /** One connection from its start to one of the ends there are. */
    private enum End {
        CLOSED_HERE(EndingsServer.ECHO) {
            @Override
            void reach(StreamWebSocket socket, URI uri) throws IOException {
                socket.connect(uri);
                socket.send(MESSAGE);
                assertArrayEquals(MESSAGE, receive(socket));
                socket.close(4_001, "enough");
            }
        },
        CLOSED_THERE(EndingsServer.CLOSE) {
            @Override
            void reach(StreamWebSocket socket, URI uri) throws IOException {
                socket.connect(uri);
                socket.send(MESSAGE);
                assertArrayEquals(MESSAGE, receive(socket));
                assertNull(socket.receive());
                socket.close();
            }
        },
        STREAMS_CLOSED_HERE(EndingsServer.ECHO) {
            @Override
            void reach(StreamWebSocket socket, URI uri) throws IOException {
                socket.connect(uri);
                socket.outputStream().write(MESSAGE);
                socket.outputStream().flush();
                assertArrayEquals(MESSAGE, socket.inputStream().readNBytes(MESSAGE.length));
                socket.outputStream().write(MESSAGE); // goes out with the close
                socket.close();
            }
        },
        ABORTED(EndingsServer.ECHO) {
            @Override
            void reach(StreamWebSocket socket, URI uri) throws IOException {
                socket.connect(uri);
                socket.send(MESSAGE);
                assertArrayEquals(MESSAGE, receive(socket));
                socket.abort();
            }
        },
        ABORTED_INSIDE_A_MESSAGE(EndingsServer.ECHO) {
            @Override
            void reach(StreamWebSocket socket, URI uri) throws IOException {
                socket.connect(uri);
                OutgoingMessage message = socket.beginMessage();
                message.write(MESSAGE);
                message.flush();
                socket.abort();
            }
        },
        GIVEN_UP_INSIDE_A_MESSAGE(EndingsServer.ECHO) {
            @Override
            void reach(StreamWebSocket socket, URI uri) throws IOException {
                socket.connect(uri);
                try (OutgoingMessage message = socket.beginMessage()) {
                    message.write(MESSAGE);
                    message.flush();
                }
                assertThrows(WebSocketException.class, () -> socket.send(MESSAGE));
            }
        },
        ABORTED_UNDER_A_READER(EndingsServer.ECHO) {
            @Override
            void reach(StreamWebSocket socket, URI uri) throws Exception {
                socket.connect(uri);
                FutureTask<Object> reading =
                        new FutureTask<>(() -> assertThrows(WebSocketException.class, socket::receive));
                Thread.ofVirtual().name("reader").start(reading);
                socket.abort();
                reading.get();
            }
        },
        CUT_THERE(EndingsServer.CUT) {
            @Override
            void reach(StreamWebSocket socket, URI uri) throws IOException {
                socket.connect(uri);
                assertThrows(WebSocketAbortedException.class, socket::receive);
            }
        },
        REFUSED(EndingsServer.REFUSE) {
            @Override
            void reach(StreamWebSocket socket, URI uri) {
                assertThrows(WebSocketHandshakeException.class, () -> socket.connect(uri));
            }
        },
        NOT_TRUSTED(EndingsServer.ECHO) {
            @Override
            void reach(StreamWebSocket socket, URI uri) throws IOException {
                socket.control().trustDefaults();
                if (uri.getScheme().equals("wss")) {
                    assertThrows(WebSocketConnectException.class, () -> socket.connect(uri));
                } else {
                    socket.connect(uri);
                    socket.close();
                }
            }
        };

        private final String path;

        End(String path) {
            this.path = path;
        }

        abstract void reach(StreamWebSocket socket, URI uri) throws Exception;

        private static byte[] receive(StreamWebSocket socket) throws IOException {
            try (IncomingMessage message = socket.receive()) {
                if (message == null) {
                    throw new AssertionError("expected a message but the connection was closed");
                }
                return message.readAllBytes();
            }
        }
    }

    @TempDir
    private static Path folder;

    private static Path authority;
    private static ChildJvm server;
    private static String plain;
    private static String secure;

    @BeforeAll
    static void start() throws IOException {
        BouncyCastleLog.silence();
        authority = folder.resolve("ca.pem");
        server = new ChildJvm(Duration.ofSeconds(90), "256m", EndingsServer.class, authority.toString());
        plain = "ws://localhost:" + port();
        secure = "wss://localhost:" + port();
    }

    private static String port() throws IOException {
        return server.expect("port ");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static void connectAndEnd(int number) throws Exception {
        End end = End.values()[number / 2 % End.values().length];
        try (StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().trustOnly(authority);
            end.reach(socket, URI.create((number % 2 == 0 ? plain : secure) + end.path));
        } catch (Exception | AssertionError e) {
            throw new AssertionError(end + " of connection " + number + " failed", e);
        }
    }

    /** Connects and ends so often, several at once. */
    private static void connectAndEndAll(int count) throws Exception {
        AtomicInteger next = new AtomicInteger();
        List<FutureTask<Void>> workers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            FutureTask<Void> worker = new FutureTask<>(() -> {
                for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                    connectAndEnd(number);
                }
                return null;
            });
            workers.add(worker);
            Thread.ofVirtual().name("worker").start(worker);
        }
        for (FutureTask<Void> worker : workers) {
            worker.get();
        }
    }

    /** What the server has more than when it was told to mark. */
    private static String leftAtTheServer() throws IOException {
        server.tell("left");
        return server.expect("left ");
    }

    @Test
    void afterAThousandConnectionsThereIsNoMoreThanBefore() throws Exception {
        connectAndEndAll(40); // what is made once, as classes and the JDK's own threads are, is made now
        waitForNothing(Census.take(), "to settle");
        Census before = Census.take();
        server.tell("mark");
        server.expect("marked");

        connectAndEndAll(CONNECTIONS);

        waitForNothing(before, "to be left after " + CONNECTIONS + " connections");
    }

    private static void waitForNothing(Census before, String what) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String here = "?";
        String there = "?";
        while (System.nanoTime() - deadline < 0) {
            here = Census.take().excessOver(before);
            there = leftAtTheServer();
            if (here.isEmpty() && there.isEmpty()) {
                return;
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        throw new AssertionError("expected nothing " + what + " but were, here: " + here + ", at the server: " + there);
    }
}
