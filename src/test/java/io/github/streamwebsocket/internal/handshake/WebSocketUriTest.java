package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketUriTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ws://example.org                 | false | example.org  | 80    | /          | example.org",
                "ws://example.org?a=b             | false | example.org  | 80    | /?a=b      | example.org",
                "ws://example.org/?               | false | example.org  | 80    | /?         | example.org",
                "WS://Example.ORG:80/Chat         | false | Example.ORG  | 80    | /Chat      | Example.ORG",
                "wss://example.org/a/b?c=d/e?f    | true  | example.org  | 443   | /a/b?c=d/e?f | example.org",
                "WsS://example.org:443/           | true  | example.org  | 443   | /          | example.org",
                "ws://example.org:443/            | false | example.org  | 443   | /          | example.org:443",
                "wss://example.org:80/            | true  | example.org  | 80    | /          | example.org:80",
                "ws://example.org:/x              | false | example.org  | 80    | /x         | example.org",
                "ws://example.org:1/              | false | example.org  | 1     | /          | example.org:1",
                "ws://example.org:65535/          | false | example.org  | 65535 | /          | example.org:65535",
                "ws://127.0.0.1:8080/             | false | 127.0.0.1    | 8080  | /          | 127.0.0.1:8080",
                "ws://[::1]/                      | false | ::1          | 80    | /          | [::1]",
                "wss://[2001:db8::7]:8443/x       | true  | 2001:db8::7  | 8443  | /x         | [2001:db8::7]:8443",
                "ws://[fe80::1%25eth0]:81/        | false | fe80::1%25eth0 | 81  | /          | [fe80::1]:81",
                "ws://h/a%2Fb%20c?q=%C3%A4        | false | h            | 80    | /a%2Fb%20c?q=%C3%A4 | h",
                "ws://h/gr\u00fc\u00dfe?n=\u00e4  | false | h            | 80    | /gr%C3%BC%C3%9Fe?n=%C3%A4 | h",
                "ws://h//double//slash            | false | h            | 80    | //double//slash | h",
            })
    void aUriIsTakenApart(String uri, boolean secure, String host, int port, String resource, String hostHeader) {
        WebSocketUri parts = WebSocketUri.of(URI.create(uri));
        assertEquals(new WebSocketUri(secure, host, port, resource), parts);
        assertEquals(hostHeader, parts.hostHeader());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "http://example.org/      | expected a URI with the scheme ws or wss but was \"http:\"",
                "//example.org/           | expected a URI with the scheme ws or wss but was a relative URI",
                "chat                     | expected a URI with the scheme ws or wss but was a relative URI",
                "ws:opaque                | expected a URI with a host but was one without",
                "ws:///path               | expected a URI with a host but was one without",
                "ws:/path                 | expected a URI with a host but was one without",
                "ws://:80/                | expected a host of letters",
                "ws://under_score/        | but was \"under_score\"",
                "ws://m\u00fcnchen.de/    | java.net.IDN.toASCII",
                "ws://h:99999999999/      | a port from 1 to 65535 but was \"h:99999999999\"",
                "ws://h:0/                | expected a port from 1 to 65535 but was 0",
                "ws://h:65536/            | expected a port from 1 to 65535 but was 65536",
                "ws://h/#                 | expected a URI without fragment but was one with \"#\"",
                "ws://h/a#b               | expected a URI without fragment but was one with \"#b\"",
                "ws://user@h/             | expected a URI without user info",
                "ws://@h/                 | expected a URI without user info",
            })
    void aUriThatCannotBeConnectedToIsRefused(String uri, String message) {
        Exception e = assertThrows(IllegalArgumentException.class, () -> WebSocketUri.of(URI.create(uri)));
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @Test
    void aPasswordIsNeitherTakenNorShown() {
        URI uri = URI.create("wss://user:secret@h/?token=secret");
        Exception e = assertThrows(IllegalArgumentException.class, () -> WebSocketUri.of(uri));
        assertFalse(e.getMessage().contains("secret"), e.getMessage());
    }

    @Test
    void theTextOfAUriShowsNoQuery() {
        assertEquals(
                "wss://h:81",
                WebSocketUri.of(URI.create("wss://h:81/x?token=secret")).toString());
    }
}
