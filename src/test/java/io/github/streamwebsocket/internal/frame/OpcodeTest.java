package io.github.streamwebsocket.internal.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpcodeTest {
    @ParameterizedTest
    @CsvSource({"0,CONTINUATION,false", "1,TEXT,false", "2,BINARY,false", "8,CLOSE,true", "9,PING,true", "10,PONG,true"
    })
    void theCodesAreThoseOfRfc6455(int code, Opcode opcode, boolean control) {
        assertEquals(opcode, Opcode.of(code));
        assertEquals(code, opcode.code());
        assertEquals(control, opcode.control());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
    void aReservedCodeHasNoOpcode(int code) {
        assertNull(Opcode.of(code));
    }

    @Test
    void thereAreNoOthers() {
        assertEquals(6, Opcode.values().length);
    }
}
