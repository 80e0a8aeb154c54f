package io.github.streamwebsocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.net.SocketWire;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ScriptedServer;
import io.github.streamwebsocket.testing.ScriptedServer.Client;
import io.github.streamwebsocket.testing.Soon;
import io.github.streamwebsocket.testing.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that answers wrongly, or not at all, gets no connection, and the socket can try again. */
@ExtendWith(NoThreadsLeft.class)
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class OpeningHandshakeErrorsTest {
    private static final String UPGRADED =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";

    /** The first client is answered by the script, later ones rightly. Each is read to its end. */
    private static ScriptedServer serverThatFirst(ScriptedServer.Script script) throws Exception {
        AtomicInteger clients = new AtomicInteger();
        return new ScriptedServer(Transport.WS, client -> {
            if (clients.getAndIncrement() == 0) {
                script.run(client);
            } else {
                client.upgrade();
                client.answerClose();
            }
            client.awaitEnd();
        });
    }

    private static void connectsAgain(StreamWebSocket socket, URI uri) throws IOException {
        assertFalse(socket.isOpen());
        socket.setRequestHeader("X-Try", "2"); // can be configured anew
        socket.connect(uri);
        assertTrue(socket.isOpen());
        socket.close();
    }

    private static WebSocketHandshakeException refusedWith(ScriptedServer.Script script) throws Exception {
        try (ScriptedServer server = serverThatFirst(script);
                StreamWebSocket socket = new StreamWebSocket()) {
            WebSocketHandshakeException refused =
                    assertThrows(WebSocketHandshakeException.class, () -> socket.connect(server.uri()));
            connectsAgain(socket, server.uri());
            return refused;
        }
    }

    private static void invalidResponse(String expectedText, ScriptedServer.Script script) throws Exception {
        WebSocketHandshakeException refused = refusedWith(script);
        assertEquals(WebErrorStatus.ERROR_HTTP_INVALID_SERVER_RESPONSE, refused.status());
        assertTrue(refused.getMessage().contains(expectedText), refused::toString);
    }

    @Test
    void aWrongAcceptIsRefused() throws Exception {
        invalidResponse(
                "but was \"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\"",
                client -> client.send(UPGRADED + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"));
    }

    @Test
    void aMissingAcceptIsRefused() throws Exception {
        invalidResponse("Sec-WebSocket-Accept", client -> client.send(UPGRADED + "\r\n"));
    }

    @Test
    void aSubprotocolNobodyOfferedIsRefused() throws Exception {
        invalidResponse(
                "\"chat.v9\"",
                client -> client.send(UPGRADED + "Sec-WebSocket-Accept: " + client.expectedAccept()
                        + "\r\nSec-WebSocket-Protocol: chat.v9\r\n\r\n"));
    }

    @Test
    void anExtensionNobodyOfferedIsRefused() throws Exception {
        invalidResponse(
                "permessage-deflate",
                client -> client.send(UPGRADED + "Sec-WebSocket-Accept: " + client.expectedAccept()
                        + "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"));
    }

    @Test
    void aHeadOverTheLimitIsRefused() throws Exception {
        invalidResponse(
                "16384",
                client -> client.send(UPGRADED + "Sec-WebSocket-Accept: " + client.expectedAccept() + "\r\nX-Long: "
                        + "x".repeat(20_000) + "\r\n\r\n"));
    }

    @Test
    void anAnswerThatIsNoHttpIsRefused() throws Exception {
        invalidResponse("SSH-2.0", client -> client.send("SSH-2.0-OpenSSH_9.6\r\n\r\n"));
    }

    @ParameterizedTest
    @CsvSource({"404, NOT_FOUND", "500, INTERNAL_SERVER_ERROR", "302, FOUND", "200, UNEXPECTED_STATUS_CODE"})
    void anotherStatusIsToldWithHeadersAndBody(int code, WebErrorStatus status) throws Exception {
        WebSocketHandshakeException refused = refusedWith(client -> client.send("HTTP/1.1 " + code
                + " Whatever\r\nContent-Length: 5\r\nX-Why: a\r\nx-why: b\r\nLocation: /there\r\n\r\nsorry"));
        assertEquals(status, refused.status());
        assertEquals(code, refused.statusCode());
        assertEquals(List.of("a", "b"), refused.headers().all("X-WHY"));
        assertEquals("sorry", new String(refused.body(), UTF_8));
    }

    @Test
    void ofALongBodyTheStartIsTold() throws Exception {
        WebSocketHandshakeException refused = refusedWith(
                client -> client.send("HTTP/1.1 404 Not Found\r\nContent-Length: 100000\r\n\r\n" + "y".repeat(50_000)));
        assertEquals("y".repeat(8_192), new String(refused.body(), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 101 Swi", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"})
    void anEndInsideTheHeadIsAnAbortedConnection(String head) throws Exception {
        try (ScriptedServer server = serverThatFirst(client -> {
                    client.send(head);
                    client.socket().shutdownOutput();
                });
                StreamWebSocket socket = new StreamWebSocket()) {
            WebSocketConnectException failed =
                    assertThrows(WebSocketConnectException.class, () -> socket.connect(server.uri()));
            assertEquals(WebErrorStatus.CONNECTION_ABORTED, failed.status(), failed::toString);
            connectsAgain(socket, server.uri());
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void aServerThatNeverAnswersIsGivenUpInTime(Transport transport) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().connectTimeout(Duration.ofMillis(500));
            long start = System.nanoTime();
            WebSocketConnectException failed = assertThrows(
                    WebSocketConnectException.class, () -> socket.connect(transport.uri(silent.getLocalPort(), "/")));
            long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
            System.out.println("connect timeout of 500 ms over " + transport + ": " + millis + " ms");
            assertEquals(WebErrorStatus.TIMEOUT, failed.status(), failed::toString);
            assertTrue(millis >= 500 && millis < 2_500, millis + " ms");
        }
    }

    @Test
    void aServerThatDripsItsAnswerIsGivenUpInTime() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Transport.WS, OpeningHandshakeErrorsTest::drip);
                StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().connectTimeout(Duration.ofMillis(500));
            WebSocketConnectException failed =
                    assertThrows(WebSocketConnectException.class, () -> socket.connect(server.uri()));
            assertEquals(WebErrorStatus.TIMEOUT, failed.status(), failed::toString);
        }
    }

    private static void drip(Client client) throws Exception {
        client.socket().setSoTimeout(20);
        client.send(UPGRADED);
        while (true) {
            client.send("X: y\r\n");
            try {
                client.awaitEnd();
                return;
            } catch (java.net.SocketTimeoutException e) {
                // The client is still there: one more line.
            }
        }
    }

    @Test
    void framesRightBehindTheHeadAreNotLost() throws Exception {
        byte[] message = RawFrames.pattern(10_000);
        byte[] frames = RawFrames.join(
                RawFrames.frame(RawFrames.BINARY).payload(message).bytes(),
                RawFrames.close(1000, "done").bytes());
        try (ScriptedServer server = new ScriptedServer(Transport.WS, client -> {
                    byte[] head = (UPGRADED + "Sec-WebSocket-Accept: " + client.expectedAccept() + "\r\n\r\n")
                            .getBytes(UTF_8);
                    client.send(RawFrames.join(head, frames));
                    client.awaitEnd();
                });
                StreamWebSocket socket = StreamWebSocket.open(server.uri())) {
            try (IncomingMessage incoming = socket.receive()) {
                org.junit.jupiter.api.Assertions.assertArrayEquals(message, incoming.readAllBytes());
            }
            assertNull(socket.receive());
        }
    }

    @Test
    void twoConnectsAtOnceAreAMistake() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Transport.WS, Client::awaitEnd);
                StreamWebSocket socket = new StreamWebSocket()) {
            Call<Void> first = Call.run(() -> socket.connect(server.uri()));
            first.awaitInside(SocketWire.class);
            assertThrows(IllegalStateException.class, () -> socket.connect(server.uri()));
            assertThrows(IllegalStateException.class, () -> socket.setRequestHeader("X-Film", "Metropolis"));
            assertThrows(IllegalStateException.class, () -> socket.control().noDelay(false));
            assertFalse(first.done());
            socket.abort();
            first.failure(WebSocketConnectException.class);
        }
    }

    @Test
    void aConnectAfterASuccessIsAMistake() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Transport.WS, client -> {
                    client.upgrade();
                    client.answerClose();
                    client.awaitEnd();
                });
                StreamWebSocket socket = StreamWebSocket.open(server.uri())) {
            assertThrows(IllegalStateException.class, () -> socket.connect(server.uri()));
            assertThrows(IllegalStateException.class, () -> socket.setRequestHeader("X-Film", "Metropolis"));
            assertTrue(socket.isOpen());
            socket.close();
            assertThrows(IllegalStateException.class, () -> socket.connect(server.uri()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterAnEndBeforeConnectThereIsNoConnecting(boolean abort) throws Exception {
        AtomicInteger clients = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(Transport.WS, client -> clients.incrementAndGet());
                StreamWebSocket socket = new StreamWebSocket()) {
            assertThrows(IllegalStateException.class, socket::inputStream);
            assertThrows(IllegalStateException.class, () -> socket.send(new byte[1]));
            end(socket, abort);
            end(socket, abort);
            IllegalStateException refused =
                    assertThrows(IllegalStateException.class, () -> socket.connect(server.uri()));
            assertEquals(
                    "expected a socket that is not closed but it was closed or aborted: make a new one to connect",
                    refused.getMessage());
            assertThrows(WebSocketClosedException.class, () -> socket.send(new byte[1]));
            assertEquals(0, clients.get());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anEndDuringConnectFreesIt(boolean abort) throws Exception {
        try (ScriptedServer server = new ScriptedServer(Transport.WS, Client::awaitEnd);
                StreamWebSocket socket = new StreamWebSocket()) {
            Call<Void> connecting = Call.run(() -> socket.connect(server.uri()));
            connecting.awaitInside(SocketWire.class);
            long moment = System.nanoTime();
            end(socket, abort);
            WebSocketException failed = connecting.failure(WebSocketConnectException.class);
            assertEquals(WebErrorStatus.OPERATION_CANCELED, failed.status());
            System.out.println(
                    (abort ? "abort()" : "close()") + " during connect: " + connecting.millisSince(moment) + " ms");
            assertThrows(IllegalStateException.class, () -> socket.connect(server.uri()));
        }
    }

    private static void end(StreamWebSocket socket, boolean abort) throws IOException {
        if (abort) {
            socket.abort();
        } else {
            socket.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void anInterruptDuringConnectCancelsIt(Transport transport) throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                StreamWebSocket socket = new StreamWebSocket()) {
            Call<Void> connecting = Call.run(() -> socket.connect(transport.uri(silent.getLocalPort(), "/")));
            if (transport.secure()) {
                silent.accept().getInputStream().read(); // in the TLS handshake
            } else {
                connecting.awaitInside(SocketWire.class);
            }
            connecting.interrupt();
            WebSocketException failed = connecting.failure(WebSocketConnectException.class);
            assertEquals(WebErrorStatus.OPERATION_CANCELED, failed.status(), failed::toString);
            assertTrue(connecting.interruptStatusKept());
            Soon.that("the socket can be configured again", () -> {
                socket.setRequestHeader("X-Try", "2");
                return true;
            });
        }
    }

    @Test
    void anInterruptBeforeConnectCancelsItAndTheNextConnectSucceeds() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Transport.WS, client -> {
                    client.upgrade();
                    client.answerClose();
                    client.awaitEnd();
                });
                StreamWebSocket socket = new StreamWebSocket()) {
            Call<Void> connecting = Call.run(() -> {
                Thread.currentThread().interrupt();
                socket.connect(server.uri());
            });
            assertEquals(
                    WebErrorStatus.OPERATION_CANCELED,
                    connecting.failure(WebSocketConnectException.class).status());
            assertTrue(connecting.interruptStatusKept());
            connectsAgain(socket, server.uri());
        }
    }
}
