package io.github.streamwebsocket.internal.frame;

import io.github.streamwebsocket.SocketMessageType;
import org.jspecify.annotations.Nullable;

/** What a frame is (RFC 6455 5.2, 11.8). */
public enum Opcode {
    CONTINUATION(0x0),
    TEXT(0x1),
    BINARY(0x2),
    CLOSE(0x8),
    PING(0x9),
    PONG(0xA);

    private static final @Nullable Opcode[] BY_CODE = new @Nullable Opcode[16];

    static {
        for (Opcode opcode : values()) {
            BY_CODE[opcode.code] = opcode;
        }
    }

    private final int code;

    Opcode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Control frames are never fragmented and may stand between the fragments of a message (RFC 6455 5.5). */
    public boolean control() {
        return code >= 0x8;
    }

    /** The opcode that begins messages of a type. */
    public static Opcode of(SocketMessageType type) {
        return type == SocketMessageType.UTF8 ? TEXT : BINARY;
    }

    /** The opcode of a code from 0 to 15, null for a reserved one. */
    static @Nullable Opcode of(int code) {
        return BY_CODE[code];
    }
}
