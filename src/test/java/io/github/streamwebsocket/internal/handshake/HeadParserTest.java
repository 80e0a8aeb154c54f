package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.internal.handshake.HeadParser.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadParserTest {
    private static final int LIMIT = 16_384;
    private static final String RESPONSE = """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection:\tkeep-alive , Upgrade \t\r
        X-Empty:\r
        X-Latin: \u00e4 b\tc: d\r
        \r
        """;
    private static final Headers RESPONSE_HEADERS = Headers.of(List.of(
            new Headers.Field("Upgrade", "websocket"),
            new Headers.Field("Connection", "keep-alive , Upgrade"),
            new Headers.Field("X-Empty", ""),
            new Headers.Field("X-Latin", "\u00e4 b\tc: d")));

    @Test
    void aHeadIsTheSameHoweverItIsSplit() throws Exception {
        byte[] head = latin1(RESPONSE);
        byte[] bytes = latin1(RESPONSE + "\u0081\u0000frame");
        for (int split = 0; split <= bytes.length; split++) {
            HeadParser parser = new HeadParser(Kind.RESPONSE, LIMIT);
            int taken = parser.feed(bytes, 0, split);
            taken += parser.feed(bytes, taken, bytes.length - taken);
            assertEquals(head.length, taken, "split at " + split);
            assertTrue(parser.complete());
            assertEquals("HTTP/1.1 101 Switching Protocols", parser.startLine());
            assertEquals(RESPONSE_HEADERS, parser.headers());
        }
    }

    @Test
    void aHeadMayComeByteByByte() throws Exception {
        HeadParser parser = new HeadParser(Kind.RESPONSE, LIMIT);
        byte[] head = latin1(RESPONSE);
        for (int i = 0; i < head.length; i++) {
            assertFalse(parser.complete());
            assertEquals(1, parser.feed(head, i, 1));
        }
        assertTrue(parser.complete());
        assertEquals(RESPONSE_HEADERS, parser.headers());
        assertEquals(0, parser.feed(head, 0, head.length));
    }

    @Test
    void aRequestLineKeepsItsTarget() throws Exception {
        HeadParser parser = parse(Kind.REQUEST, "GET /chat?a=b HTTP/1.1\r\nHost: h\r\n\r\n");
        assertEquals("GET /chat?a=b HTTP/1.1", parser.startLine());
        assertEquals(List.of("h"), parser.headers().all("host"));
    }

    static List<Arguments> hostileRequests() {
        return List.of(
                Arguments.of("GET / HTTP/1.1\nHost: h\n\n", "expected CR LF at the end of a line"),
                Arguments.of("GET / HTTP/1.1\r\nHost: h\n\r\n", "expected CR LF at the end of a line"),
                Arguments.of("GET / HTTP/1.1\r\nHost: h\r\n\n", "expected CR LF at the end of a line"),
                Arguments.of("GET / HTTP/1.1\r\r\nHost: h\r\n\r\n", "expected no control characters"),
                Arguments.of("GET / HTTP/1.1\r\nHost: h\rX: y\r\n\r\n", "expected no control characters"),
                Arguments.of("GET / HTTP/1.1\r\nHost: h\u0000\r\n\r\n", "but was \"Host: h\\x00\""),
                Arguments.of("GET / HTTP/1.1\r\nHost: h\u007f\r\n\r\n", "expected no control characters"),
                Arguments.of("GET / HTTP/1.1\r\nHost: h\r\n X: folded\r\n\r\n", "expected no folded header field"),
                Arguments.of("GET / HTTP/1.1\r\nHost: h\r\n\tfolded\r\n\r\n", "expected no folded header field"),
                Arguments.of("GET / HTTP/1.1\r\nHost : h\r\n\r\n", "expected no white space before the colon"),
                Arguments.of("GET / HTTP/1.1\r\nHost\t: h\r\n\r\n", "expected no white space before the colon"),
                Arguments.of("GET / HTTP/1.1\r\n: h\r\n\r\n", "expected a header field"),
                Arguments.of("GET / HTTP/1.1\r\nHost h\r\n\r\n", "expected a header field"),
                Arguments.of("GET / HTTP/1.1\r\nHo st: h\r\n\r\n", "expected a header field"),
                Arguments.of("GET / HTTP/1.1\r\nH\u00f6st: h\r\n\r\n", "expected a header field"),
                Arguments.of("GET  / HTTP/1.1\r\n", "expected \"GET path HTTP/1.1\""),
                Arguments.of("GET / HTTP/1.1 \r\n", "expected \"GET path HTTP/1.1\""),
                Arguments.of("GET /a b HTTP/1.1\r\n", "expected \"GET path HTTP/1.1\""),
                Arguments.of("GET /\u00e4 HTTP/1.1\r\n", "expected \"GET path HTTP/1.1\""),
                Arguments.of("GET\t/ HTTP/1.1\r\n", "expected \"GET path HTTP/1.1\""),
                Arguments.of("GET / http/1.1\r\n", "expected \"GET path HTTP/1.1\""),
                Arguments.of("GET / HTTP/1.10\r\n", "expected \"GET path HTTP/1.1\""),
                Arguments.of("GET /\r\n", "expected \"GET path HTTP/1.1\""),
                Arguments.of("G@T / HTTP/1.1\r\n", "expected \"GET path HTTP/1.1\""),
                Arguments.of("\r\nGET / HTTP/1.1\r\n", "expected an HTTP request but was \"\\r\\n\""),
                Arguments.of("\nGET / HTTP/1.1\r\n", "expected CR LF"),
                Arguments.of(" GET / HTTP/1.1\r\n", "expected an HTTP request but was \" GET / HTTP/1.1\""),
                Arguments.of("{\"hello\": 1}\r\n", "expected an HTTP request but was \"{"),
                Arguments.of("\u0016\u0003\u0001\u0002\u0000", "this looks like TLS, use ws:"));
    }

    @ParameterizedTest
    @MethodSource("hostileRequests")
    void aMalformedRequestIsRefusedAtTheByteThatMakesItSo(String request, String message) {
        MalformedHeadException whole =
                assertThrows(MalformedHeadException.class, () -> parse(Kind.REQUEST, request), request);
        assertTrue(whole.getMessage().contains(message), whole.getMessage());
        assertEquals(400, whole.answer());
        HeadParser bytewise = new HeadParser(Kind.REQUEST, LIMIT);
        assertThrows(MalformedHeadException.class, () -> feedBytewise(bytewise, latin1(request)));
    }

    static List<Arguments> hostileResponses() {
        return List.of(
                Arguments.of("SSH-2.0-OpenSSH_9.6\r\n", "expected an HTTP response but was \"SSH-2.0-OpenSSH_9.6\""),
                Arguments.of("HTTP/2 101\r\n", "expected an HTTP response but was \"HTTP/2 101\""),
                Arguments.of("http/1.1 101\r\n", "expected an HTTP response but was \"http/1.1 101\""),
                Arguments.of("HTT\r\n", "expected \"HTTP/1.1 101\" but was \"HTT\""),
                Arguments.of("HTTP/1.1 1\r\n", "expected \"HTTP/1.1 101\" but was \"HTTP/1.1 1\""),
                Arguments.of("HTTP/1.1 1010\r\n", "expected \"HTTP/1.1 101\""),
                Arguments.of("HTTP/1.1 011 x\r\n", "expected \"HTTP/1.1 101\""),
                Arguments.of("HTTP/1.1  101 x\r\n", "expected \"HTTP/1.1 101\""),
                Arguments.of("HTTP/1.11 101 x\r\n", "expected \"HTTP/1.1 101\""),
                Arguments.of("\u0000\u0000\u0012\u0004", "expected an HTTP response but was \"\\x00\\x00"),
                Arguments.of("\u0015\u0003\u0003\u0000\u0002\u00022", "this looks like TLS, use wss:"),
                Arguments.of("\u0016\u0003\u0003\u0000\u0002\u00022", "this looks like TLS, use wss:"));
    }

    @ParameterizedTest
    @MethodSource("hostileResponses")
    void whatIsNoResponseIsRefusedWithoutWaitingForMore(String response, String message) {
        MalformedHeadException e =
                assertThrows(MalformedHeadException.class, () -> parse(Kind.RESPONSE, response), response);
        assertTrue(e.getMessage().contains(message), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 101", "HTTP/1.1 101 ", "HTTP/1.0 404 Not \u00fc found", "HTTP/1.1 999 x"})
    void aStatusLineMayHaveAnyReason(String line) throws Exception {
        assertTrue(parse(Kind.RESPONSE, line + "\r\n\r\n").complete());
    }

    @Test
    void aHeadAsLongAsTheLimitIsTakenAndOneByteMoreIsNot() throws Exception {
        String head = "GET / HTTP/1.1\r\nX: " + "a".repeat(100) + "\r\n\r\n";
        assertTrue(parse(Kind.REQUEST, head.length(), head).complete());
        MalformedHeadException e =
                assertThrows(MalformedHeadException.class, () -> parse(Kind.REQUEST, head.length() - 1, head));
        assertEquals(431, e.answer());
    }

    @Test
    void anEndlessRequestLineEndsAtTheLimit() {
        HeadParser parser = new HeadParser(Kind.REQUEST, LIMIT);
        byte[] piece = latin1("a".repeat(1000));
        MalformedHeadException e = assertThrows(MalformedHeadException.class, () -> {
            for (int i = 0; i <= LIMIT / piece.length; i++) {
                parser.feed(piece, 0, piece.length);
            }
        });
        assertEquals(414, e.answer());
        assertEquals(LIMIT, parser.taken());
    }

    @Test
    void fieldsAreBoundedInNumber() throws Exception {
        String most = "GET / HTTP/1.1\r\n" + "a:\r\n".repeat(HeadParser.MAX_FIELDS);
        assertEquals(
                HeadParser.MAX_FIELDS,
                parse(Kind.REQUEST, most + "\r\n").headers().fields().size());
        MalformedHeadException e =
                assertThrows(MalformedHeadException.class, () -> parse(Kind.REQUEST, most + "a:\r\n\r\n"));
        assertEquals(431, e.answer());
    }

    @Test
    void whatIsShownOfThePeersTextIsCut() {
        MalformedHeadException e =
                assertThrows(MalformedHeadException.class, () -> parse(Kind.RESPONSE, "x".repeat(5000)));
        assertTrue(e.getMessage().length() < 200, e.getMessage());
    }

    private static HeadParser parse(Kind kind, String head) throws MalformedHeadException {
        return parse(kind, LIMIT, head);
    }

    private static HeadParser parse(Kind kind, int limit, String head) throws MalformedHeadException {
        HeadParser parser = new HeadParser(kind, limit);
        byte[] bytes = latin1(head);
        parser.feed(bytes, 0, bytes.length);
        return parser;
    }

    private static void feedBytewise(HeadParser parser, byte[] bytes) throws MalformedHeadException {
        for (int i = 0; i < bytes.length; i++) {
            parser.feed(bytes, i, 1);
        }
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
