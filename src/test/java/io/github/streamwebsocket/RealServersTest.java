package io.github.streamwebsocket;

import static io.github.streamwebsocket.testing.ThirdPartyServer.ECHO;
import static io.github.streamwebsocket.testing.ThirdPartyServer.PROTOCOL;
import static io.github.streamwebsocket.testing.ThirdPartyServer.REFUSAL;
import static io.github.streamwebsocket.testing.ThirdPartyServer.REFUSAL_HEADER;
import static io.github.streamwebsocket.testing.ThirdPartyServer.REFUSE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ServerEnd;
import io.github.streamwebsocket.testing.ThirdParty;
import io.github.streamwebsocket.testing.ThirdPartyServer;
import io.github.streamwebsocket.testing.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user does with a socket, done with servers that others have written. */
@ParameterizedClass(name = "{0} over {1}")
@MethodSource("combinations")
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class RealServersTest {
    private static final Map<ThirdParty, ThirdPartyServer> SERVERS = new EnumMap<>(ThirdParty.class);
    private static final int[] SIZES = {0, 1, 125, 126, 127, 65_535, 65_536, 65_537, 1 << 20};

    private final ThirdParty kind;
    private final Transport transport;

    RealServersTest(ThirdParty kind, Transport transport) {
        this.kind = kind;
        this.transport = transport;
    }

    static Stream<Arguments> combinations() {
        return ThirdParty.with(Transport.values());
    }

    @BeforeAll
    static void start() throws Exception {
        if (SERVERS.isEmpty()) { // is called for each combination
            for (ThirdParty kind : ThirdParty.values()) {
                SERVERS.put(kind, kind.start());
            }
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(ThirdPartyServer::close);
        SERVERS.clear();
    }

    private ThirdPartyServer server() {
        return SERVERS.get(kind);
    }

    private StreamWebSocket socket() {
        StreamWebSocket socket = new StreamWebSocket();
        if (transport.secure()) {
            socket.control().trustOnly(Credentials.ANCHORS);
        }
        return socket;
    }

    /** Connects, and gives the server's end too. */
    private ServerEnd connect(StreamWebSocket socket) throws Exception {
        socket.connect(server().uri(transport, ECHO));
        return server().end();
    }

    private static byte[] receive(StreamWebSocket socket) throws IOException {
        try (IncomingMessage message = socket.receive()) {
            if (message == null) {
                throw new AssertionError("expected a message but the connection was closed");
            }
            return message.readAllBytes();
        }
    }

    /** The Closed event, once it comes. */
    private static CompletableFuture<WebSocketClosedEventArgs> closedEvent(StreamWebSocket socket) {
        CompletableFuture<WebSocketClosedEventArgs> event = new CompletableFuture<>();
        socket.onClosed(event::complete);
        return event;
    }

    private static WebSocketClosedEventArgs soon(CompletableFuture<WebSocketClosedEventArgs> event) throws Exception {
        return event.get(10, TimeUnit.SECONDS);
    }

    @Test
    void messagesOfAllSizesComeBackAsTheyWere() throws Exception {
        try (StreamWebSocket socket = socket()) {
            connect(socket);
            for (int size : SIZES) {
                byte[] sent = RawFrames.pattern(size);
                Call<Void> sending = Call.run(() -> socket.send(sent));
                assertArrayEquals(sent, receive(socket), "message of " + size);
                sending.result();
            }
        }
    }

    @Test
    void manySmallMessagesKeepTheirBoundsAndOrder() throws Exception {
        int count = 1_000;
        try (StreamWebSocket socket = socket()) {
            connect(socket);
            Call<Void> sending = Call.run(() -> {
                for (int i = 0; i < count; i++) {
                    socket.send(RawFrames.pattern(i % 200));
                }
            });
            for (int i = 0; i < count; i++) {
                assertArrayEquals(RawFrames.pattern(i % 200), receive(socket), "message " + i);
            }
            sending.result();
        }
    }

    @Test
    void buffersSentAtOnceAreMessagesOfTheirOwn() throws Exception {
        int[] sizes = {3, 65_530, 0, 1, 65_528, 70_000, 0, 100, 200_000, 125, 126, 65_536};
        List<ByteBuffer> buffers = new ArrayList<>();
        for (int size : sizes) {
            buffers.add(ByteBuffer.wrap(RawFrames.pattern(size)));
        }
        try (StreamWebSocket socket = socket()) {
            connect(socket);
            Call<Void> sending = Call.run(() -> socket.sendAll(buffers));
            for (int size : sizes) {
                assertArrayEquals(RawFrames.pattern(size), receive(socket), "message of " + size);
            }
            sending.result();
            assertTrue(buffers.stream().noneMatch(ByteBuffer::hasRemaining));
        }
    }

    @Test
    void aMessageThatIsFlushedInBetweenIsOneMessage() throws Exception {
        byte[] sent = RawFrames.pattern(300_000);
        try (StreamWebSocket socket = socket()) {
            connect(socket);
            Call<Void> sending = Call.run(() -> {
                try (OutgoingMessage message = socket.beginMessage()) {
                    int step = 1;
                    for (int at = 0; at < sent.length; at += step) {
                        step = Math.min(sent.length - at, 2 * step + 1);
                        message.write(sent, at, step);
                        message.flush();
                    }
                    message.complete();
                }
                socket.send(new byte[] {1});
            });
            assertArrayEquals(sent, receive(socket));
            assertArrayEquals(new byte[] {1}, receive(socket));
            sending.result();
        }
    }

    @Test
    void aFileIsOneMessage(@TempDir Path folder) throws Exception {
        byte[] content = RawFrames.pattern(300_000);
        Path file = Files.write(folder.resolve("file"), content);
        try (StreamWebSocket socket = socket()) {
            connect(socket);
            Call<Void> sending = Call.run(() -> socket.send(file));
            assertArrayEquals(content, receive(socket));
            sending.result();
        }
    }

    @Test
    void whatRemainsInABufferIsSentAndConsumed() throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1_000);
        buffer.put(RawFrames.pattern(1_000)).position(200).limit(900);
        byte[] expected = new byte[700];
        System.arraycopy(RawFrames.pattern(1_000), 200, expected, 0, 700);
        try (StreamWebSocket socket = socket()) {
            connect(socket);
            socket.send(buffer);
            assertFalse(buffer.hasRemaining());
            assertEquals(900, buffer.limit());
            assertArrayEquals(expected, receive(socket));
        }
    }

    @Test
    void whatABodyWritesIsOneMessage() throws Exception {
        byte[] sent = RawFrames.pattern(150_000);
        try (StreamWebSocket socket = socket()) {
            connect(socket);
            Call<Void> sending = Call.run(() -> socket.send(out -> {
                out.write(sent[0]);
                out.write(sent, 1, 99_999);
                out.flush();
                out.write(sent, 100_000, 50_000);
            }));
            assertArrayEquals(sent, receive(socket));
            sending.result();
        }
    }

    @Test
    void asStreamsTheBytesGoThroughInOrder() throws Exception {
        byte[] sent = RawFrames.pattern(1 << 20);
        try (StreamWebSocket socket = socket()) {
            connect(socket);
            Call<Void> sending = Call.run(() -> {
                OutputStream out = socket.outputStream();
                out.write(sent, 0, 10);
                out.flush();
                out.write(sent, 10, sent.length - 10);
                out.flush();
            });
            InputStream in = socket.inputStream();
            assertArrayEquals(sent, in.readNBytes(sent.length));
            sending.result();
        }
    }

    @Test
    void aPingIsAnsweredWhileTheApplicationReadsNothing() throws Exception {
        try (StreamWebSocket socket = socket()) {
            ServerEnd end = connect(socket);
            end.ping("are you there?");
            assertEquals("are you there?", end.pong());
            end.ping("");
            assertEquals("", end.pong());
        }
    }

    @Test
    void aPingInTheMiddleOfAMessageIsAnsweredAndDisturbsNothing() throws Exception {
        byte[] sent = RawFrames.pattern(10_000);
        try (StreamWebSocket socket = socket()) {
            ServerEnd end = connect(socket);
            OutgoingMessage message = socket.beginMessage();
            message.write(sent, 0, 5_000);
            message.flush();
            end.ping("still there?");
            Call<byte[]> receiving = Call.of(() -> receive(socket)); // what was echoed stands in front of the ping
            assertEquals("still there?", end.pong());
            message.write(sent, 5_000, 5_000);
            message.complete();
            assertArrayEquals(sent, receiving.result());
        }
    }

    @Test
    void theSubprotocolIsTheServersChoice() throws Exception {
        try (StreamWebSocket socket = socket()) {
            socket.control().supportedProtocols().addAll(List.of("chat.v1", PROTOCOL));
            assertEquals("", socket.information().protocol());
            ServerEnd end = connect(socket);
            assertEquals(PROTOCOL, socket.information().protocol());
            assertEquals("chat.v1, " + PROTOCOL, String.join(", ", end.requestHeader("Sec-WebSocket-Protocol")));
        }
    }

    @Test
    void aServerMayChooseNoneOfTheSubprotocols() throws Exception {
        try (StreamWebSocket socket = socket()) {
            socket.control().supportedProtocols().add("chat.v1");
            connect(socket);
            assertEquals("", socket.information().protocol());
        }
    }

    @Test
    void headersGoBothWays() throws Exception {
        try (StreamWebSocket socket = socket()) {
            socket.setRequestHeader("X-Film", "Metropolis");
            socket.setRequestHeader("Cookie", "a=b; c=d");
            ServerEnd end = connect(socket);
            assertEquals(List.of("Metropolis"), end.requestHeader("X-Film"));
            assertEquals(List.of("a=b; c=d"), end.requestHeader("Cookie"));
            assertEquals(
                    kind == ThirdParty.JETTY ? "Jetty" : "Undertow",
                    socket.information().responseHeaders().first("x-server").orElseThrow());
            assertEquals(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server().port(transport)),
                    socket.information().remoteAddress().orElseThrow());
        }
    }

    @Test
    void aCloseFromHereArrivesThereAndIsAnswered() throws Exception {
        try (StreamWebSocket socket = socket()) {
            ServerEnd end = connect(socket);
            CompletableFuture<WebSocketClosedEventArgs> event = closedEvent(socket);
            socket.close(4_001, "the film is over");
            assertEquals(new WebSocketClosedEventArgs(4_001, "the film is over"), end.closed());
            assertEquals(4_001, soon(event).code());
            assertFalse(socket.isOpen());
            WebSocketClosedException sending =
                    assertThrows(WebSocketClosedException.class, () -> socket.send(new byte[1]));
            assertEquals(4_001, sending.localCode());
            assertEquals(4_001, sending.remoteCode());
            assertFalse(sending.closedByRemoteFirst());
        }
    }

    @Test
    void aCloseWithoutACodeArrivesThereAndIsAnswered() throws Exception {
        try (StreamWebSocket socket = socket()) {
            connect(socket);
            CompletableFuture<WebSocketClosedEventArgs> event = closedEvent(socket);
            socket.close();
            WebSocketClosedEventArgs answer = soon(event);
            assertTrue(answer.code() == 1005 || answer.code() == 1000, answer::toString);
            assertNull(socket.receive());
        }
    }

    @Test
    void aCloseFromThereIsToldToEverybody() throws Exception {
        try (StreamWebSocket socket = socket()) {
            ServerEnd end = connect(socket);
            CompletableFuture<WebSocketClosedEventArgs> event = closedEvent(socket);
            end.close(4_002, "no more films");
            assertEquals(new WebSocketClosedEventArgs(4_002, "no more films"), soon(event)); // nobody reads
            WebSocketClosedException receiving = assertThrows(WebSocketClosedException.class, socket::receive);
            assertEquals(WebErrorStatus.DISCONNECTED, receiving.status());
            assertEquals(4_002, receiving.remoteCode());
            assertEquals("no more films", receiving.remoteReason());
            assertTrue(receiving.closedByRemoteFirst());
            assertThrows(WebSocketClosedException.class, () -> socket.send(new byte[1]));
            CompletableFuture<WebSocketClosedEventArgs> late = closedEvent(socket);
            assertEquals(4_002, soon(late).code());
        }
    }

    @Test
    void aCloseInGoodOrderFromThereIsTheEndOfAllMessages() throws Exception {
        try (StreamWebSocket socket = socket()) {
            ServerEnd end = connect(socket);
            socket.send("last".getBytes(UTF_8));
            assertEquals("last", new String(receive(socket), UTF_8));
            Call<IncomingMessage> receiving = Call.of(socket::receive);
            end.close(1000, "");
            assertNull(receiving.result());
            assertNull(socket.receive());
        }
    }

    @Test
    void aCloseInGoodOrderFromThereIsTheEndOfTheStream() throws Exception {
        try (StreamWebSocket socket = socket()) {
            ServerEnd end = connect(socket);
            socket.outputStream().write("last".getBytes(UTF_8));
            socket.outputStream().flush();
            assertEquals("last", new String(socket.inputStream().readNBytes(4), UTF_8));
            end.close(1000, "");
            assertEquals(-1, socket.inputStream().read());
            assertEquals(-1, socket.inputStream().read());
        }
    }

    @Test
    void aStreamWithNothingLeftToSendIsClosedWithoutHarmAfterTheEnd() throws Exception {
        try (StreamWebSocket socket = socket()) {
            ServerEnd end = connect(socket);
            OutputStream out = socket.outputStream();
            out.write(7);
            out.flush();
            InputStream in = socket.inputStream();
            assertEquals(7, in.read());
            end.close(1000, "");
            assertEquals(-1, in.read());
            out.close();
        }
    }

    @Test
    void aStreamWithSomethingLeftToSendIsNotClosedInSilenceAfterTheEnd() throws Exception {
        try (StreamWebSocket socket = socket()) {
            ServerEnd end = connect(socket);
            OutputStream out = socket.outputStream();
            out.write(7);
            end.close(1000, "");
            assertEquals(-1, socket.inputStream().read());
            assertThrows(WebSocketClosedException.class, out::close);
            assertThrows(WebSocketClosedException.class, socket::close);
        }
    }

    @Test
    void aGoingAwayFromThereIsNoEndOfTheStream() throws Exception {
        try (StreamWebSocket socket = socket()) {
            ServerEnd end = connect(socket);
            InputStream in = socket.inputStream();
            end.close(1001, "");
            WebSocketClosedException reading = assertThrows(WebSocketClosedException.class, in::read);
            assertEquals(1001, reading.remoteCode());
            assertEquals(WebErrorStatus.DISCONNECTED, reading.status());
        }
    }

    @Test
    void aConnectionThatIsCutIsNoEndOfTheStream() throws Exception {
        try (StreamWebSocket socket = socket()) {
            ServerEnd end = connect(socket);
            CompletableFuture<WebSocketClosedEventArgs> event = closedEvent(socket);
            InputStream in = socket.inputStream();
            Call<Integer> reading = Call.of(in::read);
            end.cut();
            cut(reading.failure(WebSocketAbortedException.class));
            cut(assertThrows(WebSocketAbortedException.class, in::read));
            assertFalse(event.isDone());
            assertFalse(socket.isOpen());
        }
    }

    @Test
    void aConnectionThatIsCutInsideAMessageIsNoEndOfTheMessage() throws Exception {
        try (StreamWebSocket socket = socket()) {
            ServerEnd end = connect(socket);
            OutgoingMessage message = socket.beginMessage();
            message.write(RawFrames.pattern(200_000));
            message.flush();
            IncomingMessage incoming = socket.receive(); // comes while the server waits for more
            assertArrayEquals(Arrays.copyOf(RawFrames.pattern(200_000), 1_000), incoming.readNBytes(1_000));
            end.cut();
            cut(assertThrows(WebSocketAbortedException.class, incoming::readAllBytes));
            cut(assertThrows(WebSocketAbortedException.class, incoming::read));
            cut(assertThrows(WebSocketAbortedException.class, incoming::read));
            incoming.close();
            cut(assertThrows(WebSocketAbortedException.class, socket::receive));
        }
    }

    private static void cut(WebSocketException failure) {
        assertTrue(
                failure.status() == WebErrorStatus.CONNECTION_ABORTED
                        || failure.status() == WebErrorStatus.CONNECTION_RESET,
                failure::toString);
    }

    @Test
    void aRefusalIsToldWithStatusHeadersAndBody() throws Exception {
        try (StreamWebSocket socket = socket()) {
            WebSocketHandshakeException refusal = assertThrows(
                    WebSocketHandshakeException.class, () -> socket.connect(server().uri(transport, REFUSE)));
            assertEquals(WebErrorStatus.FORBIDDEN, refusal.status());
            assertEquals(403, refusal.statusCode());
            assertEquals("Monday", refusal.headers().first(REFUSAL_HEADER).orElseThrow());
            assertEquals(REFUSAL, new String(refusal.body(), UTF_8));

            connect(socket); // the same socket, as the refusal changed nothing
            socket.send(new byte[] {1});
            assertArrayEquals(new byte[] {1}, receive(socket));
        }
    }
}
