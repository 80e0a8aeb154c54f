package io.github.streamwebsocket.internal.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSyntaxTest {

    @Test
    void aTokenIsMadeOfTheCharactersOfRfc9110AndNoOthers() {
        String tokens = "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        for (char c = 0; c < 0x200; c++) {
            assertEquals(tokens.indexOf(c) >= 0, HttpSyntax.isToken("a" + c), "U+" + Integer.toHexString(c));
        }
        assertFalse(HttpSyntax.isToken(""));
    }

    @Test
    void aValueHasNoControlCharacterButTab() {
        for (char c = 0; c < 0x200; c++) {
            boolean expected = c == '\t' || (c >= 0x20 && c < 0x7f) || (c >= 0x80 && c <= 0xff);
            assertEquals(expected, HttpSyntax.isValueCharacter(c), "U+" + Integer.toHexString(c));
        }
    }

    @Test
    void aListRunsOverAllLinesAndDropsEmptyMembers() {
        assertEquals(List.of("a", "b c", "d", "e"), HttpSyntax.list(List.of(" a ,, b c\t,", "", "d", ",e")));
        assertEquals(List.of(), HttpSyntax.list(List.of("", " , ,")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Upgrade", "upgrade", "keep-alive, Upgrade", "keep-alive,UPGRADE ,x", ",upgrade"})
    void aListHasAMemberInAnyCase(String value) {
        assertTrue(HttpSyntax.listHas(List.of(value), "upgrade"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "upgraded", "no-upgrade", "up grade", "\"upgrade\"", "keep-alive;upgrade"})
    void aListHasNoPartOfAMember(String value) {
        assertFalse(HttpSyntax.listHas(List.of(value), "upgrade"));
    }

    @Test
    void onlySpacesAndTabsAreTrimmed() {
        assertEquals("a b", HttpSyntax.trim(" \t a b\t "));
        assertEquals("", HttpSyntax.trim(" \t"));
        assertEquals("\u00a0a\u0085", HttpSyntax.trim("\u00a0a\u0085"));
    }
}
