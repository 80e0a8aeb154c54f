package io.github.streamwebsocket.internal.message;

import java.nio.charset.StandardCharsets;

/** Text on its way out: UTF-16 that must become UTF-8 without a loss. Pure. */
public final class Utf8Text {
    /** How many characters are encoded at a time. */
    public static final int SECTION = 8192;

    private Utf8Text() {}

    /**
     * Checks that text can be encoded.
     *
     * @throws IllegalArgumentException if there is a surrogate without its other half
     */
    public static void check(CharSequence text) {
        check(text, text.length(), 0);
    }

    /**
     * As {@link #check(CharSequence)}, for the characters in front of {@code end}.
     *
     * @param before how many characters of the whole text come before these, for the index that is told
     */
    public static void check(CharSequence text, int end, long before) {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == end || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw unpaired(c, "at index " + (before + i));
                }
                i++;
            }
        }
    }

    /** What a surrogate without its other half is answered with. */
    public static IllegalArgumentException unpaired(char surrogate, String where) {
        return new IllegalArgumentException("expected text that UTF-8 can carry but was an unpaired surrogate, 0x"
                + Integer.toHexString(surrogate) + ", " + where);
    }

    /** Where a section of text ends that begins at {@code start}: not inside a pair of surrogates. */
    public static int sectionEnd(CharSequence text, int start, int end) {
        int next = Math.min(end, start + SECTION);
        return next < end && Character.isHighSurrogate(text.charAt(next - 1)) ? next - 1 : next;
    }

    /** Encodes text that was checked. */
    public static byte[] encode(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
