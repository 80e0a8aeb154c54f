package io.github.streamwebsocket.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThroughputTest {
    private static final long MILLISECOND = 1_000_000;

    /** Bytes a millisecond at 100 Mbit/s. */
    private static final int FAST = 12_500;

    private static final int SLOW = FAST / 4;

    /** Far from zero, and such that it overflows on its way. */
    private long now = Long.MAX_VALUE - 1500 * MILLISECOND;

    private final Throughput throughput = new Throughput(now);

    @Test
    void nothingIsKnownBeforeDataHasFlowed() {
        expect(0, 0);
        read(1000);
        expect(0, 0);
    }

    @Test
    void aConstantRateIsThatRateWithoutInstability() {
        flow(3000, FAST);
        expect(100_000_000, 0);
    }

    @Test
    void aMillisecondGivesAFirstEstimateThatTheFirstWindowReplaces() {
        read(FAST);
        now += MILLISECOND / 2;
        read(FAST / 2);
        expect(0, 0);
        now += MILLISECOND / 2;
        read(FAST / 2);
        expect(100_000_000, 0);
        flow(99, SLOW);
        expect(25_750_000, 0);
        flow(2000, SLOW);
        assertTrue(throughput.bitsPerSecond() >= 25_000_000 && throughput.bitsPerSecond() < 25_750_000);
    }

    @Test
    void betweenTwoRatesLieTheMeanAndAnInstability() {
        flow(1001, FAST);
        for (int turn = 0; turn < 20; turn++) {
            flow(100, SLOW);
            flow(100, FAST);
        }
        assertTrue(throughput.bitsPerSecond() > 50_000_000, () -> "mean " + throughput.bitsPerSecond());
        assertTrue(throughput.bitsPerSecond() < 75_000_000, () -> "mean " + throughput.bitsPerSecond());
        assertTrue(throughput.instability() > 25_000_000, () -> "instability " + throughput.instability());
        assertTrue(throughput.instability() < 50_000_000, () -> "instability " + throughput.instability());
    }

    @Test
    void aNewRateIsLearnedAndItsInstabilityForgotten() {
        flow(1001, FAST);
        flow(100, SLOW);
        assertEquals(100_000_000 - 75_000_000 / 8, throughput.bitsPerSecond());
        assertEquals(75_000_000 / 4, throughput.instability());
        flow(10_000, SLOW);
        assertEquals(25_000_000.0, (double) throughput.bitsPerSecond(), 10_000);
        assertEquals(0.0, (double) throughput.instability(), 10_000);
    }

    @Test
    void silenceKeepsTheEstimateAndCountsNowhere() {
        flow(1050, FAST);
        for (int pause = 0; pause < 10; pause++) {
            now += 3_600_000 * MILLISECOND;
            expect(100_000_000, 0);
            flow(130, FAST);
            expect(100_000_000, 0);
        }
    }

    @Test
    void burstsTooShortForAWindowMakeOneTogether() {
        for (int burst = 0; burst < 12; burst++) {
            flow(11, FAST);
            now += 1000 * MILLISECOND;
        }
        expect(100_000_000, 0);
    }

    /** The waits of a slow reader far away: a full send buffer takes nothing for long, then much at once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 99, 101, 2500})
    void aWriteThatWaitsForThePeerIsFlowHoweverLong(int millis) {
        for (int i = 0; i < 1000; i++) {
            long started = now;
            now += millis * MILLISECOND;
            throughput.transferred(millis * FAST, started, now);
        }
        expect(100_000_000, 0);
    }

    /** As it was with a limit of bytes alone: they came together so slowly that each count looked like silence. */
    @ParameterizedTest
    @ValueSource(ints = {50, 500, 5000})
    void aSlowFlowToldInFewBytesIsNoSilenceAlsoBehindAFastOne(int bytesEachTenMillis) {
        flow(1050, FAST);
        int waiting = 0;
        for (int i = 0; i < 6000; i++) {
            now += 10 * MILLISECOND;
            waiting += bytesEachTenMillis;
            if (waiting >= throughput.few()) {
                read(waiting);
                waiting = 0;
            }
        }
        assertEquals(bytesEachTenMillis * 800.0, (double) throughput.bitsPerSecond(), bytesEachTenMillis * 8.0);
    }

    @Test
    void aFastFlowIsToldInManyBytes() {
        flow(10, 50_000);
        assertEquals(16_384, throughput.few());
        now += 200 * MILLISECOND;
        read(1);
        assertEquals(0, throughput.few());
    }

    /** As many milliseconds of reads, one in each. */
    private void flow(int millis, int bytes) {
        for (int i = 0; i < millis; i++) {
            now += MILLISECOND;
            read(bytes);
        }
    }

    private void read(int bytes) {
        throughput.transferred(bytes, now, now);
    }

    private void expect(long bitsPerSecond, long instability) {
        assertEquals(bitsPerSecond, throughput.bitsPerSecond());
        assertEquals(instability, throughput.instability());
    }
}
