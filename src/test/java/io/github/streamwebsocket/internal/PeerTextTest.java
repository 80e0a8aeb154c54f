package io.github.streamwebsocket.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PeerTextTest {

    @Test
    void printableTextIsShownAsItIs() {
        assertEquals("HTTP/1.1 200 ~OK!", PeerText.shown("HTTP/1.1 200 ~OK!"));
    }

    @Test
    void whatCouldSteerATerminalIsEscaped() {
        assertEquals("a\\x1b[2Jb\\r\\n\\t\\x00\\x7f\\xe4\\u202e", PeerText.shown("a\u001b[2Jb\r\n\t\0\u007fä\u202e"));
    }

    @Test
    void textIsCutBehind128Characters() {
        String fits = "x".repeat(128);
        assertEquals(fits, PeerText.shown(fits));
        assertEquals(fits + "...", PeerText.shown(fits + "y"));
    }

    @Test
    void quotesInTheTextCannotEndTheQuotation() {
        assertEquals("\"a\\\"b\\\\\"", PeerText.quote("a\"b\\"));
    }

    @Test
    void anEscapeIsNotCutInTheMiddle() {
        assertEquals("x".repeat(126) + "...", PeerText.shown("x".repeat(126) + "\u0001"));
    }
}
