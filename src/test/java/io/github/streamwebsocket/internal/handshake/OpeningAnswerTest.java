package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.HandshakeResponse;
import io.github.streamwebsocket.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpeningAnswerTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    @Test
    void anAcceptanceIsThatOfTheRfc() {
        assertText(
                """
                HTTP/1.1 101 Switching Protocols
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
                Sec-WebSocket-Protocol: chat
                Set-Cookie: a=b

                """,
                OpeningAnswer.accepting(
                        KEY, "chat", null, Headers.of(List.of(new Headers.Field("Set-Cookie", "a=b")))));
    }

    @Test
    void anAcceptanceWithoutSubprotocolDoesNotNameOne() {
        assertText("""
            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

            """, OpeningAnswer.accepting(KEY, "", null, Headers.EMPTY));
    }

    @Test
    void anAcceptedOfferOfCompressionIsSaid() {
        DeflateAnswer deflate = DeflateAnswer.to(
                List.of(new Extension("permessage-deflate", List.of())),
                WrittenSettings.of("server_max_window_bits=9"));
        assertText("""
            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
            Sec-WebSocket-Protocol: chat
            Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=9

            """, OpeningAnswer.accepting(KEY, "chat", deflate, Headers.EMPTY));
    }

    @Test
    void aRefusalHasItsLengthInBytesAndEndsTheConnection() {
        assertText(
                """
                HTTP/1.1 403 Forbidden
                Connection: close
                Content-Type: text/plain; charset=utf-8
                Content-Length: 3
                X: y

                \u20ac\
                """,
                OpeningAnswer.refusing(HandshakeResponse.refuse(403, "\u20ac").withHeader("X", "y")));
    }

    @Test
    void aRefusalThatNamesAnUpgradeSaysSoInConnection() {
        assertText("""
            HTTP/1.1 426 Upgrade Required
            Connection: close, Upgrade
            Content-Type: text/plain; charset=utf-8
            Content-Length: 0
            Upgrade: websocket

            """, OpeningAnswer.refusing(HandshakeResponse.refuse(426, "").withHeader("Upgrade", "websocket")));
    }

    @Test
    void aHandlersContentTypeReplacesOurs() {
        assertText(
                """
                HTTP/1.1 599\s
                Connection: close
                Content-Length: 2
                content-type: application/json

                {}\
                """,
                OpeningAnswer.refusing(
                        HandshakeResponse.refuse(599, "{}").withHeader("content-type", "application/json")));
    }

    private static void assertText(String expected, byte[] actual) {
        assertEquals(expected.replace("\n", "\r\n"), new String(actual, StandardCharsets.UTF_8));
    }
}
