package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningResponseRulesTest {
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String ACCEPT = "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static final String UPGRADE = "Upgrade: websocket";
    private static final String CONNECTION = "Connection: Upgrade";
    private static final StatusLine SWITCHING = new StatusLine(1, 101, "Switching Protocols");

    @ParameterizedTest
    @ValueSource(
            strings = {
                UPGRADE + ";" + CONNECTION + ";" + ACCEPT,
                "uPGRADE: WebSocket;connection: keep-alive, UPGRADE;sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
                UPGRADE + ";Connection: keep-alive;Connection: upgrade;" + ACCEPT,
                UPGRADE + ";" + CONNECTION + ";" + ACCEPT + ";Sec-WebSocket-Extensions: ",
                UPGRADE + ";" + CONNECTION + ";" + ACCEPT + ";Content-Length: 12;Set-Cookie: a=b",
            })
    void aResponseThatKeepsTheRulesIsAccepted(String fields) throws Exception {
        assertEquals("", check(List.of("chat"), fields.split(";")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                CONNECTION + ";" + ACCEPT + "| expected Upgrade \"websocket\" but it is missing",
                "Upgrade: h2c;" + CONNECTION + ";" + ACCEPT + "| expected Upgrade \"websocket\" but was \"h2c\"",
                "Upgrade: websocket, h2c;" + CONNECTION + ";" + ACCEPT + "| but was \"websocket, h2c\"",
                "Upgrade: ;" + CONNECTION + ";" + ACCEPT + "| expected Upgrade \"websocket\" but was \"\"",
                UPGRADE + ";" + ACCEPT + "| expected Connection a list with \"Upgrade\" but it is missing",
                UPGRADE + ";Connection: close;" + ACCEPT + "| but was \"close\"",
                UPGRADE + ";Connection: no-upgrade;" + ACCEPT + "| but was \"no-upgrade\"",
                UPGRADE + ";" + CONNECTION + "| expected Sec-WebSocket-Accept \"s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\""
                        + " but it is missing",
                UPGRADE + ";" + CONNECTION + ";Sec-WebSocket-Accept: abc| xOo=\" but was \"abc\"",
                UPGRADE + ";" + CONNECTION + ";Sec-WebSocket-Accept: S3pPLMBiTxaQ9kYGzzhZRbK+xOo=| but was \"S3pP",
                UPGRADE + ";" + CONNECTION + ";" + ACCEPT + ";" + ACCEPT + "| but was 2 of them",
                UPGRADE + ";" + CONNECTION + ";" + ACCEPT + ";Sec-WebSocket-Extensions: permessage-deflate"
                        + "| expected no Sec-WebSocket-Extensions, as none was offered, but was \"permessage-deflate\"",
                UPGRADE + ";" + CONNECTION + ";" + ACCEPT + ";Sec-WebSocket-Protocol: other| expected"
                        + " Sec-WebSocket-Protocol one of [chat, superchat] but was \"other\"",
                UPGRADE + ";" + CONNECTION + ";" + ACCEPT + ";Sec-WebSocket-Protocol: Chat| but was \"Chat\"",
                UPGRADE + ";" + CONNECTION + ";" + ACCEPT + ";Sec-WebSocket-Protocol: | but was \"\"",
                UPGRADE + ";" + CONNECTION + ";" + ACCEPT + ";Sec-WebSocket-Protocol: chat, superchat| but was \"chat,",
                UPGRADE + ";" + CONNECTION + ";" + ACCEPT
                        + ";Sec-WebSocket-Protocol: chat;Sec-WebSocket-Protocol: superchat| but was 2 of them",
            })
    void aResponseThatBreaksARuleIsAnErrorThatSaysWhich(String fields, String message) {
        WebSocketHandshakeException e = assertThrows(
                WebSocketHandshakeException.class, () -> check(List.of("chat", "superchat"), fields.split(";")));
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertEquals(WebErrorStatus.ERROR_HTTP_INVALID_SERVER_RESPONSE, e.status());
        assertEquals(101, e.statusCode());
        assertEquals(headers(fields.split(";")), e.headers());
    }

    @Test
    void theSubprotocolIsTheOneTheServerChose() throws Exception {
        String[] fields = {UPGRADE, CONNECTION, ACCEPT, "Sec-WebSocket-Protocol: superchat"};
        assertEquals("superchat", check(List.of("chat", "superchat"), fields));
        WebSocketHandshakeException e = assertThrows(WebSocketHandshakeException.class, () -> check(List.of(), fields));
        assertTrue(e.getMessage().contains("as none was offered, but was \"superchat\""), e.getMessage());
    }

    @Test
    void http10CannotSwitchProtocols() {
        OpeningResponseRules rules =
                new OpeningResponseRules(new StatusLine(0, 101, "x"), headers(UPGRADE, CONNECTION, ACCEPT));
        WebSocketHandshakeException e =
                assertThrows(WebSocketHandshakeException.class, () -> rules.check(KEY, List.of()));
        assertTrue(e.getMessage().contains("but was \"HTTP/1.0 101 x\""), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "permessage-deflate;# expected the name of a parameter at index 19 of Sec-WebSocket-Extensions but it ends",
                "permessage-deflate; server_max_window_bits=8|foo# no other extension was offered",
                "permessage-deflate; client_max_window_bits# expected client_max_window_bits of permessage-deflate to be a",
            })
    void anAnswerToAnOfferThatIsNotValidIsAnErrorThatSaysWhy(String value, String message) {
        Headers headers = Headers.of(Arrays.stream(value.split("\\|", -1))
                .map(line -> new Headers.Field("Sec-WebSocket-Extensions", line))
                .toList());
        OpeningResponseRules rules = new OpeningResponseRules(SWITCHING, headers);
        WebSocketHandshakeException e = assertThrows(
                WebSocketHandshakeException.class,
                () -> rules.checkExtensions(new DeflateOffer(PerMessageDeflate.DEFAULT)));
        assertTrue(e.getMessage().startsWith("opening handshake: expected "), e.getMessage());
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertEquals(WebErrorStatus.ERROR_HTTP_INVALID_SERVER_RESPONSE, e.status());
        assertEquals(101, e.statusCode());
        assertEquals(headers, e.headers());
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHORIZED",
        "302, FOUND",
        "418, UNEXPECTED_CLIENT_ERROR",
        "599, UNEXPECTED_SERVER_ERROR",
        "200, UNEXPECTED_STATUS_CODE"
    })
    void aRefusalCarriesWhatTheServerSaid(int code, WebErrorStatus expected) {
        byte[] body = {1, 2, 3};
        WebSocketHandshakeException e =
                new OpeningResponseRules(new StatusLine(1, code, "because\u001b"), headers("X: y")).refused(body);
        assertEquals(expected, e.status());
        assertEquals(code, e.statusCode());
        assertEquals(headers("X: y"), e.headers());
        assertArrayEquals(body, e.body());
        assertEquals(
                "opening handshake: expected \"HTTP/1.1 101\" but was \"HTTP/1.1 " + code + " because\\x1b\"",
                e.getMessage());
    }

    private static String check(List<String> offered, String... fields) throws WebSocketHandshakeException {
        OpeningResponseRules rules = new OpeningResponseRules(SWITCHING, headers(fields));
        String protocol = rules.check(KEY, offered);
        assertNull(rules.checkExtensions(null));
        return protocol;
    }

    private static Headers headers(String... fields) {
        List<Headers.Field> parsed = new ArrayList<>();
        for (String field : fields) {
            int colon = field.indexOf(':');
            parsed.add(new Headers.Field(
                    field.substring(0, colon), field.substring(colon + 1).trim()));
        }
        return Headers.of(parsed);
    }
}
