package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.internal.message.Utf8Text;
import java.io.IOException;
import java.io.Writer;
import java.nio.CharBuffer;
import java.util.Objects;

/**
 * A text message as its body sees it: takes UTF-16 and sends UTF-8. A pair of surrogates may come in two writes; what has
 * no other half is refused before any of its write leaves. Ended by the body's return. For one thread at a time.
 */
final class TextOutput extends Writer {
    private final MessageOutput message;
    /** The first half of a pair whose second has not come; 0 if there is none. */
    private char half;

    /** How many characters were written, the half of a pair not counted. */
    private long written;

    private boolean closed;

    TextOutput(MessageOutput message) {
        this.message = message;
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, text.length);
        append(CharBuffer.wrap(text, offset, length));
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, text.length());
        append(text, offset, offset + length);
    }

    @Override
    public void write(int value) throws IOException {
        append((char) value);
    }

    @Override
    public TextOutput append(char value) throws IOException {
        return append(String.valueOf(value));
    }

    @Override
    public TextOutput append(CharSequence text, int start, int end) throws IOException {
        return append(text.subSequence(start, end));
    }

    @Override
    public TextOutput append(CharSequence text) throws IOException {
        if (closed) {
            throw Faults.ended("writer", "closed");
        }
        message.checkOpen();
        if (text.isEmpty()) {
            return this;
        }
        CharSequence whole = half == 0 ? text : half + text.toString();
        int end = whole.length();
        if (Character.isHighSurrogate(whole.charAt(end - 1))) {
            end--;
        }
        Utf8Text.check(whole, end, written);
        half = end < whole.length() ? whole.charAt(end) : 0;
        for (int start = 0; start < end; ) {
            int next = Utf8Text.sectionEnd(whole, start, end);
            byte[] bytes = Utf8Text.encode(whole.subSequence(start, next));
            message.write(bytes, 0, bytes.length);
            written += next - start;
            start = next;
        }
        return this;
    }

    @Override
    public void flush() throws IOException {
        if (!closed) {
            message.flush();
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    /** The body has returned. */
    void end() {
        if (half != 0) {
            throw Utf8Text.unpaired(half, "at the end of the text");
        }
    }
}
