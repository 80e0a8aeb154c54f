package io.github.streamwebsocket.internal.frame;

import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.Role;
import org.jspecify.annotations.Nullable;

/**
 * Judges the headers of a peer's frames in their order (RFC 6455 5). Pure: keeps only whether a message is under way.
 */
final class FrameRules {
    private static final int PROTOCOL_ERROR = ClosePayload.PROTOCOL_ERROR;

    private final boolean maskExpected;
    private final boolean compression;
    private boolean insideMessage;

    /**
     * Makes the rules for what this end is sent.
     *
     * @param compression whether permessage-deflate was agreed, which gives RSV1 a meaning
     */
    FrameRules(Role role, boolean compression) {
        this.maskExpected = !role.masks();
        this.compression = compression;
    }

    /**
     * Accepts a frame or throws.
     *
     * @return what the frame is
     * @throws WebSocketProtocolException with 1002 when the frame breaks a rule
     */
    Opcode accept(FrameHeader header) throws WebSocketProtocolException {
        @Nullable Opcode opcode = Opcode.of(header.opcodeValue);
        if (opcode == null) { // 5.2
            throw broken("opcode 0, 1, 2, 8, 9 or 10", "reserved opcode " + header.opcodeValue);
        }
        checkReserved(header, opcode);
        if (header.masked != maskExpected) { // 5.1
            throw maskExpected
                    ? broken("a masked frame from a client", "one without a mask")
                    : broken("a frame without a mask from a server", "a masked one");
        }
        checkLength(header);
        if (opcode.control()) {
            checkControl(header, opcode);
        } else {
            checkSequence(header, opcode);
        }
        return opcode;
    }

    /** The bits have a meaning only by an agreed extension (5.2): RSV1 on the first frame of a message (RFC 7692 6). */
    private void checkReserved(FrameHeader header, Opcode opcode) throws WebSocketProtocolException {
        if (header.rsv == 0) {
            return;
        }
        if (!compression) {
            throw broken("reserved bits 000, as no compression was agreed", "reserved bits " + bits(header.rsv));
        }
        if (header.rsv != FrameHeader.RSV1) {
            throw broken("reserved bits 000 or 100", "reserved bits " + bits(header.rsv));
        }
        if (opcode.control() || opcode == Opcode.CONTINUATION) {
            throw broken(
                    "RSV1, which says that a message is compressed, on its first frame only",
                    "RSV1 on a " + opcode + " frame");
        }
    }

    private static void checkLength(FrameHeader header) throws WebSocketProtocolException {
        if (header.payloadLength < 0) { // 5.2: the most significant bit must be 0
            throw broken(
                    "a payload length below 2^63",
                    "a payload length with its top bit set: 0x" + Long.toHexString(header.payloadLength));
        }
        long least = header.extendedLength == 0 ? 0 : header.extendedLength == 2 ? 126 : 0x1_0000;
        if (header.payloadLength < least) { // 5.2: the minimal number of bytes must be used
            throw broken(
                    "a payload length in its shortest form",
                    "length " + header.payloadLength + " in " + header.extendedLength + " extra bytes");
        }
    }

    private static void checkControl(FrameHeader header, Opcode opcode) throws WebSocketProtocolException {
        if (header.payloadLength > FrameHeader.MAX_SHORT_PAYLOAD) { // 5.5
            throw broken(
                    "at most " + FrameHeader.MAX_SHORT_PAYLOAD + " bytes in a control frame",
                    header.payloadLength + " bytes in a " + opcode + " frame");
        }
        if (!header.fin) { // 5.5
            throw broken("a control frame that is not fragmented", "a " + opcode + " frame without fin");
        }
        if (opcode == Opcode.CLOSE && header.payloadLength == 1) { // 5.5.1
            throw broken("a Close frame that is empty or starts with a status code of 2 bytes", "one of 1 byte");
        }
    }

    private void checkSequence(FrameHeader header, Opcode opcode) throws WebSocketProtocolException {
        if (opcode == Opcode.CONTINUATION && !insideMessage) { // 5.4
            throw broken("a frame that starts a message", "a continuation frame with no message under way");
        }
        if (opcode != Opcode.CONTINUATION && insideMessage) { // 5.4
            throw broken("a continuation of the message under way", "a " + opcode + " frame that starts another");
        }
        insideMessage = !header.fin;
    }

    private static String bits(int rsv) {
        return Integer.toBinaryString(8 | rsv).substring(1);
    }

    private static WebSocketProtocolException broken(String expected, String came) {
        return new WebSocketProtocolException(PROTOCOL_ERROR, "expected " + expected + " but was " + came, null);
    }
}
