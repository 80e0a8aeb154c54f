package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionListTest {
    /** Columns: the header's lines, separated by "|", and what they come to, one extension after the other. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "foo# [foo]",
                "foo; bar; baz=2# [foo; bar; baz=2]",
                "deflate-stream# [deflate-stream]",
                "mux; max-channels=4; flow-control, deflate-stream# [mux; max-channels=4; flow-control][deflate-stream]",
                "private-extension# [private-extension]",
                "foo|bar; baz=2# [foo][bar; baz=2]",
                "foo, bar; baz=2# [foo][bar; baz=2]",
                "foo; a=1, foo; b, foo# [foo; a=1][foo; b][foo]",
                "foo; a; a; b=1; b=2# [foo; a; a; b=1; b=2]",
                "foo;a=\"10\"# [foo; a=10]",
                "foo;a=\"\\1\\0\";b# [foo; a=10; b]",
                "foo;a=\"x\",bar;b=\"y\"# [foo; a=x][bar; b=y]",
                "`  foo \t;\t a =  1 ,bar;b = \"2\" ; c  `# [foo; a=1][bar; b=2; c]",
                "``# ``",
                "|# ``",
                ",foo,, ,bar,|,|foo# [foo][bar][foo]",
                "FOO; Bar=Baz# [FOO; Bar=Baz]",
            })
    void aHeaderIsTakenApart(String lines, String extensions) throws Exception {
        assertEquals(extensions, parsed(lines.split("\\|", -1)));
    }

    /** Columns: the header, and what the message says is expected, where, and what came. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                ";# the name of an extension at index 0 of Sec-WebSocket-Extensions but was \";\"",
                "=a# the name of an extension at index 0 of Sec-WebSocket-Extensions but was \"=a\"",
                "\"foo\"# the name of an extension at index 0 of Sec-WebSocket-Extensions but was \"\\\"foo\\\"\"",
                "foo bar# \";\" or \",\" at index 4 of Sec-WebSocket-Extensions but was \"bar\"",
                "foo/1# \";\" or \",\" at index 3 of Sec-WebSocket-Extensions but was \"/1\"",
                "foo=1# \";\" or \",\" at index 3 of Sec-WebSocket-Extensions but was \"=1\"",
                "foo;# the name of a parameter at index 4 of Sec-WebSocket-Extensions but it ends there",
                "foo; ,bar# the name of a parameter at index 5 of Sec-WebSocket-Extensions but was \",bar\"",
                "foo;;a# the name of a parameter at index 4 of Sec-WebSocket-Extensions but was \";a\"",
                "foo;\u00e4# the name of a parameter at index 4 of Sec-WebSocket-Extensions but was \"\\xe4\"",
                "foo;a=# the value of a parameter at index 6 of Sec-WebSocket-Extensions but it ends there",
                "foo;a=;b# the value of a parameter at index 6 of Sec-WebSocket-Extensions but was \";b\"",
                "foo;a==1# the value of a parameter at index 6 of Sec-WebSocket-Extensions but was \"=1\"",
                "foo;a=1 2# \";\" or \",\" at index 8 of Sec-WebSocket-Extensions but was \"2\"",
                "foo;a=1=2# \";\" or \",\" at index 7 of Sec-WebSocket-Extensions but was \"=2\"",
                "foo;a=1\"2\"# \";\" or \",\" at index 7 of Sec-WebSocket-Extensions but was \"\\\"2\\\"\"",
                "foo;a=\"\"# a token between the quotes at index 7 of Sec-WebSocket-Extensions but was \"\\\"\"",
                "foo;a=\" 1\"# a token between the quotes at index 7 of Sec-WebSocket-Extensions but was \" 1\\\"\"",
                "foo;a=\"1 \"# a token between the quotes at index 8 of Sec-WebSocket-Extensions but was \" \\\"\"",
                "foo;a=\"1,2\"# a token between the quotes at index 8 of Sec-WebSocket-Extensions but was \",2\\\"\"",
                "foo;a=\"1;2\"# a token between the quotes at index 8 of Sec-WebSocket-Extensions but was \";2\\\"\"",
                "foo;a=\"\\\"\"# a token between the quotes at index 8 of Sec-WebSocket-Extensions but was \"\\\"\\\"\"",
                "foo;a=\"1\\# a token between the quotes at index 9 of Sec-WebSocket-Extensions but it ends there",
                "foo;a=\"# a closing quote at index 7 of Sec-WebSocket-Extensions but it ends there",
                "foo;a=\"1# a closing quote at index 8 of Sec-WebSocket-Extensions but it ends there",
                "foo;a=\"1\"2# \";\" or \",\" at index 9 of Sec-WebSocket-Extensions but was \"2\"",
            })
    void aHeaderThatIsNoListOfExtensionsIsAnErrorThatSaysWhere(String line, String message) {
        MalformedHeadException e =
                assertThrows(MalformedHeadException.class, () -> ExtensionList.parse(List.of("foo", line)));
        assertEquals("expected " + message, e.getMessage());
        assertEquals(400, e.answer());
    }

    @Test
    void everyTokenCharacterMayStandInANameAndAValue() throws Exception {
        String token = "!#$%&'*+-.^_`|~09azAZ";
        assertEquals(
                List.of(new Extension(token, List.of(new Extension.Parameter(token, token)))),
                ExtensionList.parse(List.of(token + ";" + token + "=\"" + token + "\"")));
    }

    @Test
    void aParameterWithoutValueDiffersFromAnyWithOne() throws Exception {
        assertNull(ExtensionList.parse(List.of("foo; a"))
                .get(0)
                .parameters()
                .get(0)
                .value());
    }

    @Test
    void noHeaderIsNoExtension() throws Exception {
        assertEquals(List.of(), ExtensionList.parse(List.of()));
    }

    @Test
    void anExtensionIsNotContinuedOnTheNextLine() {
        assertThrows(MalformedHeadException.class, () -> ExtensionList.parse(List.of("foo", "; a")));
    }

    @Test
    void moreThanAnybodyOffersIsRefused() throws Exception {
        int most = ExtensionList.MAX_MEMBERS;
        assertEquals(most, ExtensionList.parse(List.of("a,".repeat(most))).size());
        assertEquals(
                1, ExtensionList.parse(List.of("a" + ";b=1".repeat(most - 1))).size());
        for (List<String> beyond : List.of(
                List.of("a,".repeat(most), "a"), List.of("a" + ";b=1".repeat(most)), List.of("a;b,".repeat(most)))) {
            MalformedHeadException e = assertThrows(MalformedHeadException.class, () -> ExtensionList.parse(beyond));
            assertEquals(
                    "expected at most 256 extensions and parameters in Sec-WebSocket-Extensions but there are more",
                    e.getMessage());
        }
    }

    /** With the square of its length in steps, each of these would take hours. */
    @ParameterizedTest
    @ValueSource(strings = {",", " ", " ,", "a", "\\", "\"", "a\"", "\\a"})
    @Timeout(20)
    void aHugeHeaderCostsNoMoreThanItsLength(String unit) throws Exception {
        String filler = unit.repeat(4_000_000);
        for (String start : List.of("", "a;", "a;b=", "a;b=\"", "a;b=c")) {
            try {
                ExtensionList.parse(List.of(start + filler));
            } catch (MalformedHeadException e) {
                assertTrue(e.getMessage().length() < 300, e.getMessage());
            }
        }
    }

    private static String parsed(String... lines) throws MalformedHeadException {
        return ExtensionList.parse(List.of(lines)).stream()
                .map(extension -> "[" + extension + "]")
                .collect(Collectors.joining());
    }
}
