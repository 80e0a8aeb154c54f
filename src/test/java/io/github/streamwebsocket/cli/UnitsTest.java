package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({"0,0", "500ms,500", "10s,10000", "1.5m,90000", "2h,7200000", "3S,3000", "10 s,10000"})
    void timesAreReadWithTheirUnit(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), new Units.DurationConverter().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "1d", "1s2", "1..5s", "999999999999999999h", "PT1S"})
    void otherTimesAreRefused(String text) {
        assertThrows(TypeConversionException.class, () -> new Units.DurationConverter().convert(text));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "65536,65536", "64k,65536", "1KiB,1024", "50MB,50000000", "1GiB,1073741824", "1.5g,1610612736"})
    void sizesAreReadWithTheirUnit(String text, long bytes) {
        assertEquals(bytes, new Units.SizeConverter().convert(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GiB", "-1", "1x", "9999999999TiB"})
    void otherSizesAreRefused(String text) {
        assertThrows(TypeConversionException.class, () -> new Units.SizeConverter().convert(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "999,999 B",
        "1000,0.98 KiB",
        "1024,1.00 KiB",
        "10239,10.0 KiB",
        "1048575,1.00 MiB",
        "50000000,47.7 MiB",
        "536870912,512 MiB",
        "1073741824,1.00 GiB",
        "9223372036854775807,8.00 EiB"
    })
    void sizesAreShownWithThreeDigits(long bytes, String text) {
        assertEquals(text, Units.size(bytes));
    }

    @ParameterizedTest
    @CsvSource({"0,0 ms", "0.0852,85 ms", "0.9999,1.00 s", "4.213,4.21 s", "59.99,1:00", "185,3:05", "3723,1:02:03"})
    void timesAreShownAsTheirSizeAsks(double seconds, String text) {
        assertEquals(text, Units.time(seconds));
    }

    @Test
    void nothingInNoTimeHasNoRate() {
        assertEquals("-", Units.rate(10, 0));
        assertEquals("512 MiB/s", Units.rate(1L << 30, 2));
    }
}
