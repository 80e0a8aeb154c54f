package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextPageTest {
    @Test
    void textIsBrokenBetweenWordsAndKeepsItsColumn() {
        TextPage page = new TextPage();
        page.add(4, "names", 11, "a".repeat(40) + " " + "b".repeat(24) + " " + "c".repeat(25));
        assertEquals(
                List.of("    names      " + "a".repeat(40) + " " + "b".repeat(24), "               " + "c".repeat(25)),
                page.lines());
    }

    @Test
    void aWordThatIsTooWideStaysWholeToBeCopied() {
        TextPage page = new TextPage();
        page.add("  > ", "    ", "use " + "x".repeat(90) + " now");
        assertEquals(List.of("  > use", "    " + "x".repeat(90), "    now"), page.lines());
    }

    @Test
    void aLineEndStays() {
        TextPage page = new TextPage();
        page.add("  > ", "    ", "do this:\n--now");
        assertEquals(List.of("  > do this:", "    --now"), page.lines());
    }
}
