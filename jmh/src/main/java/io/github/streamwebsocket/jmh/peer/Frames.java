package io.github.streamwebsocket.jmh.peer;

import java.nio.ByteBuffer;

/** The headers of a server's frames, which are not masked (RFC 6455 5.2). */
final class Frames {
    static final int CONTINUATION = 0;
    static final int BINARY = 2;

    private Frames() {}

    static int headerLength(long payload) {
        return payload < 126 ? 2 : payload < 65_536 ? 4 : 10;
    }

    static void putHeader(ByteBuffer target, boolean fin, int opcode, long payload) {
        target.put((byte) ((fin ? 0x80 : 0) | opcode));
        switch (headerLength(payload)) {
            case 2 -> target.put((byte) payload);
            case 4 -> target.put((byte) 126).putShort((short) payload);
            default -> target.put((byte) 127).putLong(payload);
        }
    }
}
