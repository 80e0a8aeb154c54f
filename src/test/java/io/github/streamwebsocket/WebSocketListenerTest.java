package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.net.Await;
import io.github.streamwebsocket.internal.net.LiveThreads;
import io.github.streamwebsocket.internal.tls.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The listener against the JDK's client, and against bare sockets. */
@Timeout(60)
class WebSocketListenerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final String REQUEST = """
        GET /raw HTTP/1.1\r
        Host: h\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        \r
        """;

    private static HttpClient http;

    private final WebSocketListenerOptions options = new WebSocketListenerOptions();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @BeforeAll
    static void makeClient() throws Exception {
        http = HttpClient.newBuilder().sslContext(Credentials.jdkContext()).build();
    }

    @AfterAll
    static void closeClient() {
        http.shutdownNow();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
    }

    @Test
    void aClientBecomesAnOpenSocketThatCarriesMessagesBothWays() throws Exception {
        options.supportedProtocols().add("chat");
        WebSocketListener listener = bind();
        Client client = new Client();
        connect(listener, client, "/chat?a=b", builder -> builder.subprotocols("superchat", "chat"));
        ServerStreamWebSocket server = listener.accept();
        assertEquals("chat", client.socket().getSubprotocol());
        assertEquals("chat", server.information().protocol());
        assertEquals("/chat", server.information().request().path());
        assertEquals("a=b", server.information().request().query());
        assertEquals(Optional.of(listener.localAddress()), server.information().localAddress());

        client.socket().sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
        try (IncomingMessage message = server.receive()) {
            assertNotNull(message);
            assertArrayEquals(new byte[] {1, 2, 3}, message.readAllBytes());
        }
        server.send(new byte[] {4, 5});
        assertArrayEquals(new byte[] {4, 5}, client.message.get(10, TimeUnit.SECONDS));
        client.socket().sendClose(1000, "").join();
        assertNull(server.receive());
        server.close();
    }

    @Test
    void overTlsTheClientIsServedTheSame() throws Exception {
        options.tls(Credentials.EC.chain(), Credentials.EC.privateKey());
        WebSocketListener listener = bind();
        Client client = new Client();
        connect(listener, client, "/", builder -> builder);
        ServerStreamWebSocket server = listener.accept();
        assertTrue(server.information().request().secure());
        assertEquals(Optional.empty(), server.information().request().clientCertificate());
        server.send(new byte[] {6});
        assertArrayEquals(new byte[] {6}, client.message.get(10, TimeUnit.SECONDS));
        server.abort();
    }

    @Test
    void ourOwnClientIsServedPlainAndOverTls() throws Exception {
        for (boolean secure : new boolean[] {false, true}) {
            if (secure) {
                options.tls(Credentials.RSA.chain(), Credentials.RSA.privateKey());
            }
            options.onHandshake(request -> HandshakeResponse.accept().withHeader("X-Path", request.path()));
            WebSocketListener listener = bind();
            StreamWebSocket client = new StreamWebSocket();
            toClose.add(client::abort);
            client.control().trustOnly(Credentials.ANCHORS);
            client.setRequestHeader("X-Client", "ours");
            String scheme = secure ? "wss" : "ws";
            client.connect(URI.create(
                    scheme + "://localhost:" + listener.localAddress().getPort() + "/ours"));
            ServerStreamWebSocket server = listener.accept();
            assertEquals(
                    Optional.of("ours"),
                    server.information().request().headers().first("X-Client"));
            assertEquals(
                    Optional.of("/ours"), client.information().responseHeaders().first("X-Path"));
            client.send(new byte[] {8});
            try (IncomingMessage message = server.receive()) {
                assertNotNull(message);
                assertArrayEquals(new byte[] {8}, message.readAllBytes());
            }
            server.abort();
        }
    }

    @Test
    void clientsThatSayNothingHoldUpNobody() throws Exception {
        for (boolean secure : new boolean[] {false, true}) {
            if (secure) {
                options.tls(Credentials.EC.chain(), Credentials.EC.privateKey());
            }
            WebSocketListener listener = bind();
            for (int i = 0; i < 20; i++) {
                raw(listener, i % 2 == 0 ? "" : "GET / HT");
            }
            connect(listener, new Client(), "/", builder -> builder);
            listener.accept().abort();
        }
    }

    @Test
    void aClientThatSaysNothingIsCutOffAfterTheHandshakeTimeout() throws Exception {
        WebSocketListener listener = bind(options.handshakeTimeout(Duration.ofMillis(200)));
        Socket silent = raw(listener, "GET / HT");
        assertEnds(silent);
        Await.until(
                "no thread of the handshake is left",
                () -> LiveThreads.named("websocket-handshake").isEmpty());
    }

    @Test
    void aHandlerThatHangsIsInterruptedAfterTheHandshakeTimeout() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        WebSocketListener listener =
                bind(options.handshakeTimeout(Duration.ofMillis(200)).onHandshake(request -> {
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                    }
                    return HandshakeResponse.accept();
                }));
        assertEnds(raw(listener, REQUEST));
        assertTrue(interrupted.await(10, TimeUnit.SECONDS));
    }

    @Test
    void handshakesBeyondTheBoundWaitForAPlace() throws Exception {
        WebSocketListener listener = bind(options.maxPendingHandshakes(1).handshakeTimeout(Duration.ofSeconds(20)));
        Socket silent = raw(listener, "GET / HT");
        Await.until(
                "the first handshake is under way",
                () -> LiveThreads.named("websocket-handshake").size() == 1);
        Socket second = raw(listener, REQUEST);
        assertSilent(second);
        silent.close();
        assertAnswered(second, "HTTP/1.1 101 ");
        Socket third = raw(listener, REQUEST);
        assertSilent(third); // the second one is not accepted yet
        listener.accept().abort();
        assertAnswered(third, "HTTP/1.1 101 ");
        listener.accept().abort();
    }

    @Test
    void connectionsBeyondTheBoundWaitForOneToEnd() throws Exception {
        WebSocketListener listener = bind(options.maxOpenConnections(1));
        Socket first = raw(listener, REQUEST);
        assertAnswered(first, "HTTP/1.1 101 ");
        ServerStreamWebSocket server = listener.accept();
        Socket second = raw(listener, REQUEST);
        assertSilent(second);
        server.abort();
        assertAnswered(second, "HTTP/1.1 101 ");
        listener.accept().abort();
    }

    @Test
    void whatEndsAHandshakeGivesItsPlacesBack() throws Exception {
        WebSocketListener listener = bind(options.maxPendingHandshakes(1).maxOpenConnections(1));
        for (int i = 0; i < 5; i++) {
            Socket refused = raw(listener, "POST / HTTP/1.1\r\n\r\n");
            assertAnswered(refused, "HTTP/1.1 405 ");
            refused.close();
            raw(listener, "GET").close();
        }
        assertAnswered(raw(listener, REQUEST), "HTTP/1.1 101 ");
        listener.accept().abort();
    }

    @Test
    void aRefusalArrivesThoughTheClientHasSentMore() throws Exception {
        WebSocketListener listener = bind();
        Socket client = raw(listener, "POST / HTTP/1.1\r\n\r\n" + "x".repeat(50_000));
        client.setSoTimeout(10_000);
        String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 405 Method Not Allowed\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\nexpected the method GET but was \"POST\"\n"), answer);
    }

    @Test
    void aHandlerRefuses() throws Exception {
        AtomicReference<HandshakeRequest> seen = new AtomicReference<>();
        WebSocketListener listener = bind(options.onHandshake(request -> {
            seen.set(request);
            return HandshakeResponse.refuse(404, "no such room").withHeader("X-Room", "none");
        }));
        ExecutionException e = assertThrows(
                ExecutionException.class, () -> connect(listener, new Client(), "/room", builder -> builder));
        WebSocketHandshakeException refusal = assertInstanceOf(WebSocketHandshakeException.class, e.getCause());
        assertEquals(404, refusal.getResponse().statusCode());
        assertEquals(Optional.of("none"), refusal.getResponse().headers().firstValue("X-Room"));
        assertEquals("/room", seen.get().path());
    }

    @Test
    void aPageOfAnotherOriginStaysOutside() throws Exception {
        options.allowedOrigins().add("https://good.example");
        WebSocketListener listener = bind();
        ExecutionException e = assertThrows(
                ExecutionException.class,
                () -> connect(listener, new Client(), "/", b -> b.header("Origin", "https://evil.example")));
        WebSocketHandshakeException refusal = assertInstanceOf(WebSocketHandshakeException.class, e.getCause());
        assertEquals(403, refusal.getResponse().statusCode());
        connect(listener, new Client(), "/", builder -> builder.header("Origin", "https://good.example"));
        listener.accept().abort();
    }

    @Test
    void closingFreesWhoeverAcceptsAndLeavesNothingBehind() throws Exception {
        WebSocketListener listener = bind();
        Socket silent = raw(listener, "GET");
        List<FutureTask<ServerStreamWebSocket>> acceptors = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            FutureTask<ServerStreamWebSocket> acceptor = new FutureTask<>(listener::accept);
            acceptors.add(acceptor);
            Thread thread = Thread.ofVirtual().start(acceptor);
            Await.until("it waits", () -> thread.getState() == Thread.State.WAITING);
        }
        Await.until(
                "the handshake is under way",
                () -> LiveThreads.named("websocket-handshake").size() == 1);
        listener.close();
        for (FutureTask<ServerStreamWebSocket> acceptor : acceptors) {
            ExecutionException e = assertThrows(ExecutionException.class, () -> acceptor.get(10, TimeUnit.SECONDS));
            assertEquals("the listener is closed", e.getCause().getMessage());
            assertInstanceOf(WebSocketClosedException.class, e.getCause());
        }
        assertEquals(List.of(), LiveThreads.named("websocket-listener"));
        assertEquals(List.of(), LiveThreads.named("websocket-handshake"));
        assertEnds(silent);
        assertThrows(WebSocketClosedException.class, listener::accept);
        assertThrows(IOException.class, () -> raw(listener, ""));
        listener.close();
    }

    @Test
    void connectionsNobodyHasAcceptedAreToldThatTheServerGoesAway() throws Exception {
        WebSocketListener listener = bind();
        Client waiting = new Client();
        Client accepted = new Client();
        connect(listener, accepted, "/", builder -> builder);
        ServerStreamWebSocket server = listener.accept();
        connect(listener, waiting, "/", builder -> builder);
        listener.close();
        assertEquals(1001, waiting.closeCode.get(10, TimeUnit.SECONDS));
        assertTrue(server.isOpen());
        server.send(new byte[] {7});
        assertArrayEquals(new byte[] {7}, accepted.message.get(10, TimeUnit.SECONDS));
        assertFalse(accepted.closeCode.isDone());
        server.abort();
    }

    @Test
    void aHandlerMayCloseTheListener() throws Exception {
        AtomicReference<WebSocketListener> self = new AtomicReference<>();
        self.set(bind(options.closeTimeout(Duration.ofSeconds(30)).onHandshake(request -> {
            self.get().close();
            return HandshakeResponse.accept();
        })));
        assertEnds(raw(self.get(), REQUEST));
    }

    @Test
    void anAddressInUseIsNamed() throws Exception {
        WebSocketListener listener = bind();
        WebSocketConnectException e = assertThrows(
                WebSocketConnectException.class,
                () -> WebSocketListener.bind(listener.localAddress(), new WebSocketListenerOptions()));
        assertEquals(WebErrorStatus.CANNOT_CONNECT, e.status());
        assertTrue(e.getMessage().contains(":" + listener.localAddress().getPort()), e.getMessage());
    }

    private WebSocketListener bind() throws IOException {
        return bind(options);
    }

    private WebSocketListener bind(WebSocketListenerOptions options) throws IOException {
        WebSocketListener listener = WebSocketListener.bind(ANY_PORT, options);
        toClose.add(listener);
        return listener;
    }

    private void connect(
            WebSocketListener listener, Client client, String resource, UnaryOperator<WebSocket.Builder> changes)
            throws Exception {
        String scheme = options.tlsServer() == null ? "ws://localhost:" : "wss://localhost:";
        URI uri = URI.create(scheme + listener.localAddress().getPort() + resource);
        client.socket = changes.apply(http.newWebSocketBuilder())
                .buildAsync(uri, client)
                .get(20, TimeUnit.SECONDS);
        toClose.add(client.socket::abort);
    }

    private Socket raw(WebSocketListener listener, String text) throws IOException {
        InetSocketAddress address = listener.localAddress();
        Socket socket = new Socket(address.getAddress(), address.getPort());
        toClose.add(socket);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    private static void assertEnds(Socket socket) throws IOException {
        socket.setSoTimeout(10_000);
        try {
            assertEquals(-1, socket.getInputStream().read());
        } catch (SocketException reset) {
            // A reset is an end too.
        }
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(200);
        assertThrows(SocketTimeoutException.class, () -> socket.getInputStream().read());
    }

    private static void assertAnswered(Socket socket, String start) throws IOException {
        socket.setSoTimeout(10_000);
        assertEquals(
                start, new String(socket.getInputStream().readNBytes(start.length()), StandardCharsets.ISO_8859_1));
    }

    /** The JDK's client, as far as it is asked here. */
    private static final class Client implements WebSocket.Listener {
        final CompletableFuture<byte[]> message = new CompletableFuture<>();
        final CompletableFuture<Integer> closeCode = new CompletableFuture<>();
        private WebSocket socket;

        WebSocket socket() {
            return socket;
        }

        @Override
        public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            message.complete(bytes);
            webSocket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closeCode.complete(statusCode);
            return null;
        }
    }
}
