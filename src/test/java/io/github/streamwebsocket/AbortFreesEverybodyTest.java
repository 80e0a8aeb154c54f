package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.net.SocketWire;
import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ScriptedServer;
import io.github.streamwebsocket.testing.ScriptedServer.Client;
import io.github.streamwebsocket.testing.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Over real sockets, TLS above all, whose own close hangs behind a stuck writer: abort() frees who reads and who writes, and
 * close() ends in its time whatever the peer does.
 */
@ParameterizedClass
@EnumSource(Transport.class)
@ExtendWith(NoThreadsLeft.class)
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class AbortFreesEverybodyTest {
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(500);
    private static final long LIMIT_MILLIS = 2_000;
    /** More than the buffers of both systems take. */
    private static final byte[] TOO_MUCH = new byte[64 << 20];

    private final Transport transport;

    AbortFreesEverybodyTest(Transport transport) {
        this.transport = transport;
    }

    private StreamWebSocket connect(ScriptedServer server) throws IOException {
        StreamWebSocket socket = new StreamWebSocket();
        if (transport.secure()) {
            socket.control().trustOnly(Credentials.ANCHORS);
        }
        socket.control().closeTimeout(CLOSE_TIMEOUT);
        socket.connect(server.uri());
        return socket;
    }

    /** Connects and then neither reads nor writes. */
    private ScriptedServer deadServer() throws Exception {
        return new ScriptedServer(transport, client -> {
            client.upgrade();
            new CountDownLatch(1).await();
        });
    }

    private void report(String what, long millis, long limit) {
        System.out.println(what + " over " + transport + ": " + millis + " ms");
        assertTrue(millis < limit, () -> what + " took " + millis + " ms");
    }

    private void isCancelled(String who, Call<?> call, long moment) {
        WebSocketException failure = call.failure(WebSocketAbortedException.class);
        assertEquals(WebErrorStatus.OPERATION_CANCELED, failure.status(), failure::toString);
        report("abort() freed " + who, call.millisSince(moment), LIMIT_MILLIS);
    }

    private static void writesTooMuch(OutputStream out) throws IOException {
        out.write(TOO_MUCH);
        out.flush();
    }

    @Test
    void abortFreesAReaderAndAWriterOfMessages() throws Exception {
        try (ScriptedServer server = deadServer();
                StreamWebSocket socket = connect(server)) {
            Call<?> reading = Call.of(socket::receive).awaitInside(SocketWire.class);
            Call<?> writing = Call.run(() -> socket.send(TOO_MUCH)).awaitInside(SocketWire.class);
            Call<?> waiting = Call.run(() -> socket.send(new byte[1]));
            Call<?> closing = Call.run(() -> socket.beginMessage().close());
            long moment = System.nanoTime();
            socket.abort();
            report("abort()", Duration.ofNanos(System.nanoTime() - moment).toMillis(), LIMIT_MILLIS);
            isCancelled("a reader", reading, moment);
            isCancelled("a writer", writing, moment);
            isCancelled("a writer in the queue", waiting, moment);
            isCancelled("another writer in the queue", closing, moment);
            assertFalse(socket.isOpen());
        }
    }

    @Test
    void abortFreesAReaderAndAWriterOfStreams() throws Exception {
        try (ScriptedServer server = deadServer()) {
            StreamWebSocket socket = connect(server); // not closed: close() would tell that the stream was not flushed
            Call<?> reading = Call.of(socket.inputStream()::read).awaitInside(SocketWire.class);
            Call<?> writing =
                    Call.run(() -> writesTooMuch(socket.outputStream())).awaitInside(SocketWire.class);
            long moment = System.nanoTime();
            socket.abort();
            isCancelled("a reader of the stream", reading, moment);
            isCancelled("a writer of the stream", writing, moment);
        }
    }

    @Test
    void abortFreesACloseThatWaits() throws Exception {
        try (ScriptedServer server = deadServer()) {
            StreamWebSocket socket = connect(server);
            Call<?> writing = Call.run(() -> socket.send(TOO_MUCH)).awaitInside(SocketWire.class);
            Call<?> closing = Call.run(socket::close);
            closing.awaitInside(StreamWebSocket.class);
            long moment = System.nanoTime();
            socket.abort();
            isCancelled("a writer before a close", writing, moment);
            report("abort() freed close()", closing.millisSince(moment), LIMIT_MILLIS);
        }
    }

    private void closesInTime(String peer, StreamWebSocket socket) {
        Call<Void> closing = Call.run(() -> socket.close(1000, "bye"));
        closing.result();
        report("close() with a timeout of 500 ms on a peer that " + peer, closing.millis(), 500 + LIMIT_MILLIS);
        assertFalse(socket.isOpen());
        assertThrows(WebSocketException.class, () -> socket.send(new byte[1]));
    }

    @Test
    void closeEndsInTimeOnAPeerThatReadsButNeverAnswers() throws Exception {
        try (ScriptedServer server = new ScriptedServer(transport, client -> {
            client.upgrade();
            client.awaitEnd();
        })) {
            closesInTime("never answers", connect(server));
        }
    }

    @Test
    void closeEndsInTimeOnAPeerThatNeverReads() throws Exception {
        try (ScriptedServer server = deadServer()) {
            StreamWebSocket socket = connect(server);
            Call<?> writing = Call.run(() -> socket.send(TOO_MUCH)).awaitInside(SocketWire.class);
            closesInTime("never reads", socket);
            writing.failure(WebSocketException.class);
        }
    }

    @Test
    void closeEndsInTimeOnAPeerThatNeverReadsAndTellsThatTheStreamWasNotFlushed() throws Exception {
        try (ScriptedServer server = deadServer()) {
            StreamWebSocket socket = connect(server);
            OutputStream out = socket.outputStream();
            Call<?> writing = Call.run(() -> writesTooMuch(out)).awaitInside(SocketWire.class);
            Call<Void> closing = Call.run(socket::close);
            WebSocketException lost = closing.failure(WebSocketException.class);
            assertEquals(WebErrorStatus.TIMEOUT, lost.status(), lost::toString);
            report("close() on an unread stream", closing.millis(), 500 + LIMIT_MILLIS);
            writing.failure(WebSocketException.class);
        }
    }

    @Test
    void closeEndsInTimeOnAPeerThatSendsForEver() throws Exception {
        byte[] frame =
                RawFrames.frame(RawFrames.BINARY).payload(new byte[100_000]).bytes();
        try (ScriptedServer server = new ScriptedServer(transport, client -> {
            client.upgrade();
            while (true) {
                client.send(frame);
            }
        })) {
            closesInTime("sends for ever", connect(server));
        }
    }

    @Test
    void closeEndsInTimeOnAPeerThatAnswersAndKeepsTheConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(transport, AbortFreesEverybodyTest::answersAndStays)) {
            closesInTime("keeps the connection", connect(server));
        }
    }

    private static void answersAndStays(Client client) throws Exception {
        client.upgrade();
        client.answerClose();
        new CountDownLatch(1).await();
    }

    @Test
    void closeBySeveralThreadsEndsForAll() throws Exception {
        try (ScriptedServer server = deadServer()) {
            StreamWebSocket socket = connect(server);
            Call<?> reading = Call.of(socket::receive).awaitInside(SocketWire.class);
            Call<Void> one = Call.run(socket::close);
            Call<Void> two = Call.run(() -> socket.close(1001, ""));
            one.result();
            two.result();
            reading.failure(WebSocketException.class);
            report("close() twice beside a reader", Math.max(one.millis(), two.millis()), 500 + LIMIT_MILLIS);
        }
    }
}
