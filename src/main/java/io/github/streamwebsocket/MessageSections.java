package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.connection.MessageSource;
import java.io.IOException;

/**
 * Reads a message into arrays that are kept: small ones at first, as most messages are small, and larger ones while they
 * get filled. A read timeout is waited out. For one thread.
 */
final class MessageSections {
    private static final int LEAST = 1_024;
    private static final int MOST = 65_536;
    private static final int GROWTH = 4;

    /** Takes the sections of a message. */
    @FunctionalInterface
    interface Taker {
        /**
         * Takes a section.
         *
         * @param last whether the message ends with it
         */
        void take(ReceivedBytes section, boolean last);
    }

    private final MessageSource source;
    private final IncomingMessage message;

    MessageSections(MessageSource source, IncomingMessage message) {
        this.source = source;
        this.message = message;
    }

    /** Collects the whole message. */
    ReceivedBytes all() throws IOException {
        ReceivedBytes all = new ReceivedBytes();
        byte[] piece = new byte[LEAST];
        int filled = 0;
        for (int count = read(piece, 0); count >= 0; count = read(piece, filled)) {
            filled += count;
            if (filled == piece.length) {
                all.append(piece, filled);
                piece = new byte[following(filled, filled)];
                filled = 0;
            }
        }
        all.append(piece, filled);
        return all;
    }

    /**
     * Gives the message in sections, as they come. Sections of text end between characters: what has come of the last one
     * goes with the next section.
     */
    void each(Taker taker) throws IOException {
        boolean text = message.type() == SocketMessageType.UTF8;
        byte[] section = new byte[LEAST];
        int filled = 0;
        boolean last = false;
        while (!last) {
            int count = read(section, filled);
            // At its end the message still has to be read to its -1, which takes no waiting.
            last = count < 0 || (source.atEnd() && read(new byte[1], 0) < 0);
            filled += Math.max(0, count);
            int whole = text && !last ? filled - unfinished(section, filled) : filled;
            if (whole > 0 || last) {
                ReceivedBytes bytes = new ReceivedBytes();
                bytes.append(section, whole);
                byte[] next = new byte[last ? 0 : following(section.length, filled)];
                System.arraycopy(section, whole, next, 0, filled - whole);
                filled -= whole;
                section = next;
                taker.take(bytes, last);
            }
        }
    }

    private int read(byte[] buffer, int from) throws IOException {
        while (true) {
            try {
                return message.read(buffer, from, buffer.length - from);
            } catch (WebSocketTimeoutException e) {
                // Nothing is lost, and a silence is no fault of a message.
            }
        }
    }

    private static int following(int size, int filled) {
        return filled == size ? Math.min(MOST, size * GROWTH) : size;
    }

    /** How many bytes at the end are the start of a character that goes on; the text is known to be UTF-8. */
    static int unfinished(byte[] text, int length) {
        for (int back = 1; back <= 3 && back <= length; back++) {
            int value = text[length - back] & 0xFF;
            if (value < 0x80) {
                return 0;
            }
            if (value >= 0xC0) {
                int wanted = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
                return wanted > back ? back : 0;
            }
        }
        return 0;
    }
}
