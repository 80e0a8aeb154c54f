package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.Headers;
import java.util.Arrays;
import java.util.List;

/**
 * The start of a refusal's body, by the length its head gives it (RFC 9112 6.3): none, so many bytes, chunks, or to the
 * end of the connection. Pure: is fed bytes as they come. What is malformed ends the body: it is shown to people as far
 * as it could be read, and nothing behind it is wanted.
 */
final class ResponseBody {
    private static final long UNTIL_END = Long.MAX_VALUE;

    /** Most hexadecimal digits of a chunk's size; more could not be counted in a long. */
    private static final int MAX_SIZE_DIGITS = 15;

    private enum State {
        /** Bytes of the body; {@link #remaining} of them, or of this chunk. */
        DATA,
        /** The line end behind a chunk's bytes. */
        DATA_END,
        /** The digits of a chunk's size. */
        SIZE,
        /** What else stands on the line of the size, which means nothing to us. */
        SIZE_END,
        COMPLETE
    }

    private final byte[] bytes;
    private final boolean chunked;
    private State state;
    private int length;
    private long remaining;
    private int sizeDigits;

    /**
     * @param limit how many bytes are wanted
     */
    ResponseBody(int code, Headers headers, int limit) {
        bytes = new byte[limit];
        List<String> encodings = HttpSyntax.list(headers.all("Transfer-Encoding"));
        boolean none = code < 200 || code == 204 || code == 304;
        chunked = !encodings.isEmpty() && encodings.get(encodings.size() - 1).equalsIgnoreCase("chunked");
        remaining = encodings.isEmpty() ? contentLength(headers) : UNTIL_END;
        if (none || remaining == 0) {
            state = State.COMPLETE;
        } else {
            state = chunked ? State.SIZE : State.DATA;
        }
    }

    private static long contentLength(Headers headers) {
        List<String> values = headers.all("Content-Length");
        boolean number = values.size() == 1 && values.get(0).matches("[0-9]{1,18}");
        return number ? Long.parseLong(values.get(0)) : UNTIL_END;
    }

    void feed(byte[] buffer, int offset, int count) {
        int end = offset + count;
        int position = offset;
        while (position < end && !complete()) {
            if (state == State.DATA) {
                int taken = (int) Math.min(Math.min(remaining, end - position), bytes.length - length);
                System.arraycopy(buffer, position, bytes, length, taken);
                length += taken;
                position += taken;
                remaining -= taken;
                endData();
            } else {
                takeFraming(buffer[position++] & 0xff);
            }
        }
    }

    /** Whether all that is wanted is here. */
    boolean complete() {
        return state == State.COMPLETE;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void endData() {
        if (length == bytes.length) {
            state = State.COMPLETE;
        } else if (remaining == 0) {
            state = chunked ? State.DATA_END : State.COMPLETE;
        }
    }

    private void takeFraming(int c) {
        switch (state) {
            case DATA_END -> {
                if (c == '\n') {
                    state = State.SIZE;
                    remaining = 0;
                    sizeDigits = 0;
                } else if (c != '\r') {
                    state = State.COMPLETE;
                }
            }
            case SIZE -> takeSize(c);
            case SIZE_END -> {
                if (c == '\n') {
                    state = remaining == 0 ? State.COMPLETE : State.DATA;
                }
            }
            default -> throw new IllegalStateException("expected a state of framing but was " + state);
        }
    }

    private void takeSize(int c) {
        int digit = Character.digit(c, 16);
        if (digit >= 0 && sizeDigits < MAX_SIZE_DIGITS) {
            remaining = (sizeDigits == 0 ? 0 : remaining * 16) + digit;
            sizeDigits++;
        } else if (sizeDigits > 0 && (c == '\r' || c == ';' || HttpSyntax.isBlank(c))) {
            state = State.SIZE_END;
        } else {
            state = State.COMPLETE;
        }
    }
}
