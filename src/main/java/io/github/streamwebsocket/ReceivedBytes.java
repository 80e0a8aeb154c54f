package io.github.streamwebsocket;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Bytes that were received, kept in the pieces in which they came: there is no array of them all, so they may be more than
 * fit in one, and growing copies nothing. Filled by one thread, and then read by any through views of their own.
 */
final class ReceivedBytes {
    private final List<byte[]> pieces = new ArrayList<>(1);
    private long length;

    /**
     * Appends the first bytes of an array, which is kept.
     *
     * @param count how many; fewer than the array holds in the last piece only
     */
    void append(byte[] piece, int count) {
        if (count > 0) {
            pieces.add(piece);
            length += count;
        }
    }

    long length() {
        return length;
    }

    /** A view of its own, at the start. */
    View view() {
        return new View();
    }

    /** Reads the bytes from their start to their end. Closing it does nothing. For one thread at a time. */
    final class View extends InputStream {
        private long position;
        private int piece;
        /** Where in the piece the next byte is. */
        private int offset;

        private View() {}

        /** Another view at the same place. */
        View copy() {
            View copy = new View();
            copy.position = position;
            copy.piece = piece;
            copy.offset = offset;
            return copy;
        }

        long remaining() {
            return length - position;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] buffer, int from, int count) {
            Objects.checkFromIndexSize(from, count, buffer.length);
            if (count == 0) {
                return 0;
            }
            if (remaining() == 0) {
                return -1;
            }
            int wanted = (int) Math.min(count, remaining());
            int copied = 0;
            while (copied < wanted) {
                byte[] now = pieces.get(piece);
                int section = Math.min(wanted - copied, now.length - offset);
                System.arraycopy(now, offset, buffer, from + copied, section);
                copied += section;
                advance(section, now.length);
            }
            return copied;
        }

        @Override
        public long skip(long count) {
            long wanted = Math.max(0, Math.min(count, remaining()));
            long skipped = 0;
            while (skipped < wanted) {
                int size = pieces.get(piece).length;
                int section = (int) Math.min(wanted - skipped, size - offset);
                skipped += section;
                advance(section, size);
            }
            return wanted;
        }

        private void advance(int count, int size) {
            position += count;
            offset += count;
            if (offset == size) {
                piece++;
                offset = 0;
            }
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, remaining());
        }
    }
}
