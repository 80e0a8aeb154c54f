package io.github.streamwebsocket.internal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.RawFrames;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameRulesTest {
    /** What the peer of this role sends: masked, if the peer is a client. */
    private static RawFrames.Builder frame(Role role, int opcode) {
        return RawFrames.frame(opcode).masked(role == Role.SERVER);
    }

    private static Opcode accept(FrameRules rules, RawFrames.Builder frame) throws WebSocketProtocolException {
        FrameHeader header = new FrameHeader();
        header.decode(frame.bytes(), 0);
        return rules.accept(header);
    }

    private static void assertRefused(FrameRules rules, RawFrames.Builder frame, String why) {
        WebSocketProtocolException e = assertThrows(WebSocketProtocolException.class, () -> accept(rules, frame));
        assertEquals(1002, e.closeCode());
        assertTrue(e.getMessage().startsWith("expected "), e::getMessage);
        assertTrue(e.getMessage().contains(why), e::getMessage);
    }

    static Stream<Arguments> roleAndReservedBits() {
        return Stream.of(Role.values())
                .flatMap(role -> Stream.of(1, 2, 3, 4, 5, 6, 7)
                        .flatMap(rsv -> Stream.of(0, 1, 2, 8, 9, 10).map(opcode -> Arguments.of(role, rsv, opcode))));
    }

    @ParameterizedTest
    @MethodSource("roleAndReservedBits")
    void aReservedBitIsRefused(Role role, int rsv, int opcode) {
        String bits = "" + rsv / 4 + rsv / 2 % 2 + rsv % 2;
        assertRefused(new FrameRules(role, false), frame(role, opcode).rsv(rsv), "but was reserved bits " + bits);
    }

    @ParameterizedTest
    @EnumSource
    void withCompressionRsv1IsForTheFirstFrameOfAMessage(Role role) throws Exception {
        FrameRules rules = new FrameRules(role, true);
        assertEquals(Opcode.TEXT, accept(rules, frame(role, 1).rsv(4)));
        assertEquals(Opcode.BINARY, accept(rules, frame(role, 2)));
        assertEquals(Opcode.BINARY, accept(rules, frame(role, 2).rsv(4).notFin()));
        assertEquals(Opcode.PING, accept(rules, frame(role, 9)));
        assertEquals(Opcode.CONTINUATION, accept(rules, frame(role, 0).notFin()));
        assertRefused(rules, frame(role, 0).rsv(4), "RSV1 on a CONTINUATION frame");
    }

    @ParameterizedTest
    @MethodSource("roleAndReservedBits")
    void withCompressionEveryOtherReservedBitIsRefused(Role role, int rsv, int opcode) throws Exception {
        FrameRules rules = new FrameRules(role, true);
        if (opcode == 0) {
            accept(rules, frame(role, 2).notFin());
        }
        if (rsv != 4) {
            String bits = "" + rsv / 4 + rsv / 2 % 2 + rsv % 2;
            assertRefused(rules, frame(role, opcode).rsv(rsv), "000 or 100 but was reserved bits " + bits);
        } else if (opcode == 0 || opcode >= 8) {
            assertRefused(rules, frame(role, opcode).rsv(rsv), "on its first frame only but was RSV1 on a ");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void aReservedOpcodeIsRefused(int opcode) {
        for (Role role : Role.values()) {
            assertRefused(new FrameRules(role, false), frame(role, opcode), "reserved opcode " + opcode);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 10})
    void aClientRefusesAMaskedFrameAlsoOfKeyZero(int opcode) {
        assertRefused(
                new FrameRules(Role.CLIENT, false), RawFrames.frame(opcode).masked(true), "a masked one");
        assertRefused(
                new FrameRules(Role.CLIENT, false), RawFrames.frame(opcode).maskedWith(0), "a masked one");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 10})
    void aServerRefusesAnUnmaskedFrame(int opcode) {
        assertRefused(new FrameRules(Role.SERVER, false), RawFrames.frame(opcode), "one without a mask");
    }

    @Test
    void aServerAcceptsAFrameMaskedWithKeyZero() throws Exception {
        assertEquals(
                Opcode.BINARY,
                accept(new FrameRules(Role.SERVER, false), RawFrames.frame(2).maskedWith(0)));
    }

    static Stream<Arguments> roleAndControl() {
        return Stream.of(Role.values()).flatMap(role -> Stream.of(8, 9, 10).map(opcode -> Arguments.of(role, opcode)));
    }

    @ParameterizedTest
    @MethodSource("roleAndControl")
    void aControlFrameHas125BytesAtMost(Role role, int opcode) throws Exception {
        FrameRules rules = new FrameRules(role, false);
        assertEquals(
                opcode,
                accept(rules, frame(role, opcode).payload(new byte[125])).code());
        assertRefused(rules, frame(role, opcode).payload(new byte[126]), "at most 125 bytes");
        assertRefused(rules, frame(role, opcode).payload(new byte[65_536]), "at most 125 bytes");
        assertRefused(rules, frame(role, opcode).claimedLength(Long.MAX_VALUE), "at most 125 bytes");
    }

    @ParameterizedTest
    @MethodSource("roleAndControl")
    void aFragmentedControlFrameIsRefused(Role role, int opcode) {
        assertRefused(new FrameRules(role, false), frame(role, opcode).notFin(), "frame without fin");
    }

    @ParameterizedTest
    @EnumSource
    void aCloseOfOneByteIsRefusedAndOfNoneOrTwoAccepted(Role role) throws Exception {
        FrameRules rules = new FrameRules(role, false);
        assertEquals(Opcode.CLOSE, accept(rules, frame(role, 8)));
        assertRefused(rules, frame(role, 8).payload(new byte[1]), "one of 1 byte");
        assertEquals(Opcode.CLOSE, accept(rules, frame(role, 8).payload(new byte[2])));
        assertEquals(Opcode.PING, accept(rules, frame(role, 9).payload(new byte[1])));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -2, Long.MIN_VALUE + 5})
    void aLengthWithItsTopBitSetIsRefused(long length) {
        for (Role role : Role.values()) {
            for (int opcode : new int[] {2, 9}) {
                assertRefused(
                        new FrameRules(role, false), frame(role, opcode).claimedLength(length), "its top bit set: 0x");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2,0", "2,1", "2,124", "2,125", "8,0", "8,125", "8,126", "8,65534", "8,65535"})
    void aLengthThatIsNotInItsShortestFormIsRefused(int form, long length) {
        for (Role role : Role.values()) {
            for (int opcode : new int[] {1, 2, 8, 9, 10}) {
                assertRefused(
                        new FrameRules(role, false),
                        frame(role, opcode).lengthForm(form).claimedLength(length),
                        "length " + length + " in " + form + " extra bytes");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "0,125", "2,126", "2,65535", "8,65536", "8,4294967296", "8,9223372036854775807"})
    void aLengthInItsShortestFormIsAccepted(int form, long length) throws Exception {
        for (Role role : Role.values()) {
            RawFrames.Builder frame = frame(role, 2).lengthForm(form).claimedLength(length);
            assertEquals(Opcode.BINARY, accept(new FrameRules(role, false), frame));
        }
    }

    /** A letter a frame: capital with fin, small without; T text, B binary, C continuation; P ping, O pong. */
    @ParameterizedTest
    @ValueSource(strings = {"T", "B", "TBTB", "bC", "tC", "bcccC", "bCB", "PbPcOPCP", "tOCbC", "PPOO", "bCbCT"})
    void aLegalSequenceIsAccepted(String sequence) throws Exception {
        for (Role role : Role.values()) {
            FrameRules rules = new FrameRules(role, false);
            for (int i = 0; i < sequence.length(); i++) {
                char letter = sequence.charAt(i);
                assertEquals(
                        opcodeOf(letter),
                        accept(rules, sequenceFrame(role, letter)).code());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"C", "c", "BC", "Bc", "bCC", "PC", "bCOc"})
    void aContinuationWithoutAStartIsRefused(String sequence) throws Exception {
        assertLastRefused(sequence, "a continuation frame with no message under way");
    }

    @ParameterizedTest
    @CsvSource({"bB", "bb", "bT", "tT", "tt", "bcB", "bPB", "bCbPcOt"})
    void aNewMessageInsideAMessageIsRefused(String sequence) throws Exception {
        assertLastRefused(sequence, "frame that starts another");
    }

    private static void assertLastRefused(String sequence, String why) throws WebSocketProtocolException {
        for (Role role : Role.values()) {
            FrameRules rules = new FrameRules(role, false);
            int last = sequence.length() - 1;
            for (int i = 0; i < last; i++) {
                accept(rules, sequenceFrame(role, sequence.charAt(i)));
            }
            assertRefused(rules, sequenceFrame(role, sequence.charAt(last)), why);
        }
    }

    private static RawFrames.Builder sequenceFrame(Role role, char letter) {
        RawFrames.Builder frame = frame(role, opcodeOf(letter)).payload("x");
        return Character.isUpperCase(letter) ? frame : frame.notFin();
    }

    private static int opcodeOf(char letter) {
        return switch (Character.toUpperCase(letter)) {
            case 'C' -> RawFrames.CONTINUATION;
            case 'T' -> RawFrames.TEXT;
            case 'B' -> RawFrames.BINARY;
            case 'P' -> RawFrames.PING;
            case 'O' -> RawFrames.PONG;
            default -> throw new AssertionError(letter);
        };
    }
}
