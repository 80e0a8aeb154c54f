package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class UriConverterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ws://host",
                "WSS://host:8443/a%20b?c=d",
                "ws://127.0.0.1:8080/",
                "ws://[::1]:8080/",
                "ws://host:99999/" // said when connecting, with the range of ports
            })
    void aUriThatCanBeConnectedToIsTakenAsItIs(String text) {
        assertEquals(text, new UriConverter().convert(text).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "example.org | ws:// or wss:// in front: write wss://example.org, or ws://example.org without TLS",
                "localhost:8080/x | ws:// or wss:// in front: write wss://localhost:8080/x, or ws://localhost:8080/x"
                        + " without TLS",
                "//host/x | ws:// or wss:// in front: write wss://host/x, or ws://host/x without TLS",
                "[::1]:80 | ws:// or wss:// in front: write wss://[::1]:80, or ws://[::1]:80 without TLS",
                "http://host/a b | ws:// instead of http://: write ws://host/a b",
                "HTTPS://host:8443/ | wss:// instead of https://: write wss://host:8443/",
                "ftp://host/ | ws:// or wss:// but was ftp://",
                "ws://host/a b | other characters percent-encoded: write ws://host/a%20b",
                "ws://host/100%?q={x} | other characters percent-encoded: write ws://host/100%25?q=%7Bx%7D",
                "ws://ho st/ | ws://HOST[:PORT]/PATH or wss://... but was 'ws://ho st/'",
                "ws:host | ws://HOST[:PORT]/PATH or wss://... but was 'ws:host'",
                "/path | ws://HOST[:PORT]/PATH or wss://... but was '/path'",
                "\"\" | ws://HOST[:PORT]/PATH or wss://... but was ''",
                "ws://user:secret@host/ | a URI without user@: give what proves who you are with --header",
                "ws://host/#part | a URI without #part: write %23 for a # that belongs to the path",
                "ws:///path | a host after ws://",
                "ws://my_host/ | a host of letters, digits, - and ., and a port of digits, but was 'my_host'",
                "ws://host:8x/ | a host of letters, digits, - and ., and a port of digits, but was 'host:8x'"
            })
    void ofWhatIsNoneItIsSaidWhatToWrite(String text, String expected) {
        TypeConversionException refused =
                assertThrows(TypeConversionException.class, () -> new UriConverter().convert(text));
        assertEquals("expected " + expected, refused.getMessage());
    }
}
