package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Jetty's client talks with the server's end of ours. */
@ParameterizedClass
@EnumSource(Transport.class)
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class JettyClientTest {
    private static final int[] SIZES = {0, 1, 125, 126, 127, 65_535, 65_536, 65_537, 1 << 20};

    private final Transport transport;
    private WebSocketListener listener;
    private WebSocketClient client;
    private final Seen seen = new Seen();

    JettyClientTest(Transport transport) {
        this.transport = transport;
    }

    /** What Jetty's client hears. Public, as Jetty calls it by reflection. */
    public static final class Seen implements Session.Listener.AutoDemanding {
        private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
        final BlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
        final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
        final CompletableFuture<WebSocketClosedEventArgs> closed = new CompletableFuture<>();

        @Override
        public void onWebSocketPartialBinary(ByteBuffer part, boolean last, Callback callback) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            parts.writeBytes(bytes);
            if (last) {
                messages.add(parts.toByteArray());
                parts.reset();
            }
            callback.succeed();
        }

        @Override
        public void onWebSocketPong(ByteBuffer payload) {
            pongs.add(StandardCharsets.UTF_8.decode(payload).toString());
        }

        @Override
        public void onWebSocketClose(int code, String reason, Callback callback) {
            closed.complete(new WebSocketClosedEventArgs(code, reason == null ? "" : reason));
            callback.succeed();
        }
    }

    @BeforeEach
    void start() throws Exception {
        WebSocketListenerOptions options = new WebSocketListenerOptions();
        options.supportedProtocols().add("chat.v2");
        if (transport.secure()) {
            options.tls(transport.credential().chain(), transport.credential().privateKey());
        }
        listener = WebSocketListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options);

        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("anchor", Credentials.AUTHORITY.certificate());
        SslContextFactory.Client ssl = new SslContextFactory.Client();
        ssl.setTrustStore(anchors);
        ClientConnector connector = new ClientConnector();
        connector.setSslContextFactory(ssl);
        QueuedThreadPool threads = new QueuedThreadPool(8);
        threads.setDaemon(true);
        connector.setExecutor(threads);
        client = new WebSocketClient(new HttpClient(new HttpClientTransportOverHTTP(connector)));
        client.setMaxBinaryMessageSize(0); // no limit
        client.start();
    }

    @AfterEach
    void stop() throws Exception {
        listener.close();
        client.stop();
    }

    private Session connect() throws Exception {
        ClientUpgradeRequest request =
                new ClientUpgradeRequest(transport.uri(listener.localAddress().getPort(), "/"));
        request.setSubProtocols("chat.v1", "chat.v2");
        request.addExtensions("permessage-deflate"); // which our end declines
        return client.connect(seen, request).get(10, TimeUnit.SECONDS);
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
    void theSubprotocolIsAgreedAndNoExtension() throws Exception {
        Session session = connect();
        try (ServerStreamWebSocket socket = listener.accept()) {
            assertEquals("chat.v2", socket.information().protocol());
            assertEquals("chat.v2", session.getUpgradeResponse().getAcceptedSubProtocol());
            assertEquals(0, session.getUpgradeResponse().getExtensions().size());
        }
    }

    @Test
    void messagesOfAllSizesGoBothWays() throws Exception {
        Session session = connect();
        try (ServerStreamWebSocket socket = listener.accept()) {
            for (int size : SIZES) {
                byte[] message = RawFrames.pattern(size);
                session.sendBinary(ByteBuffer.wrap(message), Callback.NOOP);
                assertArrayEquals(message, receive(socket), "up, " + size);
                socket.send(message);
                assertArrayEquals(message, next(seen.messages), "down, " + size);
            }
        }
    }

    @Test
    void fragmentsAreOneMessage() throws Exception {
        Session session = connect();
        byte[] whole = RawFrames.pattern(1_000);
        try (ServerStreamWebSocket socket = listener.accept()) {
            Callback.Completable.with(done -> session.sendPartialBinary(ByteBuffer.wrap(whole, 0, 400), false, done))
                    .get();
            session.sendPartialBinary(ByteBuffer.wrap(whole, 400, 600), true, Callback.NOOP);
            assertArrayEquals(whole, receive(socket));
        }
    }

    @Test
    void aPingIsAnsweredWhileTheApplicationReadsNothing() throws Exception {
        Session session = connect();
        try (ServerStreamWebSocket socket = listener.accept()) {
            session.sendPing(StandardCharsets.UTF_8.encode("are you there?"), Callback.NOOP);
            assertEquals("are you there?", next(seen.pongs));
            socket.abort();
        }
    }

    @Test
    void textIsRefusedWith1003() throws Exception {
        Session session = connect();
        try (ServerStreamWebSocket socket = listener.accept()) {
            session.sendText("hello", Callback.NOOP);
            assertEquals(
                    1003,
                    assertThrows(WebSocketProtocolException.class, socket::receive)
                            .closeCode());
            assertEquals(1003, seen.closed.get(10, TimeUnit.SECONDS).code());
        }
    }

    @Test
    void aCloseOfTheClientIsToldAndAnswered() throws Exception {
        Session session = connect();
        try (ServerStreamWebSocket socket = listener.accept()) {
            CompletableFuture<WebSocketClosedEventArgs> event = new CompletableFuture<>();
            socket.onClosed(event::complete);
            session.close(4_001, "the film is over", Callback.NOOP);
            assertEquals(
                    new WebSocketClosedEventArgs(4_001, "the film is over"),
                    event.get(10, TimeUnit.SECONDS)); // nobody reads
            assertEquals(4_001, seen.closed.get(10, TimeUnit.SECONDS).code());
        }
    }

    @Test
    void aCloseOfTheServerIsToldAndAnswered() throws Exception {
        connect();
        try (ServerStreamWebSocket socket = listener.accept()) {
            Call<Void> closing = Call.run(() -> socket.close(4_002, "no more films"));
            assertEquals(new WebSocketClosedEventArgs(4_002, "no more films"), seen.closed.get(10, TimeUnit.SECONDS));
            closing.result();
            WebSocketClosedException receiving = assertThrows(WebSocketClosedException.class, socket::receive);
            assertEquals(4_002, receiving.remoteCode());
        }
    }
}
