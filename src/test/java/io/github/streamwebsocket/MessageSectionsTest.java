package io.github.streamwebsocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Where text may be cut. */
class MessageSectionsTest {
    @Test
    void theStartOfACharacterThatGoesOnIsFound() {
        for (String character : new String[] {"a", "é", "€", "😀"}) {
            byte[] bytes = ("x" + character).getBytes(UTF_8);
            for (int length = 1; length <= bytes.length; length++) {
                int expected = length == bytes.length ? 0 : length - 1;
                assertEquals(expected, MessageSections.unfinished(bytes, length), character + " cut at " + length);
            }
        }
        assertEquals(0, MessageSections.unfinished(new byte[0], 0));
        assertEquals(1, MessageSections.unfinished(new byte[] {(byte) 0xF0}, 1));
    }
}
