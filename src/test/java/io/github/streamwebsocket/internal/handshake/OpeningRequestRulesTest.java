package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningRequestRulesTest {
    private static final String VALID = "GET /chat?a=b HTTP/1.1|Host: h:80|Upgrade: websocket|Connection: Upgrade"
            + "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==|Sec-WebSocket-Version: 13";

    @Test
    void aValidRequestIsTakenApart() throws Exception {
        assertEquals(
                new UpgradeRequest("/chat", "a=b", "dGhlIHNhbXBsZSBub25jZQ==", List.of("chat", "superchat", "v2.chat")),
                rules(VALID + "|Sec-WebSocket-Protocol: chat, superchat|Sec-WebSocket-Protocol: v2.chat")
                        .check());
    }

    /** Written as what is replaced in a valid request by what, separated by "=>". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1=>HTTP/1.9",
                "Upgrade: websocket=>upgrade: h2c, WEBSOCKET",
                "Connection: Upgrade=>Connection: keep-alive, upgrade",
                "Connection: Upgrade=>Connection: keep-alive|Connection: UPGRADE",
                "|Host: h:80=>|host: [::1]:8080",
                "|Host: h:80=>|Content-Length: 0|Host: h:80",
                "|Host: h:80=>|Sec-WebSocket-Extensions: permessage-deflate|Host: h:80",
                "|Host: h:80=>|Sec-WebSocket-Protocol: |Host: h:80",
            })
    void aRequestMayDifferInWhatTheRfcLeavesOpen(String change) {
        assertDoesNotThrow(() -> rules(changed(change)).check());
    }

    @ParameterizedTest
    @CsvSource({
        "/, /, ''",
        "/a, /a, ''",
        "/a?, /a, ''",
        "/a?b?c, /a, b?c",
        "/a%20b?%C3%A4, /a%20b, %C3%A4",
        "//evil/x, //evil/x, ''",
        "/../etc, /../etc, ''",
        "http://h:80, /, ''",
        "https://H:80/x?y, /x, y",
        "ws://h:80?y, /, y",
    })
    void aTargetIsSplitIntoPathAndQueryAndNotDecoded(String target, String path, String query) throws Exception {
        UpgradeRequest request = rules(changed("/chat?a=b=>" + target)).check();
        assertEquals(path, request.path());
        assertEquals(query, request.query());
    }

    /** Columns: what is replaced, by what, the status of the answer, and what the message has. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "GET;POST;405;expected the method GET but was \"POST\"",
                "GET;get;405;expected the method GET but was \"get\"",
                "GET;CONNECT;405;expected the method GET",
                "HTTP/1.1;HTTP/1.0;505;expected HTTP/1.1 but was HTTP/1.0",
                "HTTP/1.1;HTTP/2.0;505;expected HTTP/1.1 but was HTTP/2.0",
                "HTTP/1.1;HTTP/0.9;505;expected HTTP/1.1",
                "/chat?a=b;*;400;expected a request target",
                "/chat?a=b;chat;400;expected a request target",
                "/chat?a=b;/chat#x;400;expected a request target",
                "/chat?a=b;http://other/;400;expected a request target that begins with \"/\" or names the Host",
                "/chat?a=b;http://h/;400;expected a request target",
                "/chat?a=b;http://u@h:80/;400;expected a request target",
                "/chat?a=b;ftp://h:80/;400;expected a request target",
                "|Host: h:80;;400;expected the header Host once but it is there 0 times",
                "|Host: h:80;|Host: h:80|Host: h:80;400;expected the header Host once but it is there 2 times",
                "|Host: h:80;|Host: a|host: b;400;expected the header Host once",
                "|Host: h:80;|Host: ;400;expected Host to be a host and port but was \"\"",
                "|Host: h:80;|Host: a, b;400;expected Host to be a host and port",
                "|Host: h:80;|Host: a/b;400;expected Host to be a host and port",
                "|Host: h:80;|Host: u@a;400;expected Host to be a host and port",
                "|Host: h:80;|Host: h|Content-Length: 1;400;but was Content-Length \"1\"",
                "|Host: h:80;|Host: h|Content-Length: 0|Content-Length: 5;400;but was Content-Length \"5\"",
                "|Host: h:80;|Host: h|Content-Length: +0;400;but was Content-Length \"+0\"",
                "|Host: h:80;|Host: h|Transfer-Encoding: chunked;400;there is a Transfer-Encoding",
                "|Host: h:80;|Host: h|Transfer-Encoding: identity;400;there is a Transfer-Encoding",
                "|Upgrade: websocket;;426;expected Upgrade to have \"websocket\"",
                "|Upgrade: websocket;|Upgrade: websockets;426;but they were \"websockets\" and \"Upgrade\"",
                "|Connection: Upgrade;;426;but they were \"websocket\" and \"\"",
                "|Connection: Upgrade;|Connection: close;426;but they were \"websocket\" and \"close\"",
                "Version: 13;Version: 8;426;expected Sec-WebSocket-Version \"13\" but was \"8\"",
                "Version: 13;Version: 13, 8;426;but was \"13, 8\"",
                "Version: 13;Version: 13|Sec-WebSocket-Version: 13;426;but was \"13 | 13\"",
                "|Sec-WebSocket-Version: 13;;426;expected Sec-WebSocket-Version \"13\" but was \"\"",
                "|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==;;400;expected the header Sec-WebSocket-Key once",
                "dGhlIHNhbXBsZSBub25jZQ==;abc;400;to be base64 of 16 bytes but was \"abc\"",
                "|Host: h:80;|Host: h|Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==;400;it is there 2 times",
                "|Host: h:80;|Host: h|Sec-WebSocket-Protocol: a b;400;a list of different tokens but was \"a b\"",
                "|Host: h:80;|Host: h|Sec-WebSocket-Protocol: a, b, a;400;a list of different tokens",
            })
    void aRequestThatBreaksARuleIsRefusedWithTheStatusThatFits(
            String old, String replacement, int status, String message) {
        String request = VALID.replace(old, replacement == null ? "" : replacement);
        assertTrue(!request.equals(VALID), "nothing changed");
        RefusedRequestException e =
                assertThrows(RefusedRequestException.class, () -> rules(request).check());
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertEquals(status, e.answer().status());
        Headers answered = e.answer().headers();
        assertEquals(status == 405 ? List.of("GET") : List.of(), answered.all("Allow"));
        assertEquals(status == 426 ? List.of("websocket") : List.of(), answered.all("Upgrade"));
        assertEquals(status == 426 ? List.of("13") : List.of(), answered.all("Sec-WebSocket-Version"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'';'';true",
                "'';http://good;true",
                "|Origin: http://good;http://good;true",
                "|Origin: HTTP://Good;http://good;true",
                "|Origin: http://good:80;http://good;false",
                "|Origin: https://good;http://good;false",
                "|Origin: http://good.evil;http://good;false",
                "|Origin: http://evil;http://good;false",
                "|Origin: http://evil;'';false",
                "|Origin: http://evil;*;true",
                "|Origin: null;http://good;false",
                "|Origin: null;null;true",
                "|Origin: ;http://good;false",
                "|Origin: http://good|Origin: http://good;http://good;false",
                "|Origin: http://good|Origin: http://evil;http://good;false",
            })
    void anOriginIsRefusedUnlessAllowed(String origin, String allowed, boolean accepted) throws Exception {
        OpeningRequestRules rules = rules(VALID + origin);
        Set<String> set = allowed.isEmpty() ? Set.of() : Set.of(allowed);
        if (accepted) {
            assertDoesNotThrow(() -> rules.checkOrigin(set));
        } else {
            RefusedRequestException e = assertThrows(RefusedRequestException.class, () -> rules.checkOrigin(set));
            assertEquals(403, e.answer().status());
        }
    }

    private static String changed(String change) {
        String[] sides = change.split("=>", 2);
        assertTrue(VALID.contains(sides[0]), change);
        return VALID.replace(sides[0], sides[1]);
    }

    private static OpeningRequestRules rules(String request) throws MalformedHeadException {
        byte[] bytes = (request.replace("|", "\r\n") + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        HeadParser head = new HeadParser(HeadParser.Kind.REQUEST, 16_384);
        assertEquals(bytes.length, head.feed(bytes, 0, bytes.length));
        return new OpeningRequestRules(RequestLine.parse(head.startLine()), head.headers());
    }
}
