package io.github.streamwebsocket;

import static io.github.streamwebsocket.testing.RawFrames.BINARY;
import static io.github.streamwebsocket.testing.RawFrames.CONTINUATION;
import static io.github.streamwebsocket.testing.RawFrames.PING;
import static io.github.streamwebsocket.testing.RawFrames.TEXT;
import static io.github.streamwebsocket.testing.RawFrames.frame;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ReceivedEvents;
import io.github.streamwebsocket.testing.ScriptedServer;
import io.github.streamwebsocket.testing.ScriptedServer.Client;
import io.github.streamwebsocket.testing.Soon;
import io.github.streamwebsocket.testing.Transport;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What handlers of received messages are told, when, and what of each other. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class MessageEventsTest {
    private final MessageWebSocket socket = new MessageWebSocket();
    private final ReceivedEvents events = new ReceivedEvents();

    /** A server that says this and then waits for the client to close. */
    private static ScriptedServer saying(RawFrames.Builder... frames) throws Exception {
        return new ScriptedServer(Transport.WS, client -> {
            client.upgrade();
            for (RawFrames.Builder frame : frames) {
                client.send(frame.bytes());
            }
            client.answerClose();
            client.awaitEnd();
        });
    }

    /** A server that says this and then ends TCP. */
    private static ScriptedServer sayingAndLeaving(RawFrames.Builder... frames) throws Exception {
        return new ScriptedServer(Transport.WS, client -> {
            client.upgrade();
            for (RawFrames.Builder frame : frames) {
                client.send(frame.bytes());
            }
            client.socket().shutdownOutput();
            client.awaitEnd();
        });
    }

    private static RawFrames.Builder text(String payload) {
        return frame(TEXT).payload(payload);
    }

    @Test
    void aMessageComesWholeWithItsType() throws Exception {
        byte[] euro = "€".getBytes(UTF_8);
        byte[] large = RawFrames.pattern(200_000);
        try (ScriptedServer server = saying(
                        frame(TEXT).notFin().payload(Arrays.copyOf(euro, 1)),
                        frame(PING).payload("?"),
                        frame(CONTINUATION).notFin(),
                        frame(CONTINUATION).payload(Arrays.copyOfRange(euro, 1, 3)),
                        frame(BINARY).payload(large),
                        text(""),
                        frame(BINARY));
                socket) {
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            assertEquals("€", events.text());
            MessageWebSocketMessageReceivedEventArgs binary = events.next();
            assertEquals(SocketMessageType.BINARY, binary.messageType());
            assertTrue(binary.isMessageComplete());
            assertEquals(large.length, binary.getDataReader().unconsumedBufferLength());
            assertArrayEquals(large, binary.getDataStream().readAllBytes());
            assertArrayEquals(large, binary.getDataReader().readBytes());
            assertEquals("", events.text());
            MessageWebSocketMessageReceivedEventArgs empty = events.next();
            assertEquals(-1, empty.getDataStream().read());
            assertEquals(0, empty.getDataReader().unconsumedBufferLength());
        }
        events.expectNoMore();
    }

    @Test
    void handlersAreCalledOneAfterAnotherAndEachReadsTheBytesForItself() throws Exception {
        Queue<String> calls = new ConcurrentLinkedQueue<>();
        try (ScriptedServer server = saying(text("a"), text("b"), text("c"));
                socket) {
            for (String name : List.of("1", "2")) {
                socket.onMessageReceived(args -> calls.add(name + read(args)));
            }
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            assertEquals(List.of("a", "b", "c"), List.of(events.text(), events.text(), events.text()));
            assertEquals(List.of("1a", "2a", "1b", "2b", "1c", "2c"), List.copyOf(calls));
        }
    }

    private static String read(MessageWebSocketMessageReceivedEventArgs args) {
        try {
            return args.getDataReader().readString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aHandlerThatThrowsIsLoggedAndDisturbsNobody() throws Exception {
        // The system logger of a JVM without another one writes here.
        Logger logger = Logger.getLogger("io.github.streamwebsocket");
        BlockingQueue<LogRecord> logged = new LinkedBlockingQueue<>();
        Filter before = logger.getFilter();
        logger.setFilter(r -> !logged.add(r));
        AssertionError failure = new AssertionError("a handler's own");
        try (ScriptedServer server = saying(text("a"), text("b"));
                socket) {
            socket.onMessageReceived(args -> {
                throw failure;
            });
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            assertEquals("a", events.text());
            assertEquals("b", events.text());
            for (int i = 0; i < 2; i++) {
                LogRecord entry = logged.poll(10, TimeUnit.SECONDS);
                assertNotNull(entry);
                assertSame(failure, entry.getThrown());
            }
        } finally {
            logger.setFilter(before);
        }
    }

    @Test
    void aHandlerThatInterruptsItselfDoesNotEndTheConnection() throws Exception {
        try (ScriptedServer server = saying(text("a"), text("b"));
                socket) {
            socket.onMessageReceived(args -> Thread.currentThread().interrupt());
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            assertEquals("a", events.text());
            assertEquals("b", events.text());
        }
    }

    @Test
    void aHandlerThatWasRemovedIsCalledNoMore() throws Exception {
        CompletableFuture<Registration> registration = new CompletableFuture<>();
        AtomicInteger calls = new AtomicInteger();
        try (ScriptedServer server = saying(text("a"), text("b"));
                socket) {
            registration.complete(socket.onMessageReceived(args -> {
                calls.incrementAndGet();
                registration.join().close();
            }));
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            assertEquals("a", events.text());
            assertEquals("b", events.text());
            assertEquals(1, calls.get());
        }
    }

    @Test
    void aSlowHandlerHoldsUpTheServer() throws Exception {
        int count = 256;
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch free = new CountDownLatch(1);
        ScriptedServer.Script script = client -> {
            client.upgrade();
            byte[] message = frame(BINARY).payload(new byte[1 << 20]).bytes();
            for (int i = 0; i < count; i++) {
                client.send(message);
                sent.incrementAndGet();
            }
            client.answerClose();
        };
        try (ScriptedServer server = new ScriptedServer(Transport.WS, script);
                socket) {
            socket.onMessageReceived(args -> {
                try {
                    free.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            CountDownLatch rest = new CountDownLatch(count);
            socket.onMessageReceived(args -> rest.countDown());
            socket.connect(server.uri());
            int[] last = {-1, 0};
            Soon.that("the server is stuck", () -> {
                last[1] = sent.get() == last[0] ? last[1] + 1 : 0;
                last[0] = sent.get();
                return last[1] > 100; // half a millisecond each
            });
            assertTrue(last[0] < count / 2, "sent " + last[0]);
            assertEquals(count, rest.getCount());
            free.countDown();
            assertTrue(rest.await(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void sectionsComeAsTheyDoAndTheLastSaysSo() throws Exception {
        CountDownLatch halfSeen = new CountDownLatch(1);
        byte[] content = RawFrames.pattern(300_000);
        byte[] message = frame(BINARY).payload(content).bytes();
        ScriptedServer.Script script = client -> {
            client.upgrade();
            client.send(Arrays.copyOf(message, 500));
            halfSeen.await();
            client.send(Arrays.copyOfRange(message, 500, message.length));
            client.send(frame(BINARY).bytes());
            client.answerClose();
            client.awaitEnd();
        };
        try (ScriptedServer server = new ScriptedServer(Transport.WS, script);
                socket) {
            socket.control().receiveMode(MessageWebSocketReceiveMode.PARTIAL_MESSAGE);
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            byte[] received = new byte[0];
            boolean complete = false;
            while (!complete) {
                MessageWebSocketMessageReceivedEventArgs section = events.next();
                byte[] bytes = section.getDataReader().readBytes();
                received = RawFrames.join(received, bytes);
                complete = section.isMessageComplete();
                assertTrue(bytes.length > 0 && bytes.length <= 65_536, "section of " + bytes.length);
                assertEquals(SocketMessageType.BINARY, section.messageType());
                assertEquals(received.length == content.length, complete);
                halfSeen.countDown(); // the first section came while the rest had not
            }
            assertArrayEquals(content, received);
            MessageWebSocketMessageReceivedEventArgs empty = events.next();
            assertTrue(empty.isMessageComplete());
            assertEquals(0, empty.getDataReader().unconsumedBufferLength());
        }
    }

    @Test
    void sectionsOfTextEndBetweenCharacters() throws Exception {
        String content = "aé€😀".repeat(300);
        byte[] bytes = content.getBytes(UTF_8);
        ScriptedServer.Script script = client -> {
            client.upgrade();
            for (int i = 0; i < bytes.length; i++) {
                RawFrames.Builder frame = frame(i == 0 ? TEXT : CONTINUATION).payload(new byte[] {bytes[i]});
                client.send((i == bytes.length - 1 ? frame : frame.notFin()).bytes());
            }
            client.answerClose();
            client.awaitEnd();
        };
        try (ScriptedServer server = new ScriptedServer(Transport.WS, script);
                socket) {
            socket.control().receiveMode(MessageWebSocketReceiveMode.PARTIAL_MESSAGE);
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            StringBuilder received = new StringBuilder();
            int sections = 0;
            for (boolean complete = false; !complete; sections++) {
                MessageWebSocketMessageReceivedEventArgs section = events.next();
                received.append(section.getDataReader().readString()); // throws inside a character
                complete = section.isMessageComplete();
            }
            assertEquals(content, received.toString());
            assertTrue(sections > 1);
        }
    }

    @Test
    void aMessageThatIsTooLargeFailsWith1009() throws Exception {
        CompletableFuture<byte[]> close = new CompletableFuture<>();
        ScriptedServer.Script script = client -> {
            client.upgrade();
            client.send(text("12345").bytes());
            client.send(frame(TEXT).notFin().payload("123").bytes());
            client.send(frame(CONTINUATION).payload("456").bytes());
            close.complete(closeOf(client));
        };
        try (ScriptedServer server = new ScriptedServer(Transport.WS, script);
                socket) {
            socket.control().maxMessageSize(5);
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            assertEquals("12345", events.text());
            assertEquals(1009, events.failure(WebSocketProtocolException.class).closeCode());
            assertArrayEquals(new byte[] {3, (byte) 0xF1}, close.get(10, TimeUnit.SECONDS));
            events.expectNoMore();
        }
    }

    private static byte[] closeOf(Client client) throws IOException {
        ScriptedServer.FrameHead head = client.head();
        assertEquals(RawFrames.CLOSE, head.opcode());
        byte[] payload = new byte[(int) head.length()];
        assertEquals(payload.length, client.payload(payload, 0, payload.length));
        return RawFrames.mask(payload, head.key(), 0);
    }

    @ParameterizedTest
    @EnumSource
    void textThatIsNoUtf8FailsWith1007(MessageWebSocketReceiveMode mode) throws Exception {
        try (ScriptedServer server = saying(frame(TEXT).payload(new byte[] {'a', (byte) 0xFF, 'b'}));
                socket) {
            socket.control().receiveMode(mode);
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            assertEquals(1007, events.failure(WebSocketProtocolException.class).closeCode());
            events.expectNoMore();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionThatBreaksIsOneLastEvent(boolean insideAMessage) throws Exception {
        RawFrames.Builder frame = insideAMessage ? text("a").notFin() : text("a");
        try (ScriptedServer server = sayingAndLeaving(frame);
                socket) {
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            if (!insideAMessage) {
                assertEquals("a", events.text());
            }
            events.failure(WebSocketAbortedException.class);
            events.expectNoMore();
        }
    }

    @Test
    void aCloseInsideAMessageIsOneLastEvent() throws Exception {
        try (ScriptedServer server = sayingAndLeaving(text("a").notFin(), RawFrames.close(1001, ""));
                socket) {
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            events.failure(WebSocketAbortedException.class);
            events.expectNoMore();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 1001, 4000})
    void ofACloseBetweenMessagesOnlyTheClosedEventTells(int code) throws Exception {
        CompletableFuture<WebSocketClosedEventArgs> closed = new CompletableFuture<>();
        try (ScriptedServer server = sayingAndLeaving(text("a"), RawFrames.close(code, "bye"));
                socket) {
            socket.onMessageReceived(events);
            socket.onClosed(closed::complete);
            socket.connect(server.uri());
            assertEquals("a", events.text());
            assertEquals(new WebSocketClosedEventArgs(code, "bye"), closed.get(10, TimeUnit.SECONDS));
            events.expectNoMore();
        }
    }

    /** How this side ends a connection. */
    enum OwnEnd {
        CLOSE,
        CLOSE_WITH_CODE,
        ABORT;

        void end(WebSocket socket) {
            try {
                switch (this) {
                    case CLOSE -> socket.close();
                    case CLOSE_WITH_CODE -> socket.close(1001, "");
                    case ABORT -> socket.abort();
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anEndThatThisSideMakesIsNoEvent(OwnEnd end) throws Exception {
        try (ScriptedServer server = saying(text("a"), text("b").notFin())) {
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            assertEquals("a", events.text());
            end.end(socket);
            events.expectNoMore();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHandlerMayEndTheConnection(OwnEnd end) throws Exception {
        try (ScriptedServer server = saying(text("a"), text("b"))) {
            socket.onMessageReceived(events);
            socket.onMessageReceived(args -> end.end(socket));
            socket.connect(server.uri());
            assertEquals("a", events.text());
            events.expectNoMore();
            assertFalse(socket.isOpen());
        }
    }

    @Test
    void aCloseThatIsRefusedChangesNothing() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Transport.WS, client -> {
                    client.upgrade();
                    client.head();
                });
                socket) {
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            assertThrows(IllegalArgumentException.class, () -> socket.close(1005, ""));
            socket.sendText("leave");
            events.failure(WebSocketAbortedException.class);
        }
    }

    @Test
    void aReadTimeoutIsNoFault() throws Exception {
        ScriptedServer.Script script = client -> {
            client.upgrade();
            client.socket().setSoTimeout(100);
            for (RawFrames.Builder frame :
                    List.of(text("a").notFin(), frame(CONTINUATION).payload("b"))) {
                assertThrows(SocketTimeoutException.class, client::head); // so long nobody says anything
                client.send(frame.bytes());
            }
            client.socket().setSoTimeout(0);
            client.answerClose();
            client.awaitEnd();
        };
        try (ScriptedServer server = new ScriptedServer(Transport.WS, script);
                socket) {
            socket.control().readTimeout(Duration.ofMillis(10));
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            assertEquals("ab", events.text());
        }
        events.expectNoMore();
    }

    @Test
    void whatGoesToHandlersCannotBeReceivedBeside() throws Exception {
        try (ScriptedServer server = saying(text("a"));
                socket) {
            socket.onMessageReceived(events);
            socket.connect(server.uri());
            assertThrows(IllegalStateException.class, socket::receive);
            assertEquals("a", events.text());
            IllegalStateException late =
                    assertThrows(IllegalStateException.class, () -> socket.onMessageReceived(events));
            assertTrue(late.getMessage().contains("connected"), late.getMessage());
        }
    }

    @Test
    void withoutAHandlerAtConnectMessagesAreReceived() throws Exception {
        try (ScriptedServer server = saying(text("a"), RawFrames.close(1000, ""));
                socket) {
            socket.onMessageReceived(events).close();
            socket.connect(server.uri());
            try (IncomingMessage message = socket.receive()) {
                assertNotNull(message);
                assertEquals("a", message.readAllText());
            }
            assertNull(socket.receive());
        }
        events.expectNoMore();
    }
}
