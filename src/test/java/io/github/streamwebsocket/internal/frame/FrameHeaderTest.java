package io.github.streamwebsocket.internal.frame;

import static io.github.streamwebsocket.testing.RawFrames.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.testing.RawFrames;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameHeaderTest {
    private static final int KEY = 0x37fa213d;

    @ParameterizedTest
    @CsvSource({
        "0,2",
        "1,2",
        "124,2",
        "125,2",
        "126,4",
        "127,4",
        "65534,4",
        "65535,4",
        "65536,10",
        "65537,10",
        "2147483647,10",
        "2147483648,10",
        "4294967295,10",
        "4294967296,10",
        "9223372036854775807,10"
    })
    void everyBoundaryLengthIsWrittenInItsShortestFormAndReadBack(long length, int expectedHead) {
        assertEquals(expectedHead, FrameHeader.encodedLength(length, false));
        assertEquals(expectedHead + 4, FrameHeader.encodedLength(length, true));
        for (Opcode opcode : Opcode.values()) {
            for (boolean fin : new boolean[] {true, false}) {
                RawFrames.Builder oracle = RawFrames.frame(opcode.code())
                        .lengthForm(expectedHead - 2)
                        .claimedLength(length);
                byte[] plain = (fin ? oracle : oracle.notFin()).bytes();
                byte[] masked = oracle.maskedWith(KEY).bytes();

                byte[] bytes = new byte[40];
                int end = FrameHeader.encode(bytes, 7, 0, opcode, fin, length);
                assertArrayEquals(plain, Arrays.copyOfRange(bytes, 7, end));
                assertReads(plain, opcode, fin, length, 0);

                bytes = new byte[40];
                end = FrameHeader.encodeMasked(bytes, 7, 0, opcode, fin, length, KEY);
                assertArrayEquals(masked, Arrays.copyOfRange(bytes, 7, end));
                assertReads(masked, opcode, fin, length, KEY);
            }
        }
    }

    private static void assertReads(byte[] encoded, Opcode opcode, boolean fin, long length, int key) {
        byte[] bytes = new byte[encoded.length + 5];
        Arrays.fill(bytes, (byte) 0xA5);
        System.arraycopy(encoded, 0, bytes, 3, encoded.length);
        FrameHeader header = new FrameHeader();
        header.decode(bytes, 3);
        assertEquals(fin, header.fin);
        assertEquals(0, header.rsv);
        assertEquals(opcode.code(), header.opcodeValue);
        assertEquals(key != 0, header.masked);
        assertEquals(key, header.maskKey);
        assertEquals(length, header.payloadLength);
        assertEquals(encoded.length - 2 - (key == 0 ? 0 : 4), header.extendedLength);
        assertEquals(encoded.length, FrameHeader.encodedLength(encoded[1]));
    }

    @Test
    void theSecondByteTellsTheLengthOfTheHeader() {
        for (int length = 0; length < 128; length++) {
            int expected = length < 126 ? 2 : length == 126 ? 4 : 10;
            assertEquals(expected, FrameHeader.encodedLength((byte) length));
            assertEquals(expected + 4, FrameHeader.encodedLength((byte) (length | 0x80)));
        }
    }

    @Test
    void theLongestHeaderHasTheLengthThatIsPromised() {
        assertEquals(FrameHeader.MAX_LENGTH, FrameHeader.encodedLength(Long.MAX_VALUE, true));
    }

    @Test
    void writesTheHeadersOfTheExamplesInRfc6455() {
        byte[] bytes = new byte[14];
        int end = FrameHeader.encodeMasked(bytes, 0, 0, Opcode.TEXT, true, 5, KEY);
        assertArrayEquals(hex("81 85 37 fa 21 3d"), Arrays.copyOf(bytes, end));
        end = FrameHeader.encode(bytes, 0, 0, Opcode.BINARY, true, 256);
        assertArrayEquals(hex("82 7e 01 00"), Arrays.copyOf(bytes, end));
        end = FrameHeader.encode(bytes, 0, 0, Opcode.BINARY, true, 65_536);
        assertArrayEquals(hex("82 7f 00 00 00 00 00 01 00 00"), Arrays.copyOf(bytes, end));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, -1, Integer.MIN_VALUE, 0x80000000, 0x000000ff})
    void anyKeyIsLegalAndZeroIsStillMasked(int key) {
        byte[] bytes = new byte[14];
        int end = FrameHeader.encodeMasked(bytes, 0, 0, Opcode.BINARY, true, 3, key);
        assertEquals(6, end);
        FrameHeader header = new FrameHeader();
        header.decode(bytes, 0);
        assertTrue(header.masked);
        assertEquals(key, header.maskKey);
    }

    @Test
    void everyFirstByteIsTakenApartAsItStands() {
        FrameHeader header = new FrameHeader();
        for (int first = 0; first < 256; first++) {
            header.decode(new byte[] {(byte) first, 0}, 0);
            assertEquals(first >= 128, header.fin);
            assertEquals(first / 16 % 8, header.rsv);
            assertEquals(first % 16, header.opcodeValue);
        }
    }

    @Test
    void aLengthInALongerFormThanNeededIsReportedAsItCame() {
        FrameHeader header = new FrameHeader();
        header.decode(hex("82 7e 00 05"), 0);
        assertEquals(5, header.payloadLength);
        assertEquals(2, header.extendedLength);
        header.decode(hex("82 7f 00 00 00 00 00 00 ff ff"), 0);
        assertEquals(65_535, header.payloadLength);
        assertEquals(8, header.extendedLength);
    }

    @Test
    void aLengthWithItsTopBitSetIsNegative() {
        FrameHeader header = new FrameHeader();
        header.decode(hex("82 7f 80 00 00 00 00 00 00 01"), 0);
        assertTrue(header.payloadLength < 0);
    }

    @Test
    void aHeaderThatIsFilledAgainKeepsNothingOfTheOneBefore() {
        FrameHeader header = new FrameHeader();
        header.decode(hex("f2 ff 00 00 00 00 00 01 00 00 01 02 03 04"), 0);
        header.decode(hex("09 00"), 0);
        assertFalse(header.fin);
        assertEquals(0, header.rsv);
        assertEquals(9, header.opcodeValue);
        assertFalse(header.masked);
        assertEquals(0, header.maskKey);
        assertEquals(0, header.payloadLength);
        assertEquals(0, header.extendedLength);
    }
}
