package io.github.streamwebsocket.internal.message;

/**
 * Says whether the bytes of a text message are UTF-8 (RFC 3629) while they stream past, in sections that may end inside
 * a character, and which byte is the first that is not. Pure. For one thread at a time.
 */
public final class Utf8Validator {
    /** How many bytes of the character under way are still to come; -1 after an error. */
    private int missing;

    /** How many bytes of the character under way have come. */
    private int begun;

    /** What the next byte of the character under way may be. */
    private int lowest;

    private int highest;

    /**
     * Checks the next section.
     *
     * @return -1 when all is well so far; otherwise the index in {@code bytes} of the first byte with which no valid text
     *     can begin any more, which after an error is {@code offset} until {@link #reset()}
     */
    public int accept(byte[] bytes, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (!step(bytes[i] & 0xFF)) {
                return i;
            }
        }
        return -1;
    }

    /** Takes the next byte by the table of RFC 3629 4. Returns false when it fits nowhere. */
    private boolean step(int b) {
        if (missing > 0 && b >= lowest && b <= highest) {
            missing--;
            begun = missing == 0 ? 0 : begun + 1;
            lowest = 0x80;
            highest = 0xBF;
            return true;
        }
        boolean lead = missing == 0 && (b < 0x80 || (b >= 0xC2 && b <= 0xF4));
        missing = !lead ? -1 : b < 0x80 ? 0 : b < 0xE0 ? 1 : b < 0xF0 ? 2 : 3;
        begun = missing > 0 ? 1 : 0;
        lowest = b == 0xE0 ? 0xA0 : b == 0xF0 ? 0x90 : 0x80; // no longer form than needed
        highest = b == 0xED ? 0x9F : b == 0xF4 ? 0x8F : 0xBF; // no surrogate, nothing above U+10FFFF
        return lead;
    }

    /** Whether the text may end here: there was no error and no character is unfinished. */
    public boolean complete() {
        return missing == 0;
    }

    /** How many bytes (0 to 3) of an unfinished character stand at the end of what was accepted; 0 after an error. */
    public int pending() {
        return begun;
    }

    /** Starts again, for the next message. */
    public void reset() {
        missing = 0;
        begun = 0;
    }
}
