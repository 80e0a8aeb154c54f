package io.github.streamwebsocket.internal.net;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads as TLS does: the header of each record, then the rest of it. */
class RecordInputTest {
    private static final int HEADER = 5;
    private static final int LARGEST = RecordInput.RECORD - HEADER;

    /** Bytes as a socket gives them, of which some are there and the others come when they are waited for. */
    private static final class Source extends InputStream {
        private final ByteArrayInputStream bytes;
        private final List<Integer> asked = new ArrayList<>();
        private int there;
        private int timeouts;

        Source(byte[] bytes, int there) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.there = there;
        }

        @Override
        public int read() {
            throw new AssertionError("expected reads into arrays");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (timeouts > 0) {
                timeouts--;
                throw new SocketTimeoutException();
            }
            asked.add(length);
            int count = bytes.read(buffer, offset, there > 0 ? Math.min(there, length) : length);
            there = Math.max(0, there - count);
            return count;
        }

        @Override
        public int available() {
            return there;
        }
    }

    private final byte[] sent = new byte[40 * RecordInput.RECORD];
    private final ByteArrayOutputStream come = new ByteArrayOutputStream();

    RecordInputTest() {
        new Random(1).nextBytes(sent);
    }

    private void readRecord(InputStream in, int length) throws IOException {
        readFully(in, HEADER);
        readFully(in, length);
    }

    private void readFully(InputStream in, int length) throws IOException {
        byte[] part = new byte[length];
        for (int done = 0; done < length; ) {
            int count = in.read(part, done, length - done);
            assertTrue(count > 0, () -> "read " + count);
            done += count;
        }
        come.write(part);
    }

    private void assertAllHasCome() {
        byte[] expected = new byte[come.size()];
        System.arraycopy(sent, 0, expected, 0, expected.length);
        assertArrayEquals(expected, come.toByteArray());
    }

    @Test
    void behindALongRecordSeveralComeInOneRead() throws IOException {
        Source source = new Source(sent, sent.length);
        RecordInput in = new RecordInput(source);
        for (int i = 0; i < 9; i++) {
            readRecord(in, LARGEST);
        }
        assertEquals(List.of(HEADER, LARGEST, 4 * RecordInput.RECORD, 4 * RecordInput.RECORD), source.asked);
        assertAllHasCome();
    }

    /** What is waited for is asked for as it is, so that nothing is held meanwhile. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_096, 2 * RecordInput.RECORD - 1})
    void whereLittleIsThereNothingIsReadAhead(int there) throws IOException {
        Source source = new Source(sent, HEADER + LARGEST + there);
        RecordInput in = new RecordInput(source);
        readRecord(in, LARGEST);
        assertEquals(there, in.available());
        readFully(in, HEADER);
        assertEquals(HEADER, source.asked.get(2));
        assertAllHasCome();
    }

    @Test
    void behindAShortRecordNothingIsReadAhead() throws IOException {
        Source source = new Source(sent, sent.length);
        RecordInput in = new RecordInput(source);
        for (int i = 0; i < 4; i++) {
            readRecord(in, 100);
        }
        assertEquals(List.of(HEADER, 100, HEADER, 100, HEADER, 100, HEADER, 100), source.asked);
        assertAllHasCome();
    }

    @Test
    void recordsOfAllLengthsComeAsTheyWereSent() throws IOException {
        Random random = new Random(2);
        Source source = new Source(sent, 0);
        RecordInput in = new RecordInput(source);
        while (come.size() + RecordInput.RECORD < sent.length) {
            source.there = random.nextInt(3) == 0 ? random.nextInt(100_000) : 0;
            source.there = Math.min(source.there, source.bytes.available());
            readRecord(in, random.nextBoolean() ? LARGEST : 1 + random.nextInt(LARGEST));
        }
        assertAllHasCome();
    }

    @Test
    void aTimeoutLosesNothing() throws IOException {
        int there = 2 * RecordInput.RECORD + 100;
        Source source = new Source(sent, HEADER + LARGEST + there);
        RecordInput in = new RecordInput(source);
        readRecord(in, LARGEST);
        source.timeouts = 1;
        assertThrows(SocketTimeoutException.class, () -> in.read(new byte[HEADER], 0, HEADER));
        readRecord(in, LARGEST);
        readRecord(in, LARGEST);
        readFully(in, HEADER);
        byte[] rest = new byte[LARGEST];
        int count = in.read(rest, 0, LARGEST); // what was read ahead
        assertEquals(100 - HEADER, count);
        come.write(rest, 0, count);
        source.timeouts = 1;
        assertThrows(SocketTimeoutException.class, () -> in.read(rest, count, LARGEST - count));
        readFully(in, LARGEST - count);
        assertAllHasCome();
    }

    @Test
    void theEndIsTheEnd() throws IOException {
        Source source = new Source(new byte[HEADER + LARGEST], 0);
        RecordInput in = new RecordInput(source);
        readRecord(in, LARGEST);
        assertEquals(-1, in.read(new byte[HEADER], 0, HEADER));
        assertEquals(-1, in.read());
    }
}
