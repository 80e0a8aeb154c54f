package io.github.streamwebsocket.internal.message;

import io.github.streamwebsocket.SocketMessageType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Checks bytes that the application sends as text, section by section. What is refused is the caller's mistake, and must
 * not be sent; the check then goes on as if it had not been given. For one thread at a time.
 */
public final class Utf8Stream {
    /** Lets everything through: for messages that are no text, and text that is UTF-8 for sure. */
    public static final Utf8Stream NONE = new Utf8Stream(null);

    private static final int SECTION = 8192;

    private final @Nullable Utf8Validator validator;
    private final Utf8Validator before = new Utf8Validator();
    private long position;
    private long positionBefore;

    private Utf8Stream(@Nullable Utf8Validator validator) {
        this.validator = validator;
    }

    /** Makes the check for a message of this type. */
    public static Utf8Stream of(SocketMessageType type) {
        return type == SocketMessageType.UTF8 ? new Utf8Stream(new Utf8Validator()) : NONE;
    }

    /** Checks a whole message, which is not consumed. */
    public static void check(ByteBuffer message) {
        of(SocketMessageType.UTF8).accept(message, true);
    }

    /** Checks a whole message. */
    public static void check(byte[] bytes, int offset, int length) {
        Utf8Stream stream = of(SocketMessageType.UTF8);
        stream.accept(bytes, offset, length);
        stream.end();
    }

    /**
     * Checks the next section.
     *
     * @throws IllegalArgumentException if it is not UTF-8
     */
    public void accept(byte[] bytes, int offset, int length) {
        if (validator == null) {
            return;
        }
        mark(validator);
        take(validator, bytes, offset, length);
    }

    private void mark(Utf8Validator now) {
        before.follow(now);
        positionBefore = position;
    }

    private void back(Utf8Validator now) {
        now.follow(before);
        position = positionBefore;
    }

    private void take(Utf8Validator now, byte[] bytes, int offset, int length) {
        int bad = now.accept(bytes, offset, length);
        if (bad >= 0) {
            long place = position + bad - offset;
            back(now);
            throw new IllegalArgumentException("expected UTF-8, as this message is text, but byte " + place + ", 0x"
                    + Integer.toHexString(bytes[bad] & 0xFF) + ", is none that can stand there");
        }
        position += length;
    }

    /**
     * Checks what remains in a buffer, which is not consumed.
     *
     * @param last whether the message ends there
     */
    public void accept(ByteBuffer section, boolean last) {
        if (validator == null) {
            return;
        }
        mark(validator);
        if (section.hasArray()) {
            take(validator, section.array(), section.arrayOffset() + section.position(), section.remaining());
        } else {
            byte[] copy = new byte[Math.min(SECTION, section.remaining())];
            for (int at = section.position(); at < section.limit(); at += copy.length) {
                int count = Math.min(copy.length, section.limit() - at);
                section.get(at, copy, 0, count);
                take(validator, copy, 0, count);
            }
        }
        if (last && !validator.complete()) {
            long length = position;
            back(validator);
            throw unfinished(length);
        }
    }

    /**
     * Notes the end of the message.
     *
     * @throws IllegalArgumentException if it is inside a character
     */
    public void end() {
        if (validator != null && !validator.complete()) {
            throw unfinished(position);
        }
    }

    private static IllegalArgumentException unfinished(long length) {
        return new IllegalArgumentException(
                "expected UTF-8, as this message is text, but it ends inside a character, after " + length + " bytes");
    }
}
