package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.ReceivedEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The server's end of a connection for messages, member by member, and the two ways to accept a client. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class ServerMessageWebSocketTest {
    private final WebSocketListenerOptions options = new WebSocketListenerOptions();
    private final MessageWebSocket client = new MessageWebSocket();
    private final ReceivedEvents events = new ReceivedEvents();
    private WebSocketListener listener;

    @AfterEach
    void end() {
        client.abort();
        if (listener != null) {
            listener.close();
        }
    }

    private void connect() throws IOException {
        listener = WebSocketListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options);
        client.connect(URI.create("ws://127.0.0.1:" + listener.localAddress().getPort() + "/messages"));
    }

    private static IncomingMessage next(WebSocket socket) throws IOException {
        IncomingMessage message = socket.receive();
        assertNotNull(message);
        return message;
    }

    @Test
    void textAndBytesGoBothWays() throws Exception {
        options.supportedProtocols().add("chat");
        client.control().supportedProtocols().add("chat");
        connect();
        try (ServerMessageWebSocket server = listener.acceptMessages()) {
            assertTrue(server.isOpen());
            assertEquals("/messages", server.information().request().path());
            assertEquals("chat", server.information().protocol());
            assertEquals(
                    Optional.of(listener.localAddress()), server.information().localAddress());
            CompletableFuture<WebSocketClosedEventArgs> closed = new CompletableFuture<>();
            server.onClosed(closed::complete);

            client.sendText("Grüße");
            assertEquals("Grüße", next(server).readAllText());
            server.sendText("zurück");
            assertEquals("zurück", next(client).readAllText());
            server.send(new byte[] {1});
            assertArrayEquals(new byte[] {1}, next(client).readAllBytes());
            server.control().messageType(SocketMessageType.UTF8);
            server.send(new byte[] {'2'});
            assertEquals("2", next(client).readAllText());
            server.sendNonfinalFrame(new byte[] {'3'});
            server.sendFinalFrame(new byte[] {'4'});
            assertEquals("34", next(client).readAllText());
            server.outputStream().write('5');
            server.outputStream().flush();
            assertEquals("5", next(client).readAllText());

            Call<Void> closing = Call.run(() -> client.close(4001, "enough"));
            assertThrows(WebSocketClosedException.class, server::receive);
            closing.result();
            assertEquals(new WebSocketClosedEventArgs(4001, "enough"), closed.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void inputStreamIsTheBytesOfAllMessages() throws Exception {
        connect();
        try (ServerMessageWebSocket server = listener.acceptMessages()) {
            client.sendText("text, ");
            client.send("bytes".getBytes(StandardCharsets.UTF_8));
            Call<Void> closing = Call.run(client::close);
            assertEquals("text, bytes", new String(server.inputStream().readAllBytes(), StandardCharsets.UTF_8));
            assertThrows(IllegalStateException.class, server::receive);
            assertThrows(IllegalStateException.class, () -> server.onMessageReceived(events));
            closing.result();
        }
    }

    @Test
    void theFirstHandlerStartsTheEvents() throws Exception {
        connect();
        client.sendText("early"); // before anybody looks
        try (ServerMessageWebSocket server = listener.acceptMessages()) {
            assertSame(server.control(), server.control());
            assertEquals(
                    MessageWebSocketReceiveMode.FULL_MESSAGE, server.control().receiveMode());
            server.control().receiveMode(MessageWebSocketReceiveMode.PARTIAL_MESSAGE);
            server.onMessageReceived(events);
            IllegalStateException late = assertThrows(
                    IllegalStateException.class,
                    () -> server.control().receiveMode(MessageWebSocketReceiveMode.FULL_MESSAGE));
            assertTrue(late.getMessage().contains("before the first onMessageReceived"), late.getMessage());
            assertThrows(IllegalStateException.class, server::receive);
            assertEquals("early", events.text());
            ReceivedEvents second = new ReceivedEvents();
            server.onMessageReceived(second);
            client.sendText("both");
            assertEquals("both", events.text());
            assertEquals("both", second.text());
            client.close();
        }
        events.expectNoMore();
    }

    @Test
    void onceMessagesAreReceivedNoHandlerIsTaken() throws Exception {
        connect();
        client.sendText("a");
        try (ServerMessageWebSocket server = listener.acceptMessages()) {
            assertEquals("a", next(server).readAllText());
            assertThrows(IllegalStateException.class, () -> server.onMessageReceived(events));
            client.sendText("b");
            assertEquals("b", next(server).readAllText());
            Call<Void> closing = Call.run(client::close);
            assertNull(server.receive());
            closing.result();
        }
        events.expectNoMore();
    }

    @Test
    void theLimitOfTheListenerHoldsAndMayBeChanged() throws Exception {
        options.maxMessageSize(4);
        connect();
        try (ServerMessageWebSocket server = listener.acceptMessages()) {
            assertEquals(4, server.control().maxMessageSize());
            client.sendText("1234");
            assertEquals("1234", next(server).readAllText());
            assertThrows(IllegalArgumentException.class, () -> server.control().maxMessageSize(0));
            server.control().maxMessageSize(5);
            client.sendText("12345");
            assertEquals("12345", next(server).readAllText());
            client.sendText("123456");
            WebSocketProtocolException fault = assertThrows(
                    WebSocketProtocolException.class, () -> next(server).readAllText());
            assertEquals(1009, fault.closeCode());
            WebSocketClosedException told = assertThrows(WebSocketClosedException.class, client::receive);
            assertEquals(1009, told.remoteCode());
        }
    }

    @Test
    void aClientIsForWhoeverAcceptsItAndTextIsNotForStreams() throws Exception {
        connect();
        client.sendText("text");
        try (ServerStreamWebSocket server = listener.accept()) {
            WebSocketProtocolException fault = assertThrows(
                    WebSocketProtocolException.class, () -> server.inputStream().read());
            assertEquals(1003, fault.closeCode());
            WebSocketClosedException told = assertThrows(WebSocketClosedException.class, client::receive);
            assertEquals(1003, told.remoteCode());
        }
    }

    @Test
    void bothWaysToAcceptWaitForTheSameClients() throws Exception {
        connect();
        listener.accept().abort();
        Call<ServerMessageWebSocket> accepting = Call.of(listener::acceptMessages);
        try (MessageWebSocket second = MessageWebSocket.open(
                        URI.create("ws://127.0.0.1:" + listener.localAddress().getPort() + "/"));
                ServerMessageWebSocket server = accepting.result()) {
            second.sendText("second");
            assertEquals("second", next(server).readAllText());
            server.abort();
        }
        listener.close();
        assertThrows(WebSocketClosedException.class, listener::acceptMessages);
    }
}
