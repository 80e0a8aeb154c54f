package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LineSplitterTest {
    /** Collects the lines; a part of no byte is none. */
    private static final class Collected implements LineSplitter.Lines {
        private final List<String> lines = new ArrayList<>();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void part(byte[] bytes, int offset, int length) {
            assertTrue(length > 0);
            line.write(bytes, offset, length);
        }

        @Override
        public void end() {
            lines.add(line.toString(StandardCharsets.UTF_8));
            line.reset();
        }
    }

    static Stream<Arguments> inputs() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("\n", List.of("")),
                Arguments.of("\r\n", List.of("")),
                Arguments.of("\r", List.of("\r")),
                Arguments.of("a", List.of("a")),
                Arguments.of("a\n", List.of("a")),
                Arguments.of("a\r\nb\nc", List.of("a", "b", "c")),
                Arguments.of("\n\n\r\n\r\na\n\n", List.of("", "", "", "", "a", "")),
                Arguments.of("a\rb\n", List.of("a\rb")),
                Arguments.of("a\r\r\nb", List.of("a\r", "b")),
                Arguments.of("\r\r\r\n\r", List.of("\r\r", "\r")),
                Arguments.of("a\r", List.of("a\r")),
                Arguments.of("Grüße\r\n😀\n", List.of("Grüße", "😀")));
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void linesAreTheSameWhereverTheirBytesAreCut(String input, List<String> expected) throws IOException {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        for (int first = 0; first <= bytes.length; first++) {
            for (int second = first; second <= bytes.length; second++) {
                Collected collected = new Collected();
                LineSplitter splitter = new LineSplitter(collected);
                take(splitter, bytes, 0, first);
                take(splitter, bytes, first, second);
                take(splitter, bytes, second, bytes.length);
                splitter.end();
                assertEquals(expected, collected.lines, "cut at " + first + " and " + second);
            }
        }
    }

    private static void take(LineSplitter splitter, byte[] bytes, int from, int to) throws IOException {
        splitter.take(Arrays.copyOfRange(bytes, from, to), to - from);
    }

    @Test
    void aLineHasBegunFromItsFirstByteToItsEnd() throws IOException {
        LineSplitter splitter = new LineSplitter(new Collected());
        assertFalse(splitter.inside());
        splitter.take(new byte[] {'\r'}, 1);
        assertTrue(splitter.inside());
        splitter.take(new byte[] {'\n'}, 1);
        assertFalse(splitter.inside());
        splitter.take(new byte[] {'\n', 'a'}, 2);
        assertTrue(splitter.inside());
        splitter.end();
        assertFalse(splitter.inside());
    }
}
