package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The JDK's client talks with the server's end of ours. */
@ParameterizedClass
@EnumSource(Transport.class)
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class JdkClientTest {
    private static final int[] SIZES = {0, 1, 125, 126, 127, 65_535, 65_536, 65_537, 1 << 20};

    private final Transport transport;
    private WebSocketListener listener;
    private HttpClient http;
    private Seen seen;

    JdkClientTest(Transport transport) {
        this.transport = transport;
    }

    /** What the JDK's client hears. */
    private static final class Seen implements java.net.http.WebSocket.Listener {
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
        final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
        final CompletableFuture<WebSocketClosedEventArgs> closed = new CompletableFuture<>();
        final CompletableFuture<Throwable> failed = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onBinary(java.net.http.WebSocket socket, ByteBuffer part, boolean last) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            parts.writeBytes(bytes);
            if (last) {
                messages.add(parts.toByteArray());
                parts.reset();
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onPong(java.net.http.WebSocket socket, ByteBuffer payload) {
            pongs.add(StandardCharsets.UTF_8.decode(payload).toString());
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(java.net.http.WebSocket socket, int code, String reason) {
            closed.complete(new WebSocketClosedEventArgs(code, reason));
            return null;
        }

        @Override
        public void onError(java.net.http.WebSocket socket, Throwable error) {
            failed.complete(error);
        }
    }

    @BeforeEach
    void start() throws IOException {
        WebSocketListenerOptions options = new WebSocketListenerOptions();
        options.supportedProtocols().add("chat.v2");
        options.onHandshake(request -> request.path().equals("/refuse")
                ? HandshakeResponse.refuse(403, "not today").withHeader("X-Why", "Monday")
                : HandshakeResponse.accept().withHeader("X-Server", "ours"));
        if (transport.secure()) {
            options.tls(transport.credential().chain(), transport.credential().privateKey());
        }
        listener = WebSocketListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options);
        seen = new Seen();
    }

    @BeforeEach
    void startClient() throws Exception {
        http = HttpClient.newBuilder()
                .sslContext(Credentials.jdkContext(Credentials.EC))
                .build();
    }

    @AfterEach
    void stop() {
        listener.close();
        http.shutdownNow();
    }

    private java.net.http.WebSocket connect(String path) {
        return http.newWebSocketBuilder()
                .header("X-Film", "Metropolis")
                .subprotocols("chat.v1", "chat.v2")
                .buildAsync(transport.uri(listener.localAddress().getPort(), path), seen)
                .join();
    }

    private static <T> T soon(CompletableFuture<T> future) throws Exception {
        return future.get(10, TimeUnit.SECONDS);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing came");
        }
        return next;
    }

    private static byte[] receive(WebSocket socket) throws IOException {
        try (IncomingMessage message = socket.receive()) {
            if (message == null) {
                throw new AssertionError("expected a message but the connection was closed");
            }
            return message.readAllBytes();
        }
    }

    @Test
    void theOpeningRequestAndItsAnswerArrive() throws Exception {
        java.net.http.WebSocket client = connect("/films?year=1927");
        try (ServerStreamWebSocket socket = listener.accept()) {
            HandshakeRequest request = socket.information().request();
            assertEquals("/films", request.path());
            assertEquals("year=1927", request.query());
            assertEquals("Metropolis", request.headers().first("x-film").orElseThrow());
            assertEquals(transport.secure(), request.secure());
            assertEquals("chat.v2", socket.information().protocol());
            assertEquals("chat.v2", client.getSubprotocol());
            client.abort();
        }
    }

    @Test
    void aRefusalArrives() {
        CompletionException failed = assertThrows(CompletionException.class, () -> connect("/refuse"));
        WebSocketHandshakeException refused = (WebSocketHandshakeException) failed.getCause();
        assertEquals(403, refused.getResponse().statusCode());
        assertEquals(
                "Monday", refused.getResponse().headers().firstValue("X-Why").orElseThrow());
    }

    @Test
    void messagesOfAllSizesGoBothWays() throws Exception {
        java.net.http.WebSocket client = connect("/");
        try (ServerStreamWebSocket socket = listener.accept()) {
            for (int size : SIZES) {
                byte[] message = RawFrames.pattern(size);
                CompletableFuture<?> sent = client.sendBinary(ByteBuffer.wrap(message), true);
                assertArrayEquals(message, receive(socket), "up, " + size);
                soon(sent);
                socket.send(message);
                assertArrayEquals(message, next(seen.messages), "down, " + size);
            }
            client.abort();
        }
    }

    @Test
    void fragmentsAreOneMessage() throws Exception {
        java.net.http.WebSocket client = connect("/");
        byte[] whole = RawFrames.pattern(1_000);
        try (ServerStreamWebSocket socket = listener.accept()) {
            soon(client.sendBinary(ByteBuffer.wrap(whole, 0, 400), false));
            soon(client.sendPing(ByteBuffer.wrap(new byte[] {'?'}))); // control frames may come between (RFC 6455 5.4)
            soon(client.sendBinary(ByteBuffer.wrap(whole, 400, 0), false));
            soon(client.sendBinary(ByteBuffer.wrap(whole, 400, 600), true));
            assertArrayEquals(whole, receive(socket));
            assertEquals("?", next(seen.pongs));

            try (OutgoingMessage message = socket.beginMessage()) {
                message.write(whole, 0, 400);
                message.flush();
                message.write(whole, 400, 600);
                message.complete();
            }
            assertArrayEquals(whole, next(seen.messages));
            client.abort();
        }
    }

    @Test
    void aPingIsAnsweredWhileTheApplicationReadsNothing() throws Exception {
        java.net.http.WebSocket client = connect("/");
        try (ServerStreamWebSocket socket = listener.accept()) {
            soon(client.sendPing(StandardCharsets.UTF_8.encode("are you there?")));
            assertEquals("are you there?", next(seen.pongs));
            assertTrue(socket.isOpen());
            client.abort();
        }
    }

    @Test
    void textIsRefusedWith1003() throws Exception {
        java.net.http.WebSocket client = connect("/");
        try (ServerStreamWebSocket socket = listener.accept()) {
            soon(client.sendText("hello", true));
            WebSocketProtocolException refused = assertThrows(WebSocketProtocolException.class, socket::receive);
            assertEquals(1003, refused.closeCode());
            assertTrue(refused.getMessage().contains("MessageWebSocket"), refused::toString);
            assertEquals(1003, soon(seen.closed).code());
        }
    }

    @Test
    void aCloseOfTheClientIsToldAndAnswered() throws Exception {
        java.net.http.WebSocket client = connect("/");
        try (ServerStreamWebSocket socket = listener.accept()) {
            CompletableFuture<WebSocketClosedEventArgs> event = new CompletableFuture<>();
            socket.onClosed(event::complete);
            soon(client.sendClose(4_001, "the film is over"));
            assertEquals(new WebSocketClosedEventArgs(4_001, "the film is over"), soon(event)); // nobody reads
            WebSocketClosedException receiving = assertThrows(WebSocketClosedException.class, socket::receive);
            assertEquals(4_001, receiving.remoteCode());
            assertTrue(receiving.closedByRemoteFirst());
            assertEquals(4_001, soon(seen.closed).code());
            assertFalse(seen.failed.isDone());
        }
    }

    @Test
    void aCloseOfTheClientInGoodOrderIsTheEndOfAllMessages() throws Exception {
        java.net.http.WebSocket client = connect("/");
        try (ServerStreamWebSocket socket = listener.accept()) {
            soon(client.sendBinary(ByteBuffer.wrap(new byte[] {7}), true));
            soon(client.sendClose(1000, "done"));
            assertArrayEquals(new byte[] {7}, receive(socket));
            assertNull(socket.receive());
        }
    }

    @Test
    void aCloseOfTheServerIsToldAndAnswered() throws Exception {
        connect("/");
        try (ServerStreamWebSocket socket = listener.accept()) {
            CompletableFuture<WebSocketClosedEventArgs> event = new CompletableFuture<>();
            socket.onClosed(event::complete);
            socket.send(new byte[] {7});
            Call<Void> closing = Call.run(() -> socket.close(4_002, "no more films"));
            assertEquals(new WebSocketClosedEventArgs(4_002, "no more films"), soon(seen.closed));
            closing.result();
            assertEquals(4_002, soon(event).code());
            assertArrayEquals(new byte[] {7}, next(seen.messages));
            assertFalse(seen.failed.isDone());
        }
    }

    @Test
    void aClientThatCutsIsNoEndOfTheStream() throws Exception {
        java.net.http.WebSocket client = connect("/");
        try (ServerStreamWebSocket socket = listener.accept()) {
            Call<Integer> reading = Call.of(socket.inputStream()::read);
            client.abort();
            reading.failure(WebSocketAbortedException.class);
        }
    }
}
