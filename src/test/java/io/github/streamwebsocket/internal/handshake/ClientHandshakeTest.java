package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketHandshakeException;
import io.github.streamwebsocket.internal.ClientSettings;
import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.ServerValidation;
import io.github.streamwebsocket.internal.TlsSettings;
import io.github.streamwebsocket.internal.net.ConnectScope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client against a scripted server on a real socket. */
@Timeout(30)
class ClientHandshakeTest {
    private static final String SWITCHING = """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: %s\r
        """;

    private RawServer server;

    @BeforeEach
    void listen() throws IOException {
        server = new RawServer();
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aServerThatAcceptsGivesAnOpenWire() throws Exception {
        server.answer(peer -> {
            String accept = SWITCHING.formatted(peer.expectedAccept());
            peer.send(accept + "Sec-WebSocket-Protocol: chat\r\nX-Server: y\r\n\r\n\u0081\u0002hi");
            assertEquals('!', peer.read());
        });
        Headers extra = Headers.of(List.of(new Headers.Field("Authorization", "Basic eDp5")));
        ConnectScope scope = ConnectScope.begin("server", Duration.ZERO);
        Established established = ClientHandshake.connect(
                uri("/chat?a=b"), settings(List.of("superchat", "chat"), extra, null), scope, tls -> {});
        scope.succeed();
        scope.close();
        assertEquals("chat", established.protocol());
        assertEquals(Optional.of("y"), established.responseHeaders().first("x-server"));
        assertArrayEquals(new byte[] {(byte) 0x81, 2, 'h', 'i'}, established.leftover());
        established.wire().write(new byte[] {'!'}, 0, 1);
        server.finish();
        String request = server.request();
        assertTrue(request.startsWith("GET /chat?a=b HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\n"), request);
        assertTrue(request.contains("\r\nSec-WebSocket-Protocol: superchat, chat\r\n"), request);
        assertTrue(request.endsWith("\r\nAuthorization: Basic eDp5\r\n\r\n"), request);
        established.wire().abort();
    }

    @Test
    void theNameOfTheUriIsAskedForAtTheTargetAddress() throws Exception {
        server.answer(peer -> peer.send(SWITCHING.formatted(peer.expectedAccept()) + "\r\n"));
        for (InetSocketAddress target : List.of(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()),
                InetSocketAddress.createUnresolved("127.0.0.1", server.port()))) {
            ConnectScope scope = ConnectScope.begin("server", Duration.ZERO);
            WebSocketUri uri = WebSocketUri.of(URI.create("ws://nowhere.invalid/"));
            ClientHandshake.connect(uri, settings(List.of(), Headers.EMPTY, target), scope, tls -> {})
                    .wire()
                    .abort();
            scope.close();
            assertTrue(server.request().contains("\r\nHost: nowhere.invalid\r\n"), server.request());
        }
    }

    @Test
    void interimResponsesAreSkipped() throws Exception {
        server.answer(peer -> peer.send("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
                + SWITCHING.formatted(peer.expectedAccept()) + "\r\n"));
        Established established = connect(Duration.ZERO);
        assertEquals(Optional.empty(), established.responseHeaders().first("Link"));
        established.wire().abort();
    }

    @Test
    void interimResponsesWithoutEndAreAnError() throws Exception {
        server.answer(peer -> peer.send("HTTP/1.1 102 Processing\r\n\r\n".repeat(20)));
        WebSocketHandshakeException e = assertThrows(WebSocketHandshakeException.class, () -> connect(Duration.ZERO));
        assertTrue(e.getMessage().contains("interim responses but there are more"), e.getMessage());
        server.expectClosed();
    }

    @Test
    void compressionThatIsSetIsOfferedAndWhatTheServerAcceptsIsAgreed() throws Exception {
        server.answer(peer -> peer.send(SWITCHING.formatted(peer.expectedAccept())
                + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9\r\n"
                + "Sec-WebSocket-Extensions:\r\n\r\n"));
        Established established = connect(PerMessageDeflate.DEFAULT.clientNoContextTakeover(true));
        assertEquals(new DeflateParameters(true, false, 9, 15, 3, 128), established.deflate());
        assertTrue(
                server.request()
                        .contains("\r\nSec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover"
                                + "; client_max_window_bits\r\n"),
                server.request());
        established.wire().abort();
    }

    @Test
    void aServerThatDoesNotCompressIsSpokenToWithoutCompression() throws Exception {
        server.answer(peer -> peer.send(SWITCHING.formatted(peer.expectedAccept()) + "\r\n"));
        Established established = connect(PerMessageDeflate.DEFAULT);
        assertNull(established.deflate());
        established.wire().abort();
    }

    @Test
    void withoutCompressionNothingIsOffered() throws Exception {
        server.answer(peer -> peer.send(SWITCHING.formatted(peer.expectedAccept()) + "\r\n"));
        Established established = connect(Duration.ZERO);
        assertNull(established.deflate());
        assertFalse(server.request().toLowerCase(Locale.ROOT).contains("extensions"), server.request());
        established.wire().abort();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "permessage-deflate; server_max_window_bits=12# expected server_max_window_bits of permessage-deflate to be"
                        + " at most 10, as offered, but was \"12\"",
                "permessage-deflate# expected server_max_window_bits of at most 10 in the answer to permessage-deflate",
                "permessage-deflate; server_max_window_bits=10; x=\u0001y# expected no control characters",
                "permessage-deflate; server_max_window_bits=10; x=\u00ff# but was \"\\xff\"",
                "permessage-deflate; server_max_window_bits=10, foo# expected only permessage-deflate",
            })
    void anAcceptanceOfWhatWasNotOfferedFailsTheConnection(String value, String message) throws Exception {
        server.answer(peer -> peer.send(
                SWITCHING.formatted(peer.expectedAccept()) + "Sec-WebSocket-Extensions: " + value + "\r\n\r\n"));
        WebSocketHandshakeException e = assertThrows(
                WebSocketHandshakeException.class, () -> connect(PerMessageDeflate.DEFAULT.serverMaxWindowBits(10)));
        assertEquals(WebErrorStatus.ERROR_HTTP_INVALID_SERVER_RESPONSE, e.status());
        assertTrue(e.getMessage().startsWith("opening handshake: "), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
        server.expectClosed();
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 6\r\n\r\nnot me'",
        "'Content-Length: 9999\r\n\r\nnot me'",
        "'Transfer-Encoding: chunked\r\n\r\n4\r\nnot \r\n2\r\nme\r\n0\r\n\r\n'",
        "'Transfer-Encoding: chunked\r\n\r\n4\r\nnot \r\n5\r\nme'",
        "'X: y\r\n\r\nnot me'",
    })
    void aRefusalCarriesStatusHeadersAndBody(String answer) throws Exception {
        server.answer(peer -> {
            peer.send("HTTP/1.1 403 Forbidden\r\nX-Why: because\r\n" + answer);
            peer.endOutput();
        });
        WebSocketHandshakeException e = assertThrows(WebSocketHandshakeException.class, () -> connect(Duration.ZERO));
        assertEquals(WebErrorStatus.FORBIDDEN, e.status());
        assertEquals(403, e.statusCode());
        assertEquals(Optional.of("because"), e.headers().first("x-why"));
        assertEquals("not me", new String(e.body(), StandardCharsets.US_ASCII));
        server.expectClosed();
    }

    @Test
    void aBodyThatNeverEndsHoldsTheRefusalBackForAMomentOnly() throws Exception {
        server.answer(peer -> peer.send("HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nlater"));
        WebSocketHandshakeException e = assertThrows(WebSocketHandshakeException.class, () -> connect(Duration.ZERO));
        assertEquals("later", new String(e.body(), StandardCharsets.US_ASCII));
        server.expectClosed();
    }

    @Test
    void aDeadlineThatPassesInTheBodyDoesNotHideTheRefusal() throws Exception {
        server.answer(peer -> peer.send("HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\nlater"));
        WebSocketHandshakeException e =
                assertThrows(WebSocketHandshakeException.class, () -> connect(Duration.ofMillis(300)));
        assertEquals(WebErrorStatus.SERVICE_UNAVAILABLE, e.status());
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "'HTTP/1.1 101 Sw', 15"})
    void anEndInsideTheHeadSaysHowFarItCame(String start, int bytes) throws Exception {
        server.answer(peer -> {
            peer.send(start);
            peer.endOutput();
        });
        WebSocketException e = assertThrows(WebSocketConnectException.class, () -> connect(Duration.ZERO));
        assertEquals(WebErrorStatus.CONNECTION_ABORTED, e.status());
        String expected = "the opening handshake failed: expected an HTTP response but the connection ended after ";
        assertTrue(e.getMessage().contains(expected + bytes + " bytes"), e.getMessage());
        server.expectClosed();
    }

    @ParameterizedTest
    @CsvSource({
        "'\u0015\u0003\u0003\u0000\u0002\u00022', 'this looks like TLS, use wss:'",
        "'SSH-2.0-OpenSSH_9.6\r\n', 'expected an HTTP response but was \"SSH-2.0-OpenSSH_9.6\"'",
        "'HTTP/1.1 101 x\r\nbad line\r\n', 'expected a header field \"name: value\" but was \"bad line\"'",
        "'HTTP/1.1 101 x\r\n\r\n', 'expected Upgrade \"websocket\" but it is missing'",
    })
    void anAnswerThatIsNoneFailsAtOnceThoughTheServerStaysConnected(String answer, String message) throws Exception {
        server.answer(peer -> peer.send(answer));
        WebSocketHandshakeException e = assertThrows(WebSocketHandshakeException.class, () -> connect(Duration.ZERO));
        assertEquals(WebErrorStatus.ERROR_HTTP_INVALID_SERVER_RESPONSE, e.status());
        assertTrue(e.getMessage().startsWith("opening handshake: "), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
        server.expectClosed();
    }

    @Test
    void anEndlessHeadEndsAtTheLimit() throws Exception {
        server.answer(peer -> {
            peer.send("HTTP/1.1 101 x\r\n");
            while (true) {
                peer.send("X: " + "y".repeat(1000) + "\r\n");
            }
        });
        WebSocketHandshakeException e = assertThrows(WebSocketHandshakeException.class, () -> connect(Duration.ZERO));
        assertTrue(e.getMessage().contains("expected a head of at most 16384 bytes"), e.getMessage());
        server.expectClosed();
    }

    @Test
    void aSilentServerRunsIntoTheDeadline() throws Exception {
        server.answer(peer -> peer.send("HTTP/1.1 1"));
        WebSocketConnectException e =
                assertThrows(WebSocketConnectException.class, () -> connect(Duration.ofMillis(200)));
        assertEquals(WebErrorStatus.TIMEOUT, e.status());
        assertTrue(e.getMessage().contains("the opening handshake was under way"), e.getMessage());
        server.expectClosed();
    }

    @Test
    void aCancelledHandshakeSaysSo() throws Exception {
        ConnectScope scope = ConnectScope.begin("server", Duration.ZERO);
        server.answer(peer -> scope.cancel());
        WebSocketConnectException e = assertThrows(WebSocketConnectException.class, () -> connect(scope));
        assertEquals(WebErrorStatus.OPERATION_CANCELED, e.status());
        server.expectClosed();
    }

    @Test
    void anInterruptedVirtualThreadIsCancelledAndStaysInterrupted() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        FutureTask<Established> attempt = new FutureTask<>(() -> {
            try {
                return connect(Duration.ZERO);
            } finally {
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        CompletableFuture<Thread> waiting = new CompletableFuture<>();
        server.answer(peer -> waiting.get().interrupt());
        waiting.complete(Thread.ofVirtual().start(attempt));
        ExecutionException e = assertThrows(ExecutionException.class, () -> attempt.get(10, TimeUnit.SECONDS));
        WebSocketConnectException failure = (WebSocketConnectException) e.getCause();
        assertEquals(WebErrorStatus.OPERATION_CANCELED, failure.status());
        assertTrue(interrupted.get());
        server.expectClosed();
    }

    @Test
    void whereNobodyListensThereIsNoConnection() throws Exception {
        server.close();
        WebSocketConnectException e = assertThrows(WebSocketConnectException.class, () -> connect(Duration.ZERO));
        assertEquals(WebErrorStatus.CANNOT_CONNECT, e.status());
    }

    @Test
    void settingsThatBreakTheRulesAreRefusedBeforeAnythingIsConnected() throws Exception {
        Headers host = Headers.of(List.of(new Headers.Field("Host", "other")));
        ConnectScope scope = ConnectScope.begin("server", Duration.ZERO);
        assertThrows(
                IllegalArgumentException.class,
                () -> ClientHandshake.connect(uri("/"), settings(List.of(), host, null), scope, tls -> {}));
        assertFalse(server.accepted());
    }

    private Established connect(Duration timeout) throws WebSocketException {
        return connect(ConnectScope.begin("server", timeout));
    }

    private Established connect(PerMessageDeflate compression) throws WebSocketException {
        ConnectScope scope = ConnectScope.begin("server", Duration.ZERO);
        ClientSettings settings = settings(List.of(), Headers.EMPTY, null, compression);
        Established established = ClientHandshake.connect(uri("/"), settings, scope, tls -> {});
        scope.succeed();
        return established;
    }

    private Established connect(ConnectScope scope) throws WebSocketException {
        Established established =
                ClientHandshake.connect(uri("/"), settings(List.of(), Headers.EMPTY, null), scope, tls -> {});
        scope.succeed();
        return established;
    }

    private WebSocketUri uri(String resource) {
        return WebSocketUri.of(URI.create("ws://127.0.0.1:" + server.port() + resource));
    }

    private static ClientSettings settings(List<String> protocols, Headers extra, @Nullable InetSocketAddress target) {
        return settings(protocols, extra, target, null);
    }

    private static ClientSettings settings(
            List<String> protocols,
            Headers extra,
            @Nullable InetSocketAddress target,
            @Nullable PerMessageDeflate compression) {
        return new ClientSettings(
                true,
                0,
                Duration.ZERO,
                16_384,
                protocols,
                extra,
                target,
                null,
                TlsSettings.trusting(List.of()),
                ServerValidation.NONE,
                compression,
                ConnectionSettings.DEFAULT);
    }
}
