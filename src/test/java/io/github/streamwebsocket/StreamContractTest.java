package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.testing.InputSubject;
import io.github.streamwebsocket.testing.OutputSubject;
import io.github.streamwebsocket.testing.RawFrames;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What java.io promises of every stream holds for ours; that the JDK's own pass shows that the promises are real. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class StreamContractTest {
    /** All values a byte has. */
    private static final byte[] BYTES = new byte[256];

    static {
        for (int i = 0; i < BYTES.length; i++) {
            BYTES[i] = (byte) i;
        }
    }

    /** Something done with a part of an array. */
    @FunctionalInterface
    private interface PartOf {
        void accept(byte[] array, int offset, int length) throws IOException;
    }

    private static void refusesWrongParts(PartOf action) {
        byte[] ten = new byte[10];
        int[][] wrong = {
            {-1, 1}, {0, -1}, {0, 11}, {10, 1}, {11, 0}, {5, 6}, {1, Integer.MAX_VALUE}, {Integer.MAX_VALUE, 1}
        };
        for (int[] part : wrong) {
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> action.accept(ten, part[0], part[1]),
                    () -> Arrays.toString(part));
        }
        assertThrows(NullPointerException.class, () -> action.accept(null, 0, 1));
    }

    @Nested
    class AnInputStream {
        @ParameterizedTest
        @EnumSource
        void givesEachByteAsANumberUpTo255AndThenItsEndForGood(InputSubject subject) throws Exception {
            try (InputSubject.Opened opened = subject.open(BYTES)) {
                for (int i = 0; i < BYTES.length; i++) {
                    assertEquals(i, opened.in().read());
                }
                assertEquals(-1, opened.in().read());
                assertEquals(-1, opened.in().read(new byte[5]));
                assertEquals(-1, opened.in().read());
            }
        }

        @ParameterizedTest
        @EnumSource
        void thatIsEmptyIsAtItsEnd(InputSubject subject) throws Exception {
            try (InputSubject.Opened opened = subject.open(new byte[0])) {
                assertEquals(-1, opened.in().read());
                assertEquals(0, opened.in().readAllBytes().length);
            }
        }

        @ParameterizedTest
        @EnumSource
        void readsIntoThePartItIsGivenAndNoFurther(InputSubject subject) throws Exception {
            try (InputSubject.Opened opened = subject.open(BYTES)) {
                byte[] buffer = new byte[10];
                Arrays.fill(buffer, (byte) 99);
                int count = opened.in().read(buffer, 4, 3);
                assertTrue(count >= 1 && count <= 3);
                for (int i = 0; i < buffer.length; i++) {
                    assertEquals(i >= 4 && i < 4 + count ? i - 4 : 99, buffer[i]);
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void readsNothingWhenNothingIsWanted(InputSubject subject) throws Exception {
            try (InputSubject.Opened opened = subject.open(BYTES)) {
                assertEquals(0, opened.in().read(new byte[0]));
                assertEquals(0, opened.in().read(new byte[3], 1, 0));
                assertEquals(0, opened.in().read(new byte[3], 3, 0));
                assertEquals(0, opened.in().readNBytes(0).length);
                assertArrayEquals(BYTES, opened.in().readAllBytes());
            }
        }

        @ParameterizedTest
        @EnumSource
        void refusesWrongPartsAndLosesNothingByThat(InputSubject subject) throws Exception {
            try (InputSubject.Opened opened = subject.open(BYTES)) {
                refusesWrongParts(opened.in()::read);
                refusesWrongParts(opened.in()::readNBytes);
                assertThrows(NullPointerException.class, () -> opened.in().read(null));
                assertThrows(NullPointerException.class, () -> opened.in().transferTo(null));
                assertThrows(IllegalArgumentException.class, () -> opened.in().readNBytes(-1));
                assertArrayEquals(BYTES, opened.in().readAllBytes());
            }
        }

        @ParameterizedTest
        @EnumSource
        void readsAllThatIsLeft(InputSubject subject) throws Exception {
            byte[] content = RawFrames.pattern(100_000);
            try (InputSubject.Opened opened = subject.open(content)) {
                assertEquals(content[0], (byte) opened.in().read());
                assertArrayEquals(
                        Arrays.copyOfRange(content, 1, content.length),
                        opened.in().readAllBytes());
                assertEquals(0, opened.in().readAllBytes().length);
            }
        }

        @ParameterizedTest
        @EnumSource
        void readsAsMuchAsIsWantedOrThereIs(InputSubject subject) throws Exception {
            byte[] content = RawFrames.pattern(100_000);
            try (InputSubject.Opened opened = subject.open(content)) {
                assertArrayEquals(Arrays.copyOf(content, 70_000), opened.in().readNBytes(70_000));
                byte[] buffer = new byte[50_000];
                assertEquals(20_000, opened.in().readNBytes(buffer, 1, 20_000));
                assertArrayEquals(Arrays.copyOfRange(content, 70_000, 90_000), Arrays.copyOfRange(buffer, 1, 20_001));
                assertEquals(10_000, opened.in().readNBytes(buffer, 0, 50_000));
                assertEquals(0, opened.in().readNBytes(buffer, 0, 50_000));
                assertEquals(0, opened.in().readNBytes(7).length);
            }
        }

        @ParameterizedTest
        @EnumSource
        void transfersAllThatIsLeft(InputSubject subject) throws Exception {
            byte[] content = RawFrames.pattern(100_000);
            try (InputSubject.Opened opened = subject.open(content)) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                assertEquals(content[0], (byte) opened.in().read());
                assertEquals(content.length - 1, opened.in().transferTo(out));
                assertArrayEquals(Arrays.copyOfRange(content, 1, content.length), out.toByteArray());
                assertEquals(0, opened.in().transferTo(out));
            }
        }

        @ParameterizedTest
        @EnumSource
        void skipsForwardAndNeverBack(InputSubject subject) throws Exception {
            try (InputSubject.Opened opened = subject.open(BYTES)) {
                InputStream in = opened.in();
                assertEquals(0, in.skip(0));
                assertEquals(0, in.skip(-5));
                long skipped = in.skip(10);
                assertTrue(skipped >= 0 && skipped <= 10);
                in.skipNBytes(100 - skipped);
                assertEquals(100, in.read());
                in.skipNBytes(0);
                in.skipNBytes(-3);
                assertEquals(101, in.read());
                in.skipNBytes(154);
                assertThrows(EOFException.class, () -> in.skipNBytes(1));
                assertEquals(0, in.skip(1));
            }
        }

        @ParameterizedTest
        @EnumSource
        void tellsNoMoreAsAvailableThanThereIs(InputSubject subject) throws Exception {
            try (InputSubject.Opened opened = subject.open(BYTES)) {
                int left = BYTES.length;
                while (left > 0) {
                    int available = opened.in().available();
                    assertTrue(available >= 0 && available <= left, available + " of " + left);
                    int wanted = Math.max(1, Math.min(available, 7));
                    int count = opened.in().read(new byte[wanted]);
                    assertTrue(count >= 1 && (available < wanted || count == wanted), count + " of " + wanted);
                    left -= count;
                }
                assertEquals(-1, opened.in().read());
                assertEquals(0, opened.in().available());
            }
        }

        @ParameterizedTest
        @EnumSource
        void thatDoesNotKnowMarksRefusesReset(InputSubject subject) throws Exception {
            try (InputSubject.Opened opened = subject.open(BYTES)) {
                if (opened.in().markSupported()) {
                    opened.in().mark(10);
                    assertEquals(0, opened.in().read());
                    opened.in().reset();
                } else {
                    assertThrows(IOException.class, opened.in()::reset);
                }
                assertEquals(0, opened.in().read());
            }
        }

        @ParameterizedTest
        @EnumSource(names = "ARRAY_OF_THE_JDK", mode = Mode.EXCLUDE)
        void isClosedForGoodAndTwiceWithoutHarm(InputSubject subject) throws Exception {
            try (InputSubject.Opened opened = subject.open(BYTES)) {
                InputStream in = opened.in();
                assertEquals(0, in.read());
                in.close();
                in.close();
                Executable[] uses = {
                    in::read,
                    () -> in.read(new byte[5]),
                    () -> in.read(new byte[5], 1, 2),
                    in::available,
                    in::readAllBytes,
                    () -> in.readNBytes(5),
                    () -> in.skip(1),
                    () -> in.skipNBytes(1),
                    () -> in.transferTo(OutputStream.nullOutputStream())
                };
                for (Executable use : uses) {
                    assertThrows(IOException.class, use);
                }
            }
        }

        @ParameterizedTest
        @EnumSource
        void isClosedAtItsEndWithoutHarm(InputSubject subject) throws Exception {
            try (InputSubject.Opened opened = subject.open(BYTES)) {
                assertArrayEquals(BYTES, opened.in().readAllBytes());
                opened.in().close();
                opened.in().close();
            }
        }
    }

    @Nested
    class AnOutputStream {
        @ParameterizedTest
        @EnumSource
        void writesTheLowEightBitsOfANumber(OutputSubject subject) throws Exception {
            try (OutputSubject.Opened opened = subject.open()) {
                for (int value : new int[] {0, 255, 256, -1, 0x1234, Integer.MIN_VALUE}) {
                    opened.out().write(value);
                }
                assertArrayEquals(new byte[] {0, -1, 0, -1, 0x34, 0}, opened.all());
            }
        }

        @ParameterizedTest
        @EnumSource
        void writesThePartItIsGiven(OutputSubject subject) throws Exception {
            try (OutputSubject.Opened opened = subject.open()) {
                opened.out().write(BYTES, 10, 20);
                opened.out().write(BYTES, 256, 0);
                opened.out().write(new byte[0]);
                opened.out().write(BYTES, 30, 226);
                assertArrayEquals(Arrays.copyOfRange(BYTES, 10, 256), opened.all());
            }
        }

        @ParameterizedTest
        @EnumSource
        void refusesWrongPartsAndWritesNothingOfThem(OutputSubject subject) throws Exception {
            try (OutputSubject.Opened opened = subject.open()) {
                opened.out().write(1);
                refusesWrongParts(opened.out()::write);
                assertThrows(NullPointerException.class, () -> opened.out().write(null));
                opened.out().write(2);
                assertArrayEquals(new byte[] {1, 2}, opened.all());
            }
        }

        @ParameterizedTest
        @EnumSource
        void neitherChangesNorKeepsTheArray(OutputSubject subject) throws Exception {
            try (OutputSubject.Opened opened = subject.open()) {
                ByteArrayOutputStream expected = new ByteArrayOutputStream();
                for (int size : new int[] {1, 100, 65_536, 300_000}) {
                    byte[] content = RawFrames.pattern(size);
                    expected.writeBytes(content);
                    byte[] given = content.clone();
                    opened.out().write(given);
                    assertArrayEquals(content, given);
                    Arrays.fill(given, (byte) 99);
                }
                assertArrayEquals(expected.toByteArray(), opened.all());
            }
        }

        @ParameterizedTest
        @EnumSource
        void keepsTheOrderOfWritesOfAllSizes(OutputSubject subject) throws Exception {
            byte[] content = RawFrames.pattern(500_000);
            try (OutputSubject.Opened opened = subject.open()) {
                int at = 0;
                for (int step = 1; at < content.length; step = step * 3 % 100_003) {
                    opened.out().write(content[at]);
                    int length = Math.min(step, content.length - at - 1);
                    opened.out().write(content, at + 1, length);
                    at += 1 + length;
                }
                assertArrayEquals(content, opened.all());
            }
        }

        @ParameterizedTest
        @EnumSource
        void sendsWhatIsFlushed(OutputSubject subject) throws Exception {
            try (OutputSubject.Opened opened = subject.open()) {
                opened.out().flush();
                opened.out().write(BYTES, 0, 3);
                opened.out().flush();
                opened.out().flush();
                assertArrayEquals(Arrays.copyOf(BYTES, 3), opened.arrived(3));
                opened.out().write(BYTES, 3, 253);
                opened.out().flush();
                assertArrayEquals(BYTES, opened.arrived(256));
                assertArrayEquals(BYTES, opened.all());
            }
        }

        @ParameterizedTest
        @EnumSource
        void ofNothingIsNothing(OutputSubject subject) throws Exception {
            try (OutputSubject.Opened opened = subject.open()) {
                assertEquals(0, opened.all().length);
            }
        }

        @ParameterizedTest
        @EnumSource
        void isClosedForGoodAndTwiceWithoutHarm(OutputSubject subject) throws Exception {
            try (OutputSubject.Opened opened = subject.open()) {
                OutputStream out = opened.out();
                out.close();
                out.close();
                // More than a buffer holds: the JDK's BufferedOutputStream notices its end only when it is full.
                assertThrows(IOException.class, () -> out.write(RawFrames.pattern(70_000)));
                assertEquals(0, opened.afterEnd().length);
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"MESSAGE", "BODY_OF_A_MESSAGE", "TUNNEL"})
        void ofOursNoticesAtOnceThatItIsClosed(OutputSubject subject) throws Exception {
            try (OutputSubject.Opened opened = subject.open()) {
                opened.out().close();
                assertThrows(IOException.class, () -> opened.out().write(1));
                assertThrows(IOException.class, () -> opened.out().write(BYTES));
            }
        }
    }
}
