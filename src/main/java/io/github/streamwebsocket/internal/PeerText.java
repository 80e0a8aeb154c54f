package io.github.streamwebsocket.internal;

/** Makes text from the peer fit for a message: quoted, escaped to printable ASCII, and cut. Pure. */
public final class PeerText {
    /** Most characters of escaped text in a message. */
    public static final int LIMIT = 128;

    private static final String CUT = "...";

    private PeerText() {}

    /**
     * Quotes what came, so that it can neither forge lines of a log nor flood it.
     *
     * @param text anything
     * @return the text in double quotes, at most {@link #LIMIT} characters of it, then "..." if there was more
     */
    public static String quote(String text) {
        return '"' + shown(text) + '"';
    }

    /**
     * The same without quotes, for text that stands at the end of a message.
     *
     * @param text anything
     * @return the text, at most {@link #LIMIT} characters of it, then "..." if there was more
     */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), LIMIT) + CUT.length());
        for (int i = 0; i < text.length(); i++) {
            String escaped = escape(text.charAt(i));
            if (shown.length() + escaped.length() > LIMIT) {
                return shown.append(CUT).toString();
            }
            shown.append(escaped);
        }
        return shown.toString();
    }

    private static String escape(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\r' -> "\\r";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            default -> {
                if (c >= 0x20 && c < 0x7f) {
                    yield String.valueOf(c);
                }
                yield c <= 0xff ? String.format("\\x%02x", (int) c) : String.format("\\u%04x", (int) c);
            }
        };
    }
}
