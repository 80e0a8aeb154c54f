package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that is no UTF-8, data that does not unfold, and bits that were not agreed on fail the connection, and say why. */
@ExtendWith(NoThreadsLeft.class)
class MalformedMessageTest {
    private static final DeflateParameters AGREED = new DeflateParameters(false, false, 15, 15, 6, 0);

    private static Talk open() {
        return Talk.open(new Tuning().text().deflate(AGREED));
    }

    private static RawFrames.Builder binary() {
        return RawFrames.frame(RawFrames.BINARY);
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(bytes);
        byte[] out = new byte[bytes.length + 100];
        int count = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(out, count - 4);
    }

    private static void assertFails(Talk talk, int code, String message) throws IOException {
        WebSocketProtocolException e = Call.of(() -> {
                    IncomingMessage incoming = talk.connection.receive();
                    assertNotNull(incoming);
                    return incoming.readAllBytes();
                })
                .failure(WebSocketProtocolException.class);
        assertEquals(code, e.closeCode());
        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
        assertEquals(code, talk.peer.expectClose());
    }

    static Stream<Arguments> frames() {
        return Stream.of(
                Arguments.of(binary().rsv(2), 1002, "reserved bits 000 or 100 but was reserved bits 010"),
                Arguments.of(binary().rsv(1), 1002, "reserved bits 001"),
                Arguments.of(binary().rsv(6), 1002, "reserved bits 110"),
                Arguments.of(
                        RawFrames.frame(RawFrames.PING).rsv(4), 1002, "on its first frame only but was RSV1 on a PING"),
                Arguments.of(RawFrames.frame(RawFrames.CLOSE).rsv(4), 1002, "RSV1 on a CLOSE frame"),
                Arguments.of(binary().rsv(4).payload(new byte[] {-1, -1, -1}), 1007, "expected a compressed message"),
                Arguments.of( // a distance in front of all data
                        binary().rsv(4).payload(RawFrames.hex("02 01 00 00")), 1007, "expected a compressed message"),
                Arguments.of( // a stored block of 5 bytes of which 2 are there
                        binary().rsv(4).payload(RawFrames.hex("00 05 00 fa ff 48 65")),
                        1007,
                        "expected a compressed message to end with a block"),
                Arguments.of(
                        binary().rsv(4).payload(RawFrames.hex("00 05 00 00 00 48")),
                        1007,
                        "expected a compressed message to be deflate data (RFC 1951) but it is not"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("frames")
    void aFrameThatBreaksTheRules(RawFrames.Builder frame, int code, String message) throws IOException {
        try (Talk talk = open()) {
            talk.peer.frame(frame);
            assertFails(talk, code, message);
        }
    }

    @Test
    void rsv1OnAContinuation() throws IOException {
        try (Talk talk = open()) {
            talk.peer.frame(binary().rsv(4).notFin().payload(RawFrames.hex("f2 48 cd")));
            talk.peer.frame(RawFrames.frame(RawFrames.CONTINUATION).rsv(4).payload(RawFrames.hex("c9 c9 07 00")));
            assertFails(talk, 1002, "RSV1 on a CONTINUATION frame");
        }
    }

    @Test
    void rsv1WithoutAgreement() throws IOException {
        try (Talk talk = Talk.open(new Tuning().text())) {
            talk.peer.frame(binary().rsv(4).payload(new byte[] {0}));
            assertFails(talk, 1002, "reserved bits 000, as no compression was agreed but was reserved bits 100");
        }
    }

    /** Each broken at its last byte, and no earlier (RFC 3629 4). */
    private static final List<String> BROKEN = List.of(
            "80",
            "bf",
            "c0",
            "c1",
            "f5",
            "ff",
            "c3 28",
            "e0 9f",
            "ed a0",
            "ef 80 41",
            "f0 8f",
            "f4 90",
            "f0 90 80 c0",
            "e2 82 e2");

    static Stream<Arguments> brokenText() {
        return BROKEN.stream().flatMap(bytes -> Stream.of(true, false).map(packed -> Arguments.of(bytes, packed)));
    }

    @ParameterizedTest(name = "{0}, compressed {1}")
    @MethodSource("brokenText")
    void textFailsAtItsFirstBadByteThoughTheMessageGoesOn(String broken, boolean compressed) throws IOException {
        byte[] good = "Grüße, \uD83D\uDE00 ".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = RawFrames.join(good, RawFrames.hex(broken));
        byte[] payload = compressed ? RawFrames.join(deflated(bytes), new byte[] {0, 0, -1, -1}) : bytes;
        for (int cut = 0; cut <= payload.length; cut++) {
            try (Talk talk = open()) {
                int rsv = compressed ? 4 : 0;
                byte[] head = Arrays.copyOf(payload, cut);
                byte[] tail = Arrays.copyOfRange(payload, cut, payload.length);
                talk.peer.frame(
                        RawFrames.frame(RawFrames.TEXT).rsv(rsv).notFin().payload(head));
                talk.peer.frame(RawFrames.frame(RawFrames.PING).payload("between"));
                talk.peer.frame(RawFrames.frame(RawFrames.CONTINUATION).notFin().payload(tail));
                WebSocketProtocolException e = Call.of(
                                () -> talk.connection.receive().readAllBytes())
                        .failure(WebSocketProtocolException.class);
                assertEquals(1007, e.closeCode());
                String place = "byte " + (bytes.length - 1) + " of the message";
                assertTrue(String.valueOf(e.getMessage()).contains(place), e.getMessage() + " cut at " + cut);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3", "e2 82", "f0 9f 98", "41 e2"})
    void textThatEndsInsideACharacter(String bytes) throws IOException {
        try (Talk talk = open()) {
            talk.peer.frame(RawFrames.frame(RawFrames.TEXT).payload(RawFrames.hex(bytes)));
            assertFails(talk, 1007, "it ends inside a character");
        }
        try (Talk talk = open()) {
            talk.peer.frame(RawFrames.frame(RawFrames.TEXT).rsv(4).payload(deflated(RawFrames.hex(bytes))));
            assertFails(talk, 1007, "it ends inside a character");
        }
        try (Talk talk = open()) {
            talk.peer.frame(RawFrames.frame(RawFrames.TEXT).notFin().payload(RawFrames.hex(bytes)));
            talk.peer.frame(RawFrames.frame(RawFrames.CONTINUATION));
            assertFails(talk, 1007, "it ends inside a character");
        }
    }

    @Test
    void aMessageTooLargeIsKnownByItsHeader() throws IOException {
        try (Talk talk = open()) {
            talk.connection.maxMessageSize(1000);
            talk.peer.frame(binary().notFin().payload(new byte[600]));
            talk.peer.raw(Arrays.copyOf(
                    RawFrames.frame(RawFrames.CONTINUATION)
                            .payload(new byte[401])
                            .bytes(),
                    4)); // no payload yet
            assertFails(talk, 1009, "expected a message of at most 1000 bytes but it has 1001 or more");
        }
        try (Talk talk = open()) {
            talk.connection.maxMessageSize(1000);
            talk.peer.frame(binary().payload(new byte[1000]));
            assertEquals(1000, talk.receive().length);
            talk.peer.frame(binary().rsv(4).payload(deflated(new byte[1001])));
            assertFails(talk, 1009, "expected a message of at most 1000 bytes");
        }
    }

    @Test
    void compressedTextOnAConnectionForBytes() throws IOException {
        try (Talk talk = Talk.open(new Tuning().deflate(AGREED))) {
            talk.peer.frame(RawFrames.frame(RawFrames.TEXT).rsv(4).payload(deflated(new byte[] {'x'})));
            assertFails(talk, 1003, "use MessageWebSocket for text");
        }
    }
}
