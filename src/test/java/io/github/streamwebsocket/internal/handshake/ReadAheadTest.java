package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.internal.handshake.HeadParser.Kind;
import java.io.EOFException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private static final byte[] HEAD = bytes("HTTP/1.1 403 No\r\nContent-Length: 5\r\n\r\n");
    private static final Headers LENGTH_5 = Headers.of(List.of(new Headers.Field("Content-Length", "5")));
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Test
    void aHeadAndWhatFollowsItAreToldApartHoweverTheyCome() throws Exception {
        byte[] all = concat(HEAD, bytes("frame"));
        for (int split = 0; split <= all.length; split++) {
            byte[] first = Arrays.copyOfRange(all, 0, split);
            byte[] second = Arrays.copyOfRange(all, split, all.length);
            ScriptedWire wire = ScriptedWire.of(first, second);
            ReadAhead input = new ReadAhead(wire);
            HeadParser head = new HeadParser(Kind.RESPONSE, 1000);
            input.readHead(head);
            assertEquals("HTTP/1.1 403 No", head.startLine());
            int beyond = Math.max(0, split - HEAD.length);
            byte[] expected = split < HEAD.length ? bytes("frame") : Arrays.copyOf(bytes("frame"), beyond);
            assertArrayEquals(expected, input.rest(), "split at " + split);
            assertArrayEquals(bytes("frame"), input.readBody(403, LENGTH_5, 100, PATIENCE), "split at " + split);
        }
    }

    @Test
    void theEndInsideAHeadSaysHowFarItCame() {
        for (int length = 0; length < HEAD.length; length++) {
            ReadAhead input = new ReadAhead(ScriptedWire.of(Arrays.copyOf(HEAD, length)));
            EOFException e =
                    assertThrows(EOFException.class, () -> input.readHead(new HeadParser(Kind.RESPONSE, 1000)));
            assertEquals(
                    "expected an HTTP response but the connection ended after " + length + " bytes", e.getMessage());
        }
    }

    @Test
    void aBodyThatStopsComingIsGivenAsFarAsItCame() {
        ReadAhead input = new ReadAhead(ScriptedWire.of("fra").thenSilent());
        assertArrayEquals(bytes("fra"), input.readBody(403, LENGTH_5, 100, PATIENCE));
    }

    @Test
    void noBodyIsWaitedForWhereNoneIsSaid() {
        ReadAhead input = new ReadAhead(ScriptedWire.of().thenSilent());
        Headers none = Headers.of(List.of(new Headers.Field("Content-Length", "0")));
        assertEquals(0, input.readBody(403, none, 100, Duration.ofDays(1)).length);
    }

    @Test
    void aLongBodyIsCut() {
        byte[] body = new byte[100_000];
        ScriptedWire wire = ScriptedWire.of(body).thenSilent();
        assertEquals(8192, new ReadAhead(wire).readBody(500, Headers.EMPTY, 8192, PATIENCE).length);
    }

    @Test
    void aHeadLongerThanTheBufferIsRead() throws Exception {
        String value = "v".repeat(10_000);
        ReadAhead input = new ReadAhead(ScriptedWire.of("HTTP/1.1 101 x\r\nX: " + value + "\r\n\r\nrest"));
        HeadParser head = new HeadParser(Kind.RESPONSE, 20_000);
        input.readHead(head);
        assertEquals(value, head.headers().first("x").orElseThrow());
        assertTrue("rest".startsWith(new String(input.rest(), StandardCharsets.ISO_8859_1)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
