package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.PerMessageDeflate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpeningRequestTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    @Test
    void theTextOfARequestIsThatOfTheRfc() {
        assertText(
                """
                GET /chat?room=1 HTTP/1.1
                Host: server.example.com:8080
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Protocol: chat, superchat
                Origin: http://example.com
                X-Name: \u00e4

                """,
                request(
                        "ws://server.example.com:8080/chat?room=1",
                        List.of("chat", "superchat"),
                        new Headers.Field("Origin", "http://example.com"),
                        new Headers.Field("X-Name", "\u00e4")));
    }

    @Test
    void aRequestThatOffersNothingHasNoProtocolHeader() {
        assertText("""
            GET / HTTP/1.1
            Host: [::1]
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            Sec-WebSocket-Version: 13

            """, request("wss://[::1]", List.of()));
    }

    @Test
    void anOfferOfCompressionStandsBeforeWhatTheUserAdds() {
        assertText(
                """
                GET / HTTP/1.1
                Host: h
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Protocol: chat
                Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits
                X: y

                """,
                new OpeningRequest(
                        WebSocketUri.of(URI.create("ws://h")),
                        KEY,
                        List.of("chat"),
                        new DeflateOffer(PerMessageDeflate.DEFAULT),
                        Headers.of(List.of(new Headers.Field("X", "y")))));
    }

    @Test
    void aRequestCannotBeMadeOfWhatBreaksTheRules() {
        assertThrows(IllegalArgumentException.class, () -> request("ws://h", List.of("a", "a")));
        assertThrows(IllegalArgumentException.class, () -> request("ws://h", List.of("a\r\nX: y")));
        assertThrows(
                IllegalArgumentException.class,
                () -> request("ws://h", List.of(), new Headers.Field("X", "y\r\nZ: z")));
    }

    private static OpeningRequest request(String uri, List<String> protocols, Headers.Field... extra) {
        return new OpeningRequest(WebSocketUri.of(URI.create(uri)), KEY, protocols, null, Headers.of(List.of(extra)));
    }

    private static void assertText(String expected, OpeningRequest request) {
        byte[] bytes = expected.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        assertArrayEquals(bytes, request.encode());
    }
}
