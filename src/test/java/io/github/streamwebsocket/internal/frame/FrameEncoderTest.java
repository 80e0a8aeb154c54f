package io.github.streamwebsocket.internal.frame;

import static io.github.streamwebsocket.testing.RawFrames.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.RawFrames;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameEncoderTest {
    private static final int BEFORE = 20;

    private static byte[] encode(FrameEncoder encoder, byte[] payload, Opcode opcode, boolean fin) {
        byte[] bytes = new byte[BEFORE + payload.length + 8];
        Arrays.fill(bytes, (byte) 0x5A);
        System.arraycopy(payload, 0, bytes, BEFORE, payload.length);
        int start = encoder.encode(bytes, BEFORE, payload.length, opcode, fin);
        assertEquals(BEFORE - encoder.headerLength(payload.length), start);
        for (int i = 0; i < bytes.length; i++) {
            if (i < start || i >= BEFORE + payload.length) {
                assertEquals(0x5A, bytes[i], "a byte outside the frame was touched");
            }
        }
        return Arrays.copyOfRange(bytes, start, BEFORE + payload.length);
    }

    @Test
    void aServerWritesTheUnmaskedExamplesOfRfc6455() {
        FrameEncoder server = FrameEncoder.ofData(Role.SERVER);
        assertArrayEquals(hex("81 05 48 65 6c 6c 6f"), encode(server, utf8("Hello"), Opcode.TEXT, true));
        assertArrayEquals(hex("01 03 48 65 6c"), encode(server, utf8("Hel"), Opcode.TEXT, false));
        assertArrayEquals(hex("80 02 6c 6f"), encode(server, utf8("lo"), Opcode.CONTINUATION, true));
        assertArrayEquals(hex("89 05 48 65 6c 6c 6f"), encode(server, utf8("Hello"), Opcode.PING, true));
    }

    @Test
    void aClientWritesTheMaskedExampleOfRfc6455ButForItsKey() {
        byte[] frame = encode(FrameEncoder.ofData(Role.CLIENT), utf8("Hello"), Opcode.PONG, true);
        RawFrames.Frame read = RawFrames.parseOne(frame);
        assertTrue(read.masked());
        int key = read.maskKey();
        assertArrayEquals(
                RawFrames.frame(RawFrames.PONG).payload("Hello").maskedWith(key).bytes(), frame);
    }

    @ParameterizedTest
    @EnumSource
    void everyBoundaryLengthIsWhatAnIndependentReaderReads(Role role) {
        FrameEncoder encoder = FrameEncoder.ofData(role);
        for (int length : new int[] {0, 1, 124, 125, 126, 127, 65_534, 65_535, 65_536, 65_537}) {
            byte[] payload = RawFrames.pattern(length);
            RawFrames.Frame read = RawFrames.parseOne(encode(encoder, payload, Opcode.BINARY, length % 2 == 0));
            assertArrayEquals(payload, read.payload());
            assertEquals(length % 2 == 0, read.fin());
            assertEquals(RawFrames.BINARY, read.opcode());
            assertEquals(0, read.rsv());
            assertEquals(role == Role.CLIENT, read.masked());
            assertEquals(length < 126 ? 0 : length < 65_536 ? 2 : 8, read.lengthForm());
        }
    }

    /** As in MaskKeysTest: ten equal pairs among 10,000 random keys do not happen. */
    @Test
    void eachFrameHasAFreshKey() {
        FrameEncoder encoder = FrameEncoder.ofData(Role.CLIENT);
        Set<Integer> keys = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            keys.add(RawFrames.parseOne(encode(encoder, new byte[3], Opcode.BINARY, true))
                    .maskKey());
        }
        assertTrue(keys.size() > 9_990, () -> "only " + keys.size() + " different keys");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
