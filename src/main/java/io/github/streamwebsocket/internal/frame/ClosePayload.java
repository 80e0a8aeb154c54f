package io.github.streamwebsocket.internal.frame;

import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.Role;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * What a Close frame says (RFC 6455 5.5.1, 7.4). Pure.
 *
 * @param code the status code; {@link #NO_CODE} when the frame is empty
 * @param reason the reason, "" when there is none
 */
public record ClosePayload(int code, String reason) {
    public static final int NORMAL = 1000;
    public static final int PROTOCOL_ERROR = 1002;
    /** Stands for "the frame had no code" and is never sent (RFC 6455 7.4.1). */
    public static final int NO_CODE = 1005;

    public static final int MALFORMED_DATA = 1007;
    public static final int INTERNAL_ERROR = 1011;

    /** RFC 6455 5.5: a control frame has 125 bytes at most, 2 of them for the code. */
    public static final int MAX_REASON_BYTES = 123;

    public static final ClosePayload EMPTY = new ClosePayload(NO_CODE, "");

    /**
     * Reads what the peer's Close frame says. The frame rules have refused a payload of one byte before.
     *
     * @throws WebSocketProtocolException 1002 for a code that must not be on the wire, 1007 for a reason that is not UTF-8
     */
    public static ClosePayload decode(byte[] payload) throws WebSocketProtocolException {
        if (payload.length == 0) {
            return EMPTY;
        }
        int code = (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
        if (!onTheWire(code)) {
            throw new WebSocketProtocolException(
                    PROTOCOL_ERROR, "expected a close code of 1000-1003, 1007-1014 or 3000-4999 but was " + code, null);
        }
        try {
            CharBuffer reason =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload, 2, payload.length - 2));
            return new ClosePayload(code, reason.toString());
        } catch (CharacterCodingException e) {
            throw new WebSocketProtocolException(
                    MALFORMED_DATA, "expected a close reason in UTF-8 but it is malformed", e);
        }
    }

    /**
     * Checks what the user wants to close with.
     *
     * @throws IllegalArgumentException for a code this role must not send, or a reason that is too long or no text
     */
    public static ClosePayload ofUser(int code, String reason, Role role) {
        if (!onTheWire(code)) {
            throw new IllegalArgumentException(
                    "expected a close code of 1000-1003, 1007-1014 or 3000-4999 but was " + code);
        }
        if (code == 1010 && role == Role.SERVER) { // 7.4.1: a client misses an extension
            throw new IllegalArgumentException("expected a close code a server may send but was 1010");
        }
        byte[] utf8 = utf8(reason);
        if (utf8.length > MAX_REASON_BYTES) {
            throw new IllegalArgumentException("expected a close reason of at most " + MAX_REASON_BYTES
                    + " bytes in UTF-8 but was " + utf8.length);
        }
        return new ClosePayload(code, reason);
    }

    /** The payload as it goes on the wire. */
    public byte[] encode() {
        if (code == NO_CODE) {
            return new byte[0];
        }
        byte[] text = utf8(reason);
        byte[] payload = new byte[2 + text.length];
        payload[0] = (byte) (code >> 8);
        payload[1] = (byte) code;
        System.arraycopy(text, 0, payload, 2, text.length);
        return payload;
    }

    /** Whether the frame stands for an end in good order: everything the peer had to say was said. */
    public boolean clean() {
        return code == NORMAL || code == NO_CODE;
    }

    private static boolean onTheWire(int code) {
        return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
    }

    private static byte[] utf8(String reason) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(reason));
            byte[] encoded = new byte[bytes.remaining()];
            bytes.get(encoded);
            return encoded;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    "expected a close reason that is text but it has an unpaired surrogate", e);
        }
    }
}
