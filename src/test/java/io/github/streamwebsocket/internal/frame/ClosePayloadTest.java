package io.github.streamwebsocket.internal.frame;

import static io.github.streamwebsocket.testing.RawFrames.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.RawFrames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosePayloadTest {
    private static byte[] payload(int code, String reason) {
        return RawFrames.parseOne(RawFrames.close(code, reason).bytes()).payload();
    }

    private static void assertRefused(int closeCode, byte[] payload) {
        WebSocketProtocolException e =
                assertThrows(WebSocketProtocolException.class, () -> ClosePayload.decode(payload));
        assertEquals(closeCode, e.closeCode());
        assertTrue(e.getMessage().startsWith("expected "), e::getMessage);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void aCodeThatMayBeOnTheWireGoesThereAndBack(int code) throws Exception {
        assertEquals(new ClosePayload(code, "why"), ClosePayload.decode(payload(code, "why")));
        assertArrayEquals(payload(code, "why"), new ClosePayload(code, "why").encode());
        assertEquals(new ClosePayload(code, ""), ClosePayload.ofUser(code, "", Role.CLIENT));
        if (code != 1010) {
            assertEquals(new ClosePayload(code, "x"), ClosePayload.ofUser(code, "x", Role.SERVER));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1999, 2000, 2999, 5000, 32_768, 65_535})
    void aCodeThatMustNotBeOnTheWireIsRefused(int code) {
        assertRefused(1002, payload(code, ""));
        for (Role role : Role.values()) {
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> ClosePayload.ofUser(code, "", role));
            assertTrue(e.getMessage().endsWith("but was " + code), e::getMessage);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536 + 1000, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aCodeThatIsNoCodeIsRefusedFromTheUser(int code) {
        assertThrows(IllegalArgumentException.class, () -> ClosePayload.ofUser(code, "", Role.CLIENT));
    }

    @Test
    void onlyAClientMayMissAnExtension() throws Exception {
        assertEquals(1010, ClosePayload.ofUser(1010, "", Role.CLIENT).code());
        assertThrows(IllegalArgumentException.class, () -> ClosePayload.ofUser(1010, "", Role.SERVER));
    }

    @Test
    void anEmptyPayloadHasNoCode() throws Exception {
        assertEquals(new ClosePayload(1005, ""), ClosePayload.decode(new byte[0]));
        assertArrayEquals(new byte[0], ClosePayload.EMPTY.encode());
    }

    @Test
    void theCodeIsInNetworkByteOrder() {
        assertArrayEquals(hex("03 e8 62 79 65"), new ClosePayload(1000, "bye").encode());
        assertArrayEquals(hex("13 87"), new ClosePayload(4999, "").encode());
    }

    @ParameterizedTest
    @EnumSource
    void aReasonOf123BytesFitsAndOf124DoesNot(Role role) {
        assertEquals(125, ClosePayload.ofUser(1000, "x".repeat(123), role).encode().length);
        assertThrows(IllegalArgumentException.class, () -> ClosePayload.ofUser(1000, "x".repeat(124), role));
    }

    /** Counted in bytes: 41 times three make 123, and one more character is too much, whatever its place. */
    @Test
    void theReasonIsCountedInBytesNotCharacters() throws Exception {
        String fits = "\u20AC".repeat(41);
        ClosePayload close = ClosePayload.ofUser(1000, fits, Role.CLIENT);
        assertEquals(125, close.encode().length);
        assertEquals(close, ClosePayload.decode(close.encode()));
        assertThrows(IllegalArgumentException.class, () -> ClosePayload.ofUser(1000, fits + "x", Role.CLIENT));
        assertThrows(
                IllegalArgumentException.class,
                () -> ClosePayload.ofUser(1000, "x" + "\u20AC".repeat(40) + "\u00E9\u00E9", Role.CLIENT));
        String emoji = "\uD83D\uDE00".repeat(30) + "abc";
        assertEquals(emoji, ClosePayload.ofUser(1000, emoji, Role.CLIENT).reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c3", // cut after the first byte
                "61 e2 82",
                "f0 9f 98",
                "c3 28", // no continuation byte
                "80", // a continuation byte alone
                "c0 af", // overlong
                "e0 80 80",
                "f0 80 80 80",
                "ed a0 80", // a surrogate
                "f4 90 80 80", // above 10FFFF
                "ff"
            })
    void aReasonThatIsNotUtf8IsRefusedWith1007(String reason) {
        assertRefused(1007, RawFrames.join(hex("03 e8"), hex(reason)));
    }

    @Test
    void aBadCodeIsReportedRatherThanABadReason() {
        assertRefused(1002, hex("03 ed ff"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "a\uDE00b", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"})
    void anUnpairedSurrogateIsRefusedFromTheUser(String reason) {
        for (Role role : Role.values()) {
            assertThrows(IllegalArgumentException.class, () -> ClosePayload.ofUser(1000, reason, role));
        }
    }

    @Test
    void onlyNormalAndNoCodeAreAnEndInGoodOrder() {
        assertTrue(ClosePayload.EMPTY.clean());
        assertTrue(new ClosePayload(1000, "").clean());
        for (int code : new int[] {1001, 1002, 1011, 3000, 4000}) {
            assertFalse(new ClosePayload(code, "").clean(), () -> "code " + code);
        }
    }

    @Test
    void everyPayloadOfTwoBytesIsEitherReadOrRefusedWith1002() {
        for (int code = 0; code < 65_536; code++) {
            byte[] payload = {(byte) (code >> 8), (byte) code};
            boolean legal =
                    (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
            if (legal) {
                assertEquals(
                        code,
                        assertDoesNotThrow(() -> ClosePayload.decode(payload)).code());
            } else {
                assertRefused(1002, payload);
            }
        }
    }
}
