package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressTextTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private long nanos = 77;
    private final Meter meter = new Meter(() -> nanos);

    private void pass(double seconds, long bytes) {
        nanos += (long) (seconds * 1e9);
        meter.add(bytes);
    }

    @Test
    void aLogLineSaysHowMuchHowFastAndHowLong() {
        ProgressText text = new ProgressText("film.mkv", meter, GIB, false);
        pass(2, 512 * MIB);
        assertEquals("film.mkv: 512 MiB of 1.00 GiB (50%), 256 MiB/s, 0:02 left", text.logLine());
    }

    @Test
    void withoutATotalTheTimeSoFarIsShown() {
        ProgressText text = new ProgressText("standard input", meter, ProgressText.UNKNOWN, true);
        pass(65, 130 * MIB);
        assertEquals("standard input: 130 MiB, 2.00 MiB/s, 1:05 so far", text.logLine());
        assertEquals("standard input   130 MiB  2.00 MiB/s  1:05 so far", text.barLine(80));
    }

    @Test
    void theRateIsThatOfTheLastSeconds() {
        ProgressText text = new ProgressText("f", meter, GIB, false);
        for (int second = 0; second < 20; second++) {
            pass(1, 10 * MIB);
            text.logLine();
        }
        for (int second = 0; second < 10; second++) {
            pass(1, MIB);
            text.logLine();
        }
        assertEquals("f: 210 MiB of 1.00 GiB (20%), 1.00 MiB/s, 13:34 left", text.logLine());
    }

    @Test
    void aTransferThatStandsStillHasNoTimeLeftToTell() {
        ProgressText text = new ProgressText("f", meter, GIB, false);
        pass(3, 0);
        assertEquals("f: 0 B of 1.00 GiB (0%), 0 B/s, 0:03 so far", text.logLine());
    }

    @Test
    void theBarGrowsAndTheNumbersKeepTheirPlaces() {
        ProgressText text = new ProgressText("film.mkv", meter, GIB, false);
        pass(1, 100 * MIB);
        assertEquals(
                "film.mkv  [==                        ]    9%   100 MiB of 1.00 GiB   100 MiB/s   0:09 left",
                text.barLine(90));
        pass(1, 800 * MIB);
        assertEquals(
                "film.mkv  [======================    ]   87%   900 MiB of 1.00 GiB   450 MiB/s   0:00 left",
                text.barLine(90));
        pass(1, 124 * MIB);
        assertTrue(text.barLine(90).contains("[==========================]  100%"));
    }

    @Test
    void aFileThatGrewIsNeverMoreThanAllOfIt() {
        ProgressText text = new ProgressText("f", meter, 10, true);
        pass(1, 25);
        assertTrue(text.barLine(100).contains("━  100%"), text.barLine(100));
        assertTrue(text.logLine().endsWith("0:00 left"), text.logLine());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 40, 60, 79, 200})
    void noLineIsLongerThanTheTerminalIsWide(int columns) {
        ProgressText known = new ProgressText("a name that is longer than a name should ever be", meter, GIB, true);
        ProgressText unknown = new ProgressText("standard input", meter, ProgressText.UNKNOWN, true);
        pass(100_000, 3 * MIB);
        assertTrue(known.barLine(columns).length() <= columns);
        assertTrue(unknown.barLine(columns).length() <= columns);
    }
}
