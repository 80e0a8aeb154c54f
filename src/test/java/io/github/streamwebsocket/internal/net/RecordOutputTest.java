package io.github.streamwebsocket.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RecordOutputTest {
    private static final byte[] ALL = {1, 2, 3};

    /** The writes of the socket. */
    private final List<String> written = new ArrayList<>();

    private final RecordOutput out = new RecordOutput(new OutputStream() {
        @Override
        public void write(int one) {
            throw new AssertionError("expected writes of arrays");
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            written.add(
                    length > 100 ? length + " bytes" : new String(buffer, offset, length, StandardCharsets.US_ASCII));
        }
    });

    /** TLS that makes these records of whatever is written. */
    private OutputStream tls(Step... steps) {
        return new OutputStream() {
            @Override
            public void write(int one) {
                throw new AssertionError("expected writes of arrays");
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                for (Step step : steps) {
                    step.run();
                }
            }
        };
    }

    private interface Step {
        void run() throws IOException;
    }

    private Step record(String record) {
        return () -> {
            out.write(record.getBytes(StandardCharsets.US_ASCII));
            out.flush();
        };
    }

    private Step record(int length) {
        return () -> out.write(new byte[length], 0, length);
    }

    @Test
    void recordsLeaveAtOnce() throws IOException {
        record("one").run();
        record("two").run();
        assertEquals(List.of("one", "two"), written);
    }

    @Test
    void thoseOfOneWriteLeaveTogether() throws IOException {
        out.together(tls(record("one "), record("two "), record("three")), ALL, 0, 3);
        record("four").run();
        assertEquals(List.of("one two three", "four"), written);
    }

    @Test
    void manyLeaveInSeveralWritesInTheirOrder() throws IOException {
        out.together(tls(record("first"), record(60_000), record(10_000), record("last")), ALL, 0, 3);
        assertEquals(List.of("60005 bytes", "10004 bytes"), written);
    }

    @Test
    void whatIsLargerThanAllRoomLeavesBehindWhatWaits() throws IOException {
        out.together(tls(record("first"), record(100_000), record("last")), ALL, 0, 3);
        assertEquals(List.of("first", "100000 bytes", "last"), written);
    }

    @Test
    void recordsThatWereMadeLeaveWhenTlsFails() {
        IOException fault = new IOException("TLS");
        Step failing = () -> {
            throw fault;
        };
        OutputStream tls = tls(record("one "), record("alert"), failing);
        assertSame(fault, assertThrows(IOException.class, () -> out.together(tls, ALL, 0, 3)));
        assertEquals(List.of("one alert"), written);
    }

    @Test
    void anErrorHoldsNothingBack() throws IOException {
        Step failing = () -> {
            throw new OutOfMemoryError("thrown by a test");
        };
        assertThrows(OutOfMemoryError.class, () -> out.together(tls(record("one"), failing), ALL, 0, 3));
        record("two").run();
        assertEquals(List.of("one", "two"), written);
    }

    /** A record that overtook those before it would be taken for a forged one. */
    @Test
    void anAnswerFromInsideAReadOvertakesNothing() throws Exception {
        CountDownLatch oneIsMade = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                oneIsMade.await();
                out.reader(Thread.currentThread());
                record("answer").run();
                out.reader(null);
                answered.countDown();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        Step awaitAnswer = () -> {
            oneIsMade.countDown();
            Await.until("it is answered", () -> answered.getCount() == 0);
        };
        out.together(tls(record("one"), awaitAnswer, record("two")), ALL, 0, 3);
        Await.end(reader);
        assertEquals("one|answer|two", String.join("|", written));
    }

    @Test
    void theArrayIsTheSameWhileItIsBusy() throws IOException {
        KeptArray kept = new KeptArray(10);
        byte[] array = kept.take();
        assertSame(array, kept.take());
        assertEquals(10, array.length);
        Arrays.fill(array, (byte) 1); // holds it up to here
    }
}
