package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseBodyTest {
    private static final int LIMIT = 20;
    private static final String LONG = "0123456789abcdefghijklmnopqrstuvwxyz";

    static List<Arguments> bodies() {
        return List.of(
                Arguments.of("Content-Length", "5", "hellojunk", "hello", true),
                Arguments.of("Content-Length", "5", "hel", "hel", false),
                Arguments.of("Content-Length", "0", "junk", "", true),
                Arguments.of("Content-Length", "99999", LONG, LONG.substring(0, LIMIT), true),
                Arguments.of("Content-Length", "20", LONG, LONG.substring(0, LIMIT), true),
                Arguments.of("Content-Length", "-1", "hello", "hello", false),
                Arguments.of("Content-Length", "99999999999999999999", "hello", "hello", false),
                Arguments.of("Content-Length", "5, 5", "hello", "hello", false),
                Arguments.of("X", "", "hello", "hello", false),
                Arguments.of("X", "", LONG, LONG.substring(0, LIMIT), true),
                Arguments.of("Transfer-Encoding", "gzip", "hello", "hello", false),
                Arguments.of("Transfer-Encoding", "chunked", "5\r\nhello\r\n0\r\n\r\n", "hello", true),
                Arguments.of(
                        "Transfer-Encoding",
                        "CHUNKED",
                        "2\r\nhe\r\n03;a=b\r\nllo\r\n00\r\nTrailer: x\r\n",
                        "hello",
                        true),
                Arguments.of("Transfer-Encoding", "gzip, chunked", "A \r\n0123456789\r\n", "0123456789", false),
                Arguments.of("Transfer-Encoding", "chunked", "100\r\n" + LONG, LONG.substring(0, LIMIT), true),
                Arguments.of("Transfer-Encoding", "chunked", "5\r\nhel", "hel", false),
                Arguments.of("Transfer-Encoding", "chunked", "5\r\nhelloX", "hello", true),
                Arguments.of("Transfer-Encoding", "chunked", "x\r\nhello", "", true),
                Arguments.of("Transfer-Encoding", "chunked", "\r\nhello", "", true),
                Arguments.of("Transfer-Encoding", "chunked", "-5\r\nhello", "", true),
                Arguments.of("Transfer-Encoding", "chunked", "fffffffffffffff\r\nhello", "hello", false),
                Arguments.of("Transfer-Encoding", "chunked", "ffffffffffffffff\r\nhello", "", true));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyIsTheSameHoweverItIsSplit(String name, String value, String text, String expected, boolean complete) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        for (int split = 0; split <= bytes.length; split++) {
            ResponseBody body = new ResponseBody(403, Headers.of(List.of(new Headers.Field(name, value))), LIMIT);
            body.feed(bytes, 0, split);
            body.feed(bytes, split, bytes.length - split);
            assertEquals(expected, new String(body.bytes(), StandardCharsets.ISO_8859_1), "split at " + split);
            assertEquals(complete, body.complete());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 204, 304})
    void someStatusesHaveNoBody(int code) {
        ResponseBody body =
                new ResponseBody(code, Headers.of(List.of(new Headers.Field("Content-Length", "5"))), LIMIT);
        body.feed(new byte[] {1, 2, 3, 4, 5}, 0, 5);
        assertEquals(0, body.bytes().length);
        assertEquals(true, body.complete());
    }
}
