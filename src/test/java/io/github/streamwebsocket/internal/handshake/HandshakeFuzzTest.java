package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.fail;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.WebSocketHandshakeException;
import io.github.streamwebsocket.internal.handshake.HeadParser.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever comes in place of a head: nothing but the declared exceptions comes out. */
class HandshakeFuzzTest {
    private static final long NANOS = 500_000_000;
    private static final int LIMIT = 1024;
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String[] PARTS = {
        "GET ",
        "HTTP/1.1",
        "HTTP/1.1 101 ",
        "HTTP/1.0 403",
        " /",
        "http://h/?#",
        "\r\n",
        "\r\n\r\n",
        "\n",
        "\r",
        ":",
        ": ",
        " ",
        "\t",
        ",",
        "\0",
        "\u00e4",
        "Host",
        "Upgrade",
        "websocket",
        "Connection",
        "Sec-WebSocket-Key",
        KEY,
        "13",
        "Sec-WebSocket-Version",
        "Sec-WebSocket-Accept",
        "Sec-WebSocket-Protocol",
        "Content-Length",
        "0",
        "99999999999999999999",
        "Transfer-Encoding",
        "chunked",
        "Sec-WebSocket-Extensions",
        "permessage-deflate",
        "client_max_window_bits",
        "server_max_window_bits=",
        "server_no_context_takeover",
        ";",
        "=",
        "\"",
        "\\",
        "10",
        "Origin",
        "null",
        "ffffffffffffffff",
        "5\r\nhello\r\n"
    };
    private static final String REQUEST = """
        GET /chat?a HTTP/1.1\r
        Host: h\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Version: 13\r
        Origin: http://o\r
        Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits="10", permessage-deflate\r
        \r
        """;
    private static final String RESPONSE = """
        HTTP/1.1 101 Switching Protocols\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
        Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=10\r
        \r
        """;

    @Test
    void aRandomRequestMakesOnlyDeclaredExceptions() {
        fuzz(REQUEST, HandshakeFuzzTest::takeRequest);
    }

    @Test
    void aRandomResponseMakesOnlyDeclaredExceptions() {
        fuzz(RESPONSE, HandshakeFuzzTest::takeResponse);
    }

    /** Most mutations of a whole head hit other lines, so this one gets a turn by itself. */
    @Test
    void aRandomListOfExtensionsMakesOnlyDeclaredExceptions() {
        String valid = "permessage-deflate; client_max_window_bits; server_max_window_bits=\"10\", foo; a=b";
        fuzz(valid, bytes -> {
            List<String> lines = List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1));
            List<Extension> extensions = ExtensionList.parse(lines);
            DeflateAnswer.to(extensions, PerMessageDeflate.DEFAULT);
            try {
                new DeflateOffer(PerMessageDeflate.DEFAULT).judge(extensions);
            } catch (InvalidExtensionException declared) {
                // Well formed, and not what was offered.
            }
        });
    }

    private interface Taker {
        void take(byte[] bytes) throws MalformedHeadException, RefusedRequestException, WebSocketHandshakeException;
    }

    private static void fuzz(String valid, Taker taker) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long began = System.nanoTime();
        int accepted = 0;
        int refused = 0;
        while (System.nanoTime() - began < NANOS) {
            String text = random.nextInt(4) == 0 ? random(random) : mutated(valid, random);
            try {
                taker.take(text.getBytes(StandardCharsets.ISO_8859_1));
                accepted++;
            } catch (MalformedHeadException | RefusedRequestException | WebSocketHandshakeException declared) {
                refused++;
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", text: " + text, e);
            }
        }
        if (accepted == 0 || refused == 0) {
            fail("seed " + seed + " tried one side only: accepted " + accepted + ", refused " + refused);
        }
    }

    private static void takeRequest(byte[] bytes) throws MalformedHeadException, RefusedRequestException {
        HeadParser head = new HeadParser(Kind.REQUEST, LIMIT);
        head.feed(bytes, 0, bytes.length);
        if (head.complete()) {
            OpeningRequestRules rules = new OpeningRequestRules(RequestLine.parse(head.startLine()), head.headers());
            UpgradeRequest request = rules.check();
            rules.checkOrigin(Set.of("http://o"));
            DeflateAnswer deflate = DeflateAnswer.to(rules.extensions(), PerMessageDeflate.DEFAULT);
            OpeningAnswer.accepting(request.key(), "", deflate, Headers.EMPTY);
        }
    }

    private static void takeResponse(byte[] bytes) throws MalformedHeadException, WebSocketHandshakeException {
        HeadParser head = new HeadParser(Kind.RESPONSE, LIMIT);
        int taken = head.feed(bytes, 0, bytes.length);
        if (head.complete()) {
            StatusLine status = StatusLine.parse(head.startLine());
            ResponseBody body = new ResponseBody(status.code(), head.headers(), 64);
            body.feed(bytes, taken, bytes.length - taken);
            OpeningResponseRules rules = new OpeningResponseRules(status, head.headers());
            if (status.code() != StatusLine.SWITCHING_PROTOCOLS) {
                throw rules.refused(body.bytes());
            }
            rules.check(KEY, List.of("chat"));
            rules.checkExtensions(new DeflateOffer(PerMessageDeflate.DEFAULT));
        }
    }

    private static String mutated(String valid, Random random) {
        StringBuilder text = new StringBuilder(valid);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.insert(at, PARTS[random.nextInt(PARTS.length)]);
                case 2 -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(20)));
                default -> text.append(PARTS[random.nextInt(PARTS.length)]);
            }
        }
        return text.toString();
    }

    private static String random(Random random) {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(40); parts > 0; parts--) {
            text.append(random.nextInt(3) == 0 ? (char) random.nextInt(256) : PARTS[random.nextInt(PARTS.length)]);
        }
        return text.toString();
    }
}
