package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    @ParameterizedTest
    @CsvSource({"24 80,80", "'50 132\n',132", "0 0,80", "'',-1", "24,-1", "24 x,-1", "24 999999,-1", "a b c,-1"})
    void theSizeIsReadAsSttyPrintsIt(String answer, int columns) {
        assertEquals(columns, Terminal.columns(answer).orElse(-1));
    }
}
