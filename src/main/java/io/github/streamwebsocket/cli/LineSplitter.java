package io.github.streamwebsocket.cli;

import java.io.IOException;

/**
 * Finds the lines in bytes that stream past. A line ends with LF or CR LF, which are no part of it; what comes behind the
 * last one is a line too, unless it is nothing. Keeps no bytes but one CR, so a line may have any length. In UTF-8 both
 * stand for nothing but themselves, so characters need not be looked at.
 */
final class LineSplitter {
    private static final byte[] CR = {'\r'};

    private final Lines lines;

    /** Something of a line has come, and its end has not. */
    private boolean inside;

    /** The last byte was a CR, which belongs to the line unless LF follows. */
    private boolean returned;

    /** Is told what is in the lines. */
    interface Lines {
        /** Takes a part of the line, at least one byte. */
        void part(byte[] bytes, int offset, int length) throws IOException;

        /** Takes note that the line is at its end. */
        void end() throws IOException;
    }

    LineSplitter(Lines lines) {
        this.lines = lines;
    }

    /** Whether a line has begun that is not at its end. */
    boolean inside() {
        return inside;
    }

    /** Takes the next bytes. */
    void take(byte[] bytes, int length) throws IOException {
        int start = 0;
        for (int at = 0; at < length; at++) {
            if (bytes[at] == '\n') {
                boolean withReturn = at > start ? bytes[at - 1] == '\r' : returned;
                line(bytes, start, withReturn && at > start ? at - 1 : at, withReturn && at == start);
                lines.end();
                inside = false;
                returned = false;
                start = at + 1;
            }
        }
        if (start < length) {
            boolean withReturn = bytes[length - 1] == '\r';
            line(bytes, start, withReturn ? length - 1 : length, false);
            inside = true;
            returned = withReturn;
        }
    }

    /** Hands on a part of a line, and before it the CR that was kept, unless that has turned out to be of the line's end. */
    private void line(byte[] bytes, int from, int to, boolean returnOfEnd) throws IOException {
        if (returned && !returnOfEnd) {
            lines.part(CR, 0, 1);
        }
        if (to > from) {
            lines.part(bytes, from, to - from);
        }
    }

    /** Takes note that no more bytes come. */
    void end() throws IOException {
        if (returned) {
            lines.part(CR, 0, 1);
        }
        if (inside) {
            lines.end();
        }
        inside = false;
        returned = false;
    }
}
