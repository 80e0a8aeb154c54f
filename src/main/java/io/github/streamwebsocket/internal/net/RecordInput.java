package io.github.streamwebsocket.internal.net;

import java.io.IOException;
import java.io.InputStream;

/**
 * What TLS reads its records from. TLS asks for the header of each and then for the rest, which are two reads of the
 * socket. Behind a long record, while much more is there, this reads several at once: a read takes longer than the copy
 * it costs. A read that waits holds no memory for that, and where nobody reads on it is at most twice what has come. For
 * one thread at a time.
 */
final class RecordInput extends InputStream {
    /** The largest record of TLS 1.3 with its header (RFC 8446 5.2); in TLS 1.2 there may be larger ones, which nobody makes. */
    static final int RECORD = 16_384 + 256 + 5;

    private static final int RECORDS = 4;
    /** What must be there. */
    private static final int MUCH = RECORDS / 2 * RECORD;
    /** More than a header has, and less than anybody sends in a record who has much to send. */
    private static final int LONG = 4_096;

    private static final int HEADER = 5;
    private static final byte[] NONE = {};

    private final InputStream in;
    private final KeptArray kept = new KeptArray(RECORDS * RECORD);
    private byte[] ahead = NONE;
    private int start;
    private int end;
    /** Whether the record before was long. */
    private boolean busy;

    /** @param in the socket's, with its time limit */
    RecordInput(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        boolean more = busy;
        if (length <= HEADER) {
            busy = false;
        } else if (length >= LONG) {
            busy = true;
        }
        if (start == end && !(length <= HEADER && more && fill())) {
            return in.read(buffer, offset, length);
        }
        int count = Math.min(length, end - start);
        System.arraycopy(ahead, start, buffer, offset, count);
        start += count;
        if (start == end) {
            ahead = NONE;
            start = 0;
            end = 0;
        }
        return count;
    }

    /** Reads ahead, if that is worth it: then it does not wait. */
    private boolean fill() throws IOException {
        if (in.available() < MUCH) {
            return false;
        }
        byte[] array = kept.take();
        int count = in.read(array, 0, array.length);
        if (count <= 0) {
            return false; // which the next read finds too
        }
        ahead = array;
        end = count;
        return true;
    }

    @Override
    public int available() throws IOException {
        return end - start + in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
