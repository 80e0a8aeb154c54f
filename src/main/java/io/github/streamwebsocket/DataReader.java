package io.github.streamwebsocket;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads a message that has been received, or a section of one, as bytes or as text: a small {@code
 * Windows.Storage.Streams.DataReader}. All is in memory, so nothing blocks. For one thread at a time.
 */
public final class DataReader {
    /** The longest array that every JVM makes. */
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final ReceivedBytes.View bytes;

    DataReader(ReceivedBytes.View bytes) {
        this.bytes = bytes;
    }

    /**
     * Returns how much is still to be read.
     *
     * @return the number of bytes; 0 at the end
     */
    public long unconsumedBufferLength() {
        return bytes.remaining();
    }

    /**
     * Reads all that is left as UTF-8.
     *
     * @return the text, "" at the end
     * @throws CharacterCodingException if it is no UTF-8, which a text message always is from its start; nothing is read
     * @throws IllegalStateException if it is more than fits in one array: 2,147,483,639 bytes; nothing is read
     */
    public String readString() throws CharacterCodingException {
        byte[] rest = new byte[checkLeft()];
        ReceivedBytes.View ahead = bytes.copy();
        ahead.read(rest, 0, rest.length);
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(rest))
                .toString();
        bytes.skip(rest.length);
        return text;
    }

    /**
     * Reads all that is left.
     *
     * @return the bytes, in an array of their number
     * @throws IllegalStateException if there are more than fit in one array: 2,147,483,639; nothing is read, and {@code
     *     getDataStream()} or {@link #readBytes(int)} can read them
     */
    public byte[] readBytes() {
        return readBytes(checkLeft());
    }

    private int checkLeft() {
        long left = bytes.remaining();
        if (left > LONGEST_ARRAY) {
            throw new IllegalStateException("expected at most " + LONGEST_ARRAY + " bytes for one array but " + left
                    + " are left: read them in sections, or from getDataStream()");
        }
        return (int) left;
    }

    /**
     * Reads some bytes.
     *
     * @param count how many, from 0
     * @return the bytes, in an array of their number
     * @throws IllegalArgumentException if there are fewer, or count is negative; nothing is read
     */
    public byte[] readBytes(int count) {
        if (count < 0 || count > bytes.remaining()) {
            throw new IllegalArgumentException(
                    "expected a count of 0 to " + bytes.remaining() + ", which are left, but was " + count);
        }
        byte[] section = new byte[count];
        bytes.read(section, 0, count);
        return section;
    }

    /**
     * Reads one byte.
     *
     * @return the byte
     * @throws IllegalStateException at the end
     */
    public byte readByte() {
        int value = bytes.read();
        if (value < 0) {
            throw new IllegalStateException(
                    "expected a byte but all are read: unconsumedBufferLength() tells how many are left");
        }
        return (byte) value;
    }
}
