package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestHeaderRulesTest {

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "Origin", "Cookie", "X-A_b.c", "User-Agent", "sec-websocket", "Hosts"})
    void ordinaryHeadersMayBeSet(String name) {
        assertDoesNotThrow(() -> RequestHeaderRules.check(name, "a \t b~ \u00e4\u0080"));
        assertDoesNotThrow(() -> RequestHeaderRules.check(name, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "HOST",
                "Upgrade",
                "connection",
                "Content-Length",
                "Transfer-Encoding",
                "Sec-WebSocket-Key",
                "Sec-WebSocket-Version",
                "sec-websocket-extensions",
                "Sec-WebSocket-Protocol",
                "Sec-WebSocket-Accept",
            })
    void headersTheHandshakeOwnsAreRefused(String name) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> RequestHeaderRules.check(name, "x"));
        assertTrue(e.getMessage().contains("but was \"" + name + "\""), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:", "a\r\nb", "a\u0000", "\u00e4", "a,b", "(a)"})
    void namesThatAreNoTokensAreRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> RequestHeaderRules.check(name, "x"));
    }

    @ParameterizedTest
    @ValueSource(chars = {'\r', '\n', '\0', '\u0001', '\u001b', '\u007f', '\u0100', '\u2028', '\uff0d'})
    void valuesWithOtherCharactersAreRefusedAndNotShown(char c) {
        Exception e = assertThrows(
                IllegalArgumentException.class, () -> RequestHeaderRules.check("X", "secret" + c + "more"));
        assertTrue(e.getMessage().contains(String.format("U+%04X at index 6", (int) c)), e.getMessage());
        assertFalse(e.getMessage().contains("secret"), e.getMessage());
    }

    @Test
    void subprotocolsAreDifferentTokens() {
        assertDoesNotThrow(() -> RequestHeaderRules.checkProtocols(List.of("chat", "Chat", "v1.chat")));
        for (List<String> bad :
                List.of(List.of("a b"), List.of(""), List.of("a,b"), List.of("a", "b", "a"), List.of("a\r\n"))) {
            assertThrows(IllegalArgumentException.class, () -> RequestHeaderRules.checkProtocols(bad), bad.toString());
        }
    }
}
