package io.github.streamwebsocket;

import static io.github.streamwebsocket.testing.RawFrames.BINARY;
import static io.github.streamwebsocket.testing.RawFrames.CLOSE;
import static io.github.streamwebsocket.testing.RawFrames.CONTINUATION;
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

import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ReceivedEvents;
import io.github.streamwebsocket.testing.ScriptedServer;
import io.github.streamwebsocket.testing.ServerEnd;
import io.github.streamwebsocket.testing.ThirdParty;
import io.github.streamwebsocket.testing.ThirdPartyServer;
import io.github.streamwebsocket.testing.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** MessageWebSocket, member by member, as the contract has them; what its handlers are told is in MessageEventsTest. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class MessageContractTest {
    private static final byte[] E_ACUTE = "é".getBytes(UTF_8);

    private final MessageWebSocket socket = new MessageWebSocket();
    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    /** A data frame that the client has sent. */
    private record Sent(int opcode, boolean fin, String payload) {}

    /** A server that says this, notes what the client sends, and answers its Close. */
    private ScriptedServer server(RawFrames.Builder... frames) throws Exception {
        return new ScriptedServer(Transport.WS, client -> {
            client.upgrade();
            for (RawFrames.Builder frame : frames) {
                client.send(frame.bytes());
            }
            for (ScriptedServer.FrameHead head = client.head(); ; head = client.head()) {
                byte[] payload = new byte[(int) head.length()];
                for (int count = 0; count < payload.length; ) {
                    count += client.payload(payload, count, payload.length - count);
                }
                payload = RawFrames.mask(payload, head.key(), 0);
                if (head.opcode() == CLOSE) {
                    client.send(frame(CLOSE).payload(payload).bytes());
                    client.awaitEnd();
                    return;
                }
                sent.add(new Sent(head.opcode(), head.fin(), new String(payload, UTF_8)));
            }
        });
    }

    private void expect(int opcode, boolean fin, String payload) throws InterruptedException {
        assertEquals(new Sent(opcode, fin, payload), sent.poll(10, TimeUnit.SECONDS));
    }

    @Test
    void numbersAreThoseOfTheOriginal() {
        assertEquals(0, SocketMessageType.BINARY.value());
        assertEquals(1, SocketMessageType.UTF8.value());
        assertEquals(0, MessageWebSocketReceiveMode.FULL_MESSAGE.value());
        assertEquals(1, MessageWebSocketReceiveMode.PARTIAL_MESSAGE.value());
    }

    @Test
    void settingsHaveTheirDefaultsRangesAndTime() throws Exception {
        MessageWebSocketControl control = socket.control();
        assertSame(control, socket.control());
        assertEquals(Long.MAX_VALUE, control.maxMessageSize());
        assertEquals(SocketMessageType.BINARY, control.messageType());
        assertEquals(MessageWebSocketReceiveMode.FULL_MESSAGE, control.receiveMode());
        assertThrows(IllegalArgumentException.class, () -> control.maxMessageSize(0));
        assertThrows(NullPointerException.class, () -> control.messageType(null));
        assertSame(
                control,
                control.maxMessageSize(1)
                        .messageType(SocketMessageType.UTF8)
                        .receiveMode(MessageWebSocketReceiveMode.PARTIAL_MESSAGE)
                        .frameSize(128)
                        .trustDefaults());
        assertEquals(1, control.maxMessageSize());
        assertEquals(SocketMessageType.UTF8, control.messageType());
        assertEquals(MessageWebSocketReceiveMode.PARTIAL_MESSAGE, control.receiveMode());
        try (ScriptedServer server = server();
                socket) {
            socket.connect(server.uri());
            List<Executable> late = List.of(
                    () -> control.maxMessageSize(2),
                    () -> control.receiveMode(MessageWebSocketReceiveMode.FULL_MESSAGE),
                    () -> control.noDelay(false),
                    () -> socket.setRequestHeader("X", "y"),
                    () -> socket.onMessageReceived(args -> {}));
            for (Executable change : late) {
                IllegalStateException refused = assertThrows(IllegalStateException.class, change);
                assertTrue(refused.getMessage().contains("it is connected"), refused.getMessage());
            }
            control.messageType(SocketMessageType.BINARY); // at any time
        }
        IllegalStateException closed = assertThrows(IllegalStateException.class, () -> control.maxMessageSize(2));
        assertTrue(closed.getMessage().contains("it is closed"), closed.getMessage());
    }

    @Test
    void withHandlersTheOtherWaysToReceiveAreToldThatHandlersAreInUse() throws Exception {
        socket.onMessageReceived(args -> {});
        try (ScriptedServer server = server();
                socket) {
            socket.connect(server.uri());
            assertEquals(
                    "expected onMessageReceived(), which is in use in this direction, but inputStream() was called",
                    assertThrows(IllegalStateException.class, socket::inputStream)
                            .getMessage());
            assertEquals(
                    "expected onMessageReceived(), which is in use in this direction, but receive() was called",
                    assertThrows(IllegalStateException.class, socket::receive).getMessage());
        }
    }

    @Test
    void aDirectoryAndABufferThatIsThereTwiceAreRefusedBeforeAnythingLeaves() throws Exception {
        try (ScriptedServer server = server();
                socket) {
            socket.connect(server.uri());
            FileSystemException refused = assertThrows(FileSystemException.class, () -> socket.send(folder));
            assertEquals(folder + ": expected a file but it is a directory", refused.getMessage());
            ByteBuffer twice = ByteBuffer.wrap(new byte[3]);
            assertThrows(IllegalArgumentException.class, () -> socket.sendAll(List.of(twice, twice)));
            assertEquals(3, twice.remaining());
            socket.sendText("first");
            assertEquals(new Sent(TEXT, true, "first"), sent.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aSurrogateWithoutItsHalfIsToldByItsIndexInAllOfTheText() throws Exception {
        try (ScriptedServer server = server();
                socket) {
            socket.connect(server.uri());
            for (String bad : List.of("\ud83d!", "\ude00")) {
                IllegalArgumentException refused = assertThrows(
                        IllegalArgumentException.class,
                        () -> socket.sendText(out -> {
                            out.write("12\ud83d");
                            out.write("\ude00" + "5");
                            out.write(bad);
                        }));
                assertTrue(refused.getMessage().endsWith(", at index 5"), refused.getMessage());
            }
            IllegalArgumentException whole =
                    assertThrows(IllegalArgumentException.class, () -> socket.sendText("x".repeat(20_000) + "\ude00"));
            assertTrue(whole.getMessage().endsWith(", at index 20000"), whole.getMessage());
        }
    }

    @Test
    void beforeConnectAndAfterCloseNothingIsSentOrReceived() throws Exception {
        List<Executable> uses = List.of(
                () -> socket.sendText("a"),
                () -> socket.sendText(out -> {}),
                () -> socket.send(new byte[1]),
                () -> socket.sendFinalFrame(new byte[1]),
                () -> socket.sendNonfinalFrame(new byte[1]),
                () -> socket.beginMessage(SocketMessageType.UTF8),
                socket::receive);
        for (Executable use : uses) {
            assertThrows(IllegalStateException.class, use);
        }
        assertThrows(IllegalStateException.class, socket::outputStream);
        OutputStream out;
        try (ScriptedServer server = server();
                socket) {
            socket.connect(server.uri());
            out = socket.outputStream();
            assertSame(out, socket.outputStream());
            assertThrows(IllegalStateException.class, () -> socket.connect(server.uri()));
        }
        for (Executable use : uses.subList(0, uses.size() - 1)) {
            assertThrows(WebSocketClosedException.class, use);
        }
        assertThrows(IOException.class, () -> out.write(1));
    }

    @Test
    void aFailedConnectLeavesSocketAndHandlersAsTheyWere() throws Exception {
        ReceivedEvents events = new ReceivedEvents();
        socket.onMessageReceived(events);
        try (ScriptedServer refusing = new ScriptedServer(
                Transport.WS, client -> client.send("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"))) {
            assertThrows(WebSocketHandshakeException.class, () -> socket.connect(refusing.uri()));
        }
        socket.control().maxMessageSize(10);
        try (ScriptedServer server = server(frame(TEXT).payload("a"));
                socket) {
            socket.connect(server.uri());
            assertEquals("a", events.text());
        }
    }

    @Test
    void theMessageTypeAppliesToTheNextMessage() throws Exception {
        try (ScriptedServer server = server();
                socket) {
            socket.connect(server.uri());
            socket.send("1".getBytes(UTF_8));
            expect(BINARY, true, "1");
            OutgoingMessage begun = socket.beginMessage();
            socket.control().messageType(SocketMessageType.UTF8);
            try (begun) {
                begun.write('2');
                begun.complete();
            }
            expect(BINARY, true, "2");
            socket.send("é".getBytes(UTF_8));
            expect(TEXT, true, "é");
            socket.send(ByteBuffer.wrap("4".getBytes(UTF_8)));
            expect(TEXT, true, "4");
            socket.send(Files.writeString(folder.resolve("text"), "5"));
            expect(TEXT, true, "5");
            socket.send(out -> out.write('6'));
            expect(TEXT, true, "6");
            socket.sendAll(List.of(ByteBuffer.wrap(new byte[] {'7'}), ByteBuffer.wrap(new byte[] {'8'})));
            expect(TEXT, true, "7");
            expect(TEXT, true, "8");
            try (OutgoingMessage message = socket.beginMessage()) {
                message.write('9');
                message.complete();
            }
            expect(TEXT, true, "9");
            try (OutgoingMessage message = socket.beginMessage(SocketMessageType.BINARY)) {
                message.complete();
            }
            expect(BINARY, true, "");
        }
    }

    @Test
    void textIsSentAsTextWhateverTheType() throws Exception {
        try (ScriptedServer server = server();
                socket) {
            socket.connect(server.uri());
            socket.sendText("aé€😀");
            expect(TEXT, true, "aé€😀");
            socket.sendText(CharBuffer.wrap("b"));
            expect(TEXT, true, "b");
            socket.sendText(out -> out.append("c").append('€'));
            expect(TEXT, true, "c€");
            socket.sendText("");
            expect(TEXT, true, "");
            IOException own = new IOException("the user's own");
            assertSame(
                    own,
                    assertThrows(
                            IOException.class,
                            () -> socket.sendText(out -> {
                                throw own;
                            })));
            socket.sendText("lives");
            expect(TEXT, true, "lives");
        }
    }

    @Test
    void whatIsNoTextIsRefusedAndTheConnectionLives() throws Exception {
        try (ScriptedServer server = server();
                socket) {
            socket.control().messageType(SocketMessageType.UTF8);
            socket.connect(server.uri());
            byte[] bad = {'a', (byte) 0xFF};
            List<Executable> mistakes = List.of(
                    () -> socket.sendText("a\uD800"),
                    () -> socket.sendText(out -> out.write("\uDC00")),
                    () -> socket.send(bad),
                    () -> socket.send(ByteBuffer.wrap(bad)),
                    () -> socket.sendAll(List.of(ByteBuffer.wrap(bad))),
                    () -> socket.send(out -> out.write(bad)),
                    () -> socket.sendFinalFrame(bad),
                    () -> socket.outputStream().write(bad));
            for (Executable mistake : mistakes) {
                assertThrows(IllegalArgumentException.class, mistake);
            }
            socket.sendText("others may send");
            expect(TEXT, true, "others may send");

            OutputStream out = socket.outputStream();
            out.write('a');
            out.write(E_ACUTE, 0, 1);
            assertThrows(IllegalArgumentException.class, () -> out.write(bad));
            assertThrows(IllegalArgumentException.class, out::flush); // inside a character
            out.write(E_ACUTE, 1, 1);
            out.flush();
            expect(TEXT, true, "aé");

            socket.sendNonfinalFrame("b".getBytes(UTF_8));
            expect(TEXT, false, "b");
            assertThrows(IllegalArgumentException.class, () -> socket.sendNonfinalFrame(bad));
            assertThrows(IllegalArgumentException.class, () -> socket.sendFinalFrame(ByteBuffer.wrap(E_ACUTE, 0, 1)));
            socket.sendFinalFrame(E_ACUTE);
            expect(CONTINUATION, true, "é");
        }
    }

    @Test
    void framesAreSentAsTheyAreGiven() throws Exception {
        try (ScriptedServer server = server();
                socket) {
            socket.control().frameSize(128).compression(PerMessageDeflate.DEFAULT);
            socket.connect(server.uri());
            socket.sendFinalFrame("a".repeat(1000).getBytes(UTF_8));
            expect(BINARY, true, "a".repeat(1000));
            ByteBuffer first = ByteBuffer.wrap(E_ACUTE, 0, 1);
            socket.control().messageType(SocketMessageType.UTF8);
            socket.sendNonfinalFrame(first);
            assertFalse(first.hasRemaining());
            socket.control().messageType(SocketMessageType.BINARY); // for the next message, not for this one
            socket.sendNonfinalFrame(new byte[0]);
            assertThrows(IllegalStateException.class, () -> socket.sendText("between")); // it would wait for itself
            Call<Void> other = Call.run(() -> socket.sendText("behind"));
            socket.sendFinalFrame(ByteBuffer.wrap(E_ACUTE, 1, 1));
            other.result();
            assertEquals(TEXT, sent.take().opcode());
            expect(CONTINUATION, false, "");
            Sent last = sent.take();
            assertTrue(last.opcode() == CONTINUATION && last.fin(), last::toString);
            expect(TEXT, true, "behind");
        }
    }

    @Test
    void theOutputStreamSendsAMessageAFlush() throws Exception {
        try (ScriptedServer server = server();
                socket) {
            socket.control().frameSize(128);
            socket.connect(server.uri());
            OutputStream out = socket.outputStream();
            out.flush(); // of nothing
            out.write("ab".getBytes(UTF_8));
            out.write('c');
            out.flush();
            expect(BINARY, true, "abc");
            socket.control().messageType(SocketMessageType.UTF8);
            out.write("d".repeat(200).getBytes(UTF_8));
            out.flush();
            Sent first = sent.take();
            assertTrue(first.opcode() == TEXT && !first.fin(), first::toString);
            expect(CONTINUATION, true, "d".repeat(200 - first.payload().length()));
            socket.sendText("between"); // the two do not exclude each other
            expect(TEXT, true, "between");
            out.write('e');
            out.close();
            expect(TEXT, true, "e");
            assertThrows(IOException.class, () -> out.write('f'));
            assertTrue(socket.isOpen());
        }
    }

    @Test
    void closeSendsWhatTheOutputStreamHasLeft() throws Exception {
        try (ScriptedServer server = server()) {
            socket.connect(server.uri());
            socket.outputStream().write('a');
            socket.close();
            expect(BINARY, true, "a");
        }
    }

    @Test
    void messagesAreReceivedWithTheirTypes() throws Exception {
        try (ScriptedServer server = server(
                        frame(TEXT).payload("é"),
                        frame(BINARY).payload("b"),
                        frame(TEXT),
                        frame(TEXT).payload("é"),
                        RawFrames.close(1000, ""));
                socket) {
            socket.connect(server.uri());
            IncomingMessage text = next();
            assertEquals(SocketMessageType.UTF8, text.type());
            assertEquals("é", text.readAllText());
            assertEquals("", text.readAllText());
            IncomingMessage binary = next();
            assertEquals(SocketMessageType.BINARY, binary.type());
            assertThrows(IllegalStateException.class, binary::readAllText);
            assertArrayEquals(new byte[] {'b'}, binary.readAllBytes());
            assertEquals("", next().readAllText());
            IncomingMessage cut = next();
            assertEquals(E_ACUTE[0], (byte) cut.read());
            assertThrows(IllegalStateException.class, cut::readAllText);
            assertNull(socket.receive());
        }
    }

    private IncomingMessage next() throws IOException {
        IncomingMessage message = socket.receive();
        assertNotNull(message);
        return message;
    }

    @Test
    void aMessageAboveTheLimitIsNotReceived() throws Exception {
        try (ScriptedServer server =
                        server(frame(BINARY).payload("123"), frame(BINARY).payload("1234"));
                socket) {
            socket.control().maxMessageSize(3);
            socket.connect(server.uri());
            assertEquals(3, next().readAllBytes().length);
            WebSocketProtocolException fault =
                    assertThrows(WebSocketProtocolException.class, () -> next().readAllBytes());
            assertEquals(1009, fault.closeCode());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAStreamSocketDoesItDoesToo(ThirdParty kind) throws Exception {
        try (ThirdPartyServer server = kind.start();
                socket) {
            CompletableFuture<WebSocketClosedEventArgs> closed = new CompletableFuture<>();
            CompletableFuture<Boolean> asked = new CompletableFuture<>();
            socket.control().trustOnly(Credentials.ANCHORS).supportedProtocols().add(ThirdPartyServer.PROTOCOL);
            socket.setRequestHeader("X-Client", "ours");
            socket.onServerCustomValidationRequested(args -> asked.complete(true));
            socket.onClosed(closed::complete);
            ReceivedEvents events = new ReceivedEvents();
            socket.onMessageReceived(events);
            socket.connect(server.uri(Transport.WSS_ECDSA, ThirdPartyServer.ECHO));
            ServerEnd end = server.end();
            assertTrue(socket.isOpen() && asked.getNow(false));
            assertEquals(List.of("ours"), end.requestHeader("X-Client"));
            assertEquals(ThirdPartyServer.PROTOCOL, socket.information().protocol());
            assertTrue(socket.information().serverCertificate().isPresent());
            byte[] content = RawFrames.pattern(300_000);
            Call<Void> sending = Call.run(() -> socket.send(content));
            assertArrayEquals(content, events.next().getDataReader().readBytes());
            sending.result();
            socket.close(4000, "done");
            assertEquals(new WebSocketClosedEventArgs(4000, "done"), end.closed());
            assertEquals(4000, closed.get(10, TimeUnit.SECONDS).code());
            events.expectNoMore();
        }
    }
}
