package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.HandshakeHandler;
import io.github.streamwebsocket.HandshakeRequest;
import io.github.streamwebsocket.HandshakeResponse;
import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.ServerSettings;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerHandshakeTest {
    private static final String REQUEST = """
        GET /chat?a=b HTTP/1.1\r
        Host: h\r
        Upgrade: websocket\r
        Connection: keep-alive, Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Protocol: superchat, chat\r
        """;

    @Test
    void aRequestSplitAnywhereIsAccepted() throws Exception {
        String text = REQUEST + "\r\n";
        for (int split = 1; split < text.length(); split++) {
            ScriptedWire wire = ScriptedWire.of(bytes(text.substring(0, split)), bytes(text.substring(split)));
            ServerEstablished established = accept(wire, (HandshakeHandler) null);
            assertEquals("/chat", established.request().path());
            assertFalse(wire.aborted);
            assertTrue(wire.written().startsWith("HTTP/1.1 101 "), wire.written());
        }
    }

    @Test
    void theHandlerSeesTheRequestAndItsAnswerIsSent() throws Exception {
        AtomicReference<HandshakeRequest> seen = new AtomicReference<>();
        ScriptedWire wire = ScriptedWire.of(REQUEST + "Cookie: c=d\r\n\r\nframes");
        ServerEstablished established = accept(wire, request -> {
            seen.set(request);
            return HandshakeResponse.accept("chat").withHeader("Set-Cookie", "e=f");
        });
        HandshakeRequest request = seen.get();
        assertEquals("/chat", request.path());
        assertEquals("a=b", request.query());
        assertEquals(List.of("superchat", "chat"), request.supportedProtocols());
        assertEquals(Optional.of("c=d"), request.headers().first("cookie"));
        assertEquals(wire.remoteAddress(), request.remoteAddress());
        assertFalse(request.secure());
        assertEquals(Optional.empty(), request.clientCertificate());
        assertEquals(request, established.request());
        assertEquals("chat", established.protocol());
        assertEquals("frames", new String(established.leftover(), StandardCharsets.ISO_8859_1));
        assertTrue(wire.written().contains("\r\nSec-WebSocket-Protocol: chat\r\n"), wire.written());
        assertTrue(wire.written().endsWith("\r\nSet-Cookie: e=f\r\n\r\n"), wire.written());
    }

    @ParameterizedTest
    @CsvSource({"chat, chat", "'other,chat,superchat', superchat", "Chat, ''", "'', ''"})
    void withoutAHandlersChoiceTheClientsFavouriteOfOursIsSpoken(String ours, String chosen) throws Exception {
        List<String> supported = ours.isEmpty() ? List.of() : List.of(ours.split(","));
        for (HandshakeHandler handler : new HandshakeHandler[] {null, request -> HandshakeResponse.accept()}) {
            ScriptedWire wire = ScriptedWire.of(REQUEST + "\r\n");
            ServerEstablished established =
                    ServerHandshake.accept(wire, false, null, settings(supported, Set.of(), handler));
            assertEquals(chosen, established.protocol());
            assertEquals(!chosen.isEmpty(), wire.written().contains("Sec-WebSocket-Protocol: " + chosen));
        }
    }

    @Test
    void aHandlerMayChooseNoSubprotocol() throws Exception {
        ScriptedWire wire = ScriptedWire.of(REQUEST + "\r\n");
        ServerSettings settings = settings(List.of("chat"), Set.of(), request -> HandshakeResponse.accept(""));
        assertEquals("", ServerHandshake.accept(wire, false, null, settings).protocol());
    }

    @Test
    void anOfferOfCompressionThatWillDoIsAccepted() throws Exception {
        ScriptedWire wire = ScriptedWire.of(REQUEST
                + "Sec-WebSocket-Extensions: x-webkit-deflate-frame; no_context_takeover\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate; mystery\r\n"
                + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits; server_max_window_bits=\"12\"\r\n"
                + "\r\nframes");
        ServerEstablished established = accept(wire, PerMessageDeflate.DEFAULT.clientNoContextTakeover(true));
        assertEquals(new DeflateParameters(true, false, 15, 12, 3, 128), established.deflate());
        assertTrue(
                wire.written()
                        .contains("\r\nSec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover"
                                + "; server_max_window_bits=12\r\n"),
                wire.written());
        assertEquals("frames", new String(established.leftover(), StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Sec-WebSocket-Extensions: \r\n",
                "Sec-WebSocket-Extensions: foo\r\n",
                "Sec-WebSocket-Extensions: permessage-deflate\r\n",
                "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=7\r\n"
            })
    void whereNoOfferWillDoTheConnectionIsOpenWithoutCompression(String offers) throws Exception {
        ScriptedWire wire = ScriptedWire.of(REQUEST + offers + "\r\n");
        assertNull(
                accept(wire, PerMessageDeflate.DEFAULT.clientMaxWindowBits(10)).deflate());
        assertTrue(wire.written().startsWith("HTTP/1.1 101 "), wire.written());
        assertFalse(wire.written().contains("Extensions"), wire.written());
    }

    @ParameterizedTest
    @ValueSource(strings = {"permessage-deflate; client_max_window_bits", "permessage-deflate;", "\"=;"})
    void withoutCompressionOffersAreNotLookedAt(String offers) throws Exception {
        ScriptedWire wire = ScriptedWire.of(REQUEST + "Sec-WebSocket-Extensions: " + offers + "\r\n\r\n");
        assertNull(accept(wire, (HandshakeHandler) null).deflate());
        assertTrue(wire.written().startsWith("HTTP/1.1 101 "), wire.written());
        assertFalse(wire.written().contains("Extensions"), wire.written());
    }

    @Test
    void offersThatAreNoListAreAnswered400() {
        ScriptedWire wire = ScriptedWire.of(REQUEST + "Sec-WebSocket-Extensions: permessage-deflate; =10\r\n\r\n");
        RefusedRequestException e =
                assertThrows(RefusedRequestException.class, () -> accept(wire, PerMessageDeflate.DEFAULT));
        assertEquals(
                "expected the name of a parameter at index 20 of Sec-WebSocket-Extensions but was \"=10\"",
                e.getMessage());
        assertTrue(wire.written().startsWith("HTTP/1.1 400 Bad Request\r\n"), wire.written());
        assertEnded(wire);
    }

    @Test
    void aRefusalOfTheHandlerIsSentAndTheConnectionEnds() {
        ScriptedWire wire = ScriptedWire.of(REQUEST + "\r\n");
        RefusedRequestException e = assertThrows(
                RefusedRequestException.class,
                () -> accept(
                        wire,
                        request -> HandshakeResponse.refuse(401, "who?").withHeader("WWW-Authenticate", "Basic")));
        assertEquals(401, e.answer().status());
        assertTrue(wire.written().startsWith("HTTP/1.1 401 Unauthorized\r\n"), wire.written());
        assertTrue(wire.written().contains("\r\nWWW-Authenticate: Basic\r\n"), wire.written());
        assertTrue(wire.written().endsWith("\r\n\r\nwho?"), wire.written());
        assertEnded(wire);
    }

    static List<HandshakeHandler> failingHandlers() {
        return List.of(
                request -> {
                    throw new IOException("secret");
                },
                request -> {
                    throw new AssertionError("secret");
                },
                request -> null,
                request -> HandshakeResponse.accept("secret"),
                request -> HandshakeResponse.accept("Chat"),
                request -> HandshakeResponse.accept().withHeader("X", "secret\r\nY: z"),
                request -> HandshakeResponse.accept().withHeader("Sec-WebSocket-Accept", "secret"),
                request -> HandshakeResponse.refuse(403, "").withHeader("Content-Length", "7"));
    }

    @ParameterizedTest
    @MethodSource("failingHandlers")
    void aHandlerThatFailsIsTheServersFaultAndNobodyElsesBusiness(HandshakeHandler handler) {
        ScriptedWire wire = ScriptedWire.of(REQUEST + "\r\n");
        try (CapturedLog log = new CapturedLog()) {
            assertThrows(RefusedRequestException.class, () -> accept(wire, handler));
            assertEquals(1, log.records().size());
            assertNotNull(log.records().get(0).getThrown());
        }
        assertTrue(wire.written().startsWith("HTTP/1.1 500 Internal Server Error\r\n"), wire.written());
        assertFalse(wire.written().contains("secret"), wire.written());
        assertEnded(wire);
    }

    @Test
    void aHandlerThatChoosesASubprotocolForAClientThatOffersNoneIsToldSo() {
        ScriptedWire wire =
                ScriptedWire.of(REQUEST.replace("Sec-WebSocket-Protocol: superchat, chat\r\n", "") + "\r\n");
        try (CapturedLog log = new CapturedLog()) {
            assertThrows(RefusedRequestException.class, () -> accept(wire, request -> HandshakeResponse.accept("zzz")));
            assertEquals(
                    "expected to accept no subprotocol, as the client offers none, but was \"zzz\"",
                    log.records().get(0).getThrown().getMessage());
        }
    }

    @Test
    void aRefusalIsOneLineOfTheLogWithClientPathAndStatus() {
        ScriptedWire wire = ScriptedWire.of(REQUEST + "\r\n");
        Logger logger = Logger.getLogger("io.github.streamwebsocket");
        Level before = logger.getLevel();
        logger.setLevel(Level.FINE);
        try (CapturedLog log = new CapturedLog()) {
            assertThrows(
                    RefusedRequestException.class,
                    () -> accept(wire, request -> HandshakeResponse.refuse(404, "no such room\n")));
            assertEquals(1, log.records().size());
            assertEquals(
                    "refused " + wire.remoteAddress()
                            + ", which asked for \"/chat\", with status 404: refused by the handshake handler",
                    log.records().get(0).getMessage());
            assertNull(log.records().get(0).getThrown());
        } finally {
            logger.setLevel(before);
        }
    }

    @Test
    void anInterruptOfTheHandlerIsKept() {
        ScriptedWire wire = ScriptedWire.of(REQUEST + "\r\n");
        try (CapturedLog log = new CapturedLog()) {
            assertThrows(
                    RefusedRequestException.class,
                    () -> accept(wire, request -> {
                        throw new InterruptedException();
                    }));
            assertEquals(1, log.records().size());
        }
        assertTrue(Thread.interrupted());
    }

    @Test
    void anOriginIsRefusedBeforeTheHandlerIsAsked() {
        ScriptedWire wire = ScriptedWire.of(REQUEST + "Origin: http://evil\r\n\r\n");
        assertThrows(
                RefusedRequestException.class,
                () -> accept(wire, request -> {
                    throw new AssertionError("asked");
                }));
        assertTrue(wire.written().startsWith("HTTP/1.1 403 Forbidden\r\n"), wire.written());
    }

    @ParameterizedTest
    @CsvSource({
        "'POST / HTTP/1.1\r\nHost: h\r\n\r\n', 405",
        "'GET / HTTP/1.1\r\nHost: h\r\n\r\n', 426",
        "'GET / HTTP/1.1\n', 400",
        "'GET / HTTP/1.0\r\n\r\n', 505",
        "'\u0016\u0003\u0001\u0002', 400",
    })
    void whatIsNoOpeningRequestIsAnswered(String text, int status) {
        ScriptedWire wire = ScriptedWire.of(text);
        assertThrows(RefusedRequestException.class, () -> accept(wire, (HandshakeHandler) null));
        assertTrue(wire.written().startsWith("HTTP/1.1 " + status + " "), wire.written());
        assertEnded(wire);
    }

    @Test
    void aHeadBeyondTheLimitIsAnswered431() {
        ScriptedWire wire = ScriptedWire.of(REQUEST + "X: " + "x".repeat(20_000));
        assertThrows(RefusedRequestException.class, () -> accept(wire, (HandshakeHandler) null));
        assertTrue(wire.written().startsWith("HTTP/1.1 431 "), wire.written());
        assertEnded(wire);
    }

    @Test
    void aClientThatLeavesGetsNothing() {
        ScriptedWire wire = ScriptedWire.of(REQUEST);
        assertThrows(EOFException.class, () -> accept(wire, (HandshakeHandler) null));
        assertEquals("", wire.written());
        assertTrue(wire.aborted);
    }

    private static void assertEnded(ScriptedWire wire) {
        assertTrue(wire.outputEnded && wire.drained && wire.aborted);
    }

    private static ServerEstablished accept(ScriptedWire wire, @Nullable HandshakeHandler handler) throws Exception {
        return ServerHandshake.accept(wire, false, null, settings(List.of(), Set.of(), handler));
    }

    private static ServerEstablished accept(ScriptedWire wire, PerMessageDeflate compression) throws Exception {
        return ServerHandshake.accept(wire, false, null, settings(List.of(), Set.of(), null, compression));
    }

    private static ServerSettings settings(
            List<String> protocols, Set<String> origins, @Nullable HandshakeHandler handler) {
        return settings(protocols, origins, handler, null);
    }

    private static ServerSettings settings(
            List<String> protocols,
            Set<String> origins,
            @Nullable HandshakeHandler handler,
            @Nullable PerMessageDeflate compression) {
        return new ServerSettings(
                true,
                Duration.ofSeconds(10),
                16_384,
                64,
                1024,
                protocols,
                origins,
                handler,
                compression,
                Long.MAX_VALUE,
                ConnectionSettings.DEFAULT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
