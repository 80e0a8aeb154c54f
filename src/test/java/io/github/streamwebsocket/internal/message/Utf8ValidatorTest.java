package io.github.streamwebsocket.internal.message;

import static io.github.streamwebsocket.testing.RawFrames.hex;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with the JDK's decoder, which shares nothing with ours, also where a text is cut into sections. */
class Utf8ValidatorTest {
    /** Longer than what is checked at once, and by a prime, so that characters stand across every boundary. */
    private static final int LONG = 1031;

    /** Bytes at both sides of every limit in the table of RFC 3629 4. */
    private static final byte[] LIMITS =
            hex("00 41 7f 80 8f 90 9f a0 bf c0 c1 c2 df e0 e1 ec ed ee ef f0 f1 f3 f4 f5 f8 ff");

    /** Ends with which any beginning of a character that has an end becomes whole. */
    private static final byte[][] ENDS = {{}, hex("80"), hex("80 80"), hex("80 80 80"), hex("a0 80"), hex("90 80 80")};

    private final Utf8Validator validator = new Utf8Validator();
    private final CharsetDecoder decoder = UTF_8.newDecoder(); // reports what is malformed
    private final CharBuffer chars = CharBuffer.allocate(2 * LONG);

    @ParameterizedTest
    @CsvSource({
        "E0 80, 1",
        "F5, 0",
        "C0, 0",
        "C1 BF, 0",
        "80, 0",
        "FF, 0",
        "41 ED A0 80, 2",
        "F4 90 80 80, 1",
        "F0 8F BF BF, 1",
        "E2 82 41, 2",
        "F0 9F 98 F0, 3",
        "CE BA E1 BD B9 CF 83 CE BC CE B5 ED A0 80 65, 12"
    })
    void tellsTheFirstByteThatFitsNowhere(String text, int bad) {
        assertEquals(bad, validator.accept(hex(text), 0, hex(text).length));
        assertFalse(validator.complete());
        assertEquals(0, validator.pending());
    }

    @Test
    void agreesWithTheDecoderOnEverySequenceOfOneByteAndOfTwo() {
        for (int first = 0; first < 0x100; first++) {
            agree(new byte[] {(byte) first});
            for (int second = 0; second < 0x100; second++) {
                agree(new byte[] {(byte) first, (byte) second});
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x41, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5})
    void agreesWithTheDecoderOnEverySequenceOfThreeBytesWithThisFirst(int first) {
        for (int rest = 0; rest < 0x10000; rest++) {
            agree(new byte[] {(byte) first, (byte) (rest >> 8), (byte) rest});
        }
    }

    @Test
    void agreesWithTheDecoderOnSequencesOfFourBytesAtTheLimits() {
        for (byte second : LIMITS) {
            for (byte third : LIMITS) {
                for (byte fourth : LIMITS) {
                    for (int first = 0xE0; first < 0xF6; first++) {
                        agree(new byte[] {(byte) first, second, third, fourth});
                    }
                }
            }
        }
    }

    @Test
    void agreesWithTheDecoderOnMutatedText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] text = text(random, random.nextInt(1, 100));
            for (int mutations = random.nextInt(3); mutations > 0; mutations--) {
                text[random.nextInt(text.length)] =
                        random.nextBoolean() ? LIMITS[random.nextInt(LIMITS.length)] : (byte) random.nextInt();
            }
            byte[] cut = Arrays.copyOf(text, random.nextInt(text.length + 1));
            int expected = firstBad(cut);
            assertEquals(expected, whole(cut, random.nextInt(9)), () -> "seed " + seed + ": " + show(cut));
            assertEquals(expected, inSections(cut, random), () -> "seed " + seed + ": " + show(cut));
        }
    }

    @Test
    void agreesWithTheDecoderOnLongMutatedText() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] text = text(random, LONG);
            if (random.nextBoolean()) {
                text[random.nextInt(text.length)] = (byte) random.nextInt();
            }
            int expected = firstBad(text);
            assertEquals(expected, whole(text, random.nextInt(9)), () -> "seed " + seed + ": " + show(text));
            assertEquals(expected, inSections(text, random), () -> "seed " + seed + ": " + show(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"80", "C0", "C2", "E2", "F0", "F5", "FF", "E0 9F", "ED A0", "F0 8F", "F4 90", "E2 82", "F0 9F 98"
            })
    void findsWhatIsBadAnywhereInLongAscii(String bad) {
        byte[] sequence = hex(bad);
        for (int length : new int[] {100, 300, LONG}) {
            for (int at = 0; at <= length - sequence.length; at++) {
                byte[] ascii = new byte[length];
                Arrays.fill(ascii, (byte) 'a');
                System.arraycopy(sequence, 0, ascii, at, sequence.length);
                check(firstBad(ascii), ascii, at);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ü", "ж", "中", "😀", "a😀中ж", "ää中b"})
    void acceptsLongTextCutAnywhere(String character) {
        byte[] text = character.repeat(LONG / character.getBytes(UTF_8).length).getBytes(UTF_8);
        for (int cut = 0; cut <= text.length; cut++) {
            validator.reset();
            assertEquals(-1, validator.accept(text, 0, cut));
            assertEquals(pendingAtEnd(text, cut), validator.pending());
            assertEquals(validator.pending() == 0, validator.complete());
            assertEquals(-1, validator.accept(text, cut, text.length - cut));
            assertTrue(validator.complete());
        }
    }

    @Test
    void looksOnlyAtItsSection() {
        byte[] text = "x😀中ж".repeat(40).getBytes(UTF_8);
        for (int around = 0; around < 20; around++) {
            byte[] larger = new byte[text.length + 2 * around];
            for (int fill : LIMITS) {
                Arrays.fill(larger, (byte) fill);
                System.arraycopy(text, 0, larger, around, text.length);
                validator.reset();
                assertEquals(-1, validator.accept(larger, around, text.length));
                assertTrue(validator.complete());
            }
        }
    }

    @Test
    void anEmptySectionChangesNothing() {
        assertEquals(-1, validator.accept(hex("e4 b8"), 0, 2));
        assertEquals(-1, validator.accept(new byte[0], 0, 0));
        assertEquals(2, validator.pending());
        assertEquals(-1, validator.accept(hex("ad"), 0, 1));
        assertTrue(validator.complete());
    }

    @Test
    void staysInErrorUntilReset() {
        assertEquals(3, validator.accept(hex("41 41 41 ff 41"), 0, 5));
        assertEquals(1, validator.accept(hex("41 41"), 1, 1));
        byte[] ascii = new byte[LONG];
        assertEquals(5, validator.accept(ascii, 5, LONG - 5));
        assertFalse(validator.complete());
        validator.reset();
        assertTrue(validator.complete());
        assertEquals(-1, validator.accept(ascii, 0, LONG));
    }

    /** Compares for a short text, alone and inside a long one, and split at every position. */
    private void agree(byte[] text) {
        int expected = firstBad(text);
        check(expected, text, 0);
        for (int split = 1; split <= text.length; split++) {
            check(expected, text, split);
        }
        byte[] before = "中ж".repeat(26).getBytes(UTF_8);
        byte[] longer = new byte[before.length + text.length + LONG / 4];
        System.arraycopy(before, 0, longer, 0, before.length);
        System.arraycopy(text, 0, longer, before.length, text.length);
        int expectedInside = expected >= 0 ? expected : pendingAtEnd(text, text.length) > 0 ? text.length : -1;
        if (expectedInside >= 0) {
            check(before.length + expectedInside, longer, before.length + text.length / 2);
        } else {
            check(-1, longer, before.length + text.length / 2);
        }
    }

    /** Gives the text in two sections and looks at everything the validator tells. */
    private void check(int expected, byte[] text, int split) {
        validator.reset();
        int found = validator.accept(text, 0, split);
        if (found < 0) {
            int pending = pendingAtEnd(text, split);
            if (validator.pending() != pending || validator.complete() != (pending == 0)) {
                fail(show(text) + " cut at " + split + ": pending " + validator.pending());
            }
            found = validator.accept(text, split, text.length - split);
        }
        if (found != expected) {
            fail(show(text) + " split at " + split + ": expected " + expected + " but was " + found);
        }
        int pending = expected < 0 ? pendingAtEnd(text, text.length) : 0;
        if (validator.pending() != pending || validator.complete() != (expected < 0 && pending == 0)) {
            fail(show(text) + " split at " + split + ": pending " + validator.pending());
        }
    }

    /** Gives the text in one section that lies inside a larger array. */
    private int whole(byte[] text, int offset) {
        byte[] larger = new byte[text.length + offset + 5];
        Arrays.fill(larger, (byte) 0xFF);
        System.arraycopy(text, 0, larger, offset, text.length);
        validator.reset();
        int found = validator.accept(larger, offset, text.length);
        return found < 0 ? found : found - offset;
    }

    private int inSections(byte[] text, Random random) {
        validator.reset();
        int longest = random.nextInt(1, text.length + 2);
        for (int at = 0; at < text.length; ) {
            int length = Math.min(random.nextInt(longest + 1), text.length - at);
            int found = validator.accept(text, at, length);
            if (found >= 0) {
                return found;
            }
            at += length;
        }
        return -1;
    }

    /** The first byte with which no text can begin, by what the decoder takes; -1 if all are well. */
    private int firstBad(byte[] text) {
        int good = decoded(text, text.length, new byte[0]);
        for (int end = good + 1; end <= text.length; end++) {
            boolean fits = false;
            for (byte[] rest : ENDS) {
                fits |= decoded(Arrays.copyOfRange(text, good, end), end - good, rest) == end - good + rest.length;
            }
            if (!fits) {
                return end - 1;
            }
        }
        return -1;
    }

    /** How many bytes of a beginning of the text and then another the decoder takes as whole characters. */
    private int decoded(byte[] text, int length, byte[] then) {
        ByteBuffer bytes = ByteBuffer.allocate(length + then.length);
        bytes.put(text, 0, length).put(then).flip();
        decoder.reset();
        CoderResult result = decoder.decode(bytes, chars.clear(), true);
        assertFalse(result.isOverflow());
        return bytes.position();
    }

    /** How many bytes of valid text stand after the last whole character. */
    private static int pendingAtEnd(byte[] text, int end) {
        for (int back = 1; back <= Math.min(3, end); back++) {
            int b = text[end - back] & 0xFF;
            if (b >= 0xC0) {
                return back < (b < 0xE0 ? 2 : b < 0xF0 ? 3 : 4) ? back : 0;
            }
        }
        return 0;
    }

    /** Characters of one to four bytes in runs of random length, at least so many bytes. */
    private static byte[] text(Random random, int bytes) {
        StringBuilder text = new StringBuilder();
        while (text.length() < bytes) {
            int kind = random.nextInt(5);
            for (int run = random.nextInt(1, random.nextBoolean() ? 3 : 20); run > 0; run--) {
                text.appendCodePoint(
                        switch (kind) {
                            case 0, 1 -> random.nextInt(0x80);
                            case 2 -> random.nextInt(0x80, 0x800);
                            case 3 ->
                                random.nextBoolean() ? random.nextInt(0x800, 0xD800) : random.nextInt(0xE000, 0x10000);
                            default -> random.nextInt(0x10000, 0x110000);
                        });
            }
        }
        return text.toString().getBytes(UTF_8);
    }

    private static String show(byte[] text) {
        return HexFormat.ofDelimiter(" ").formatHex(text);
    }
}
