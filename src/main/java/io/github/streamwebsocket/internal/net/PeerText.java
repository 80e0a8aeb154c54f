package io.github.streamwebsocket.internal.net;

/** Text that came from outside, made fit for a message: printable ASCII, and no longer than a line. */
public final class PeerText {

    /** Most characters of the original that are shown. */
    static final int LIMIT = 128;

    private PeerText() {}

    /** Returns the text escaped and cut at {@value #LIMIT} characters; a cut is marked by three dots. */
    public static String shown(String text) {
        int end = Math.min(text.length(), LIMIT);
        StringBuilder shown = new StringBuilder(end + 3);
        for (int i = 0; i < end; i++) {
            append(shown, text.charAt(i));
        }
        return text.length() > LIMIT ? shown.append("...").toString() : shown.toString();
    }

    /** Everything outside of printable ASCII is escaped: it could steer a terminal, or read like other text. */
    private static void append(StringBuilder shown, char c) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                if (c >= ' ' && c <= '~') {
                    shown.append(c);
                } else {
                    shown.append(String.format("\\u%04x", (int) c));
                }
            }
        }
    }
}
