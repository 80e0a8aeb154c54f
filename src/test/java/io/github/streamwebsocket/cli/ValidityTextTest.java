package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityTextTest {
    private static final Instant FROM = Instant.parse("2026-01-02T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-04-02T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2020-01-01T00:00:00Z, 'begins in 2,193 days'",
        "2026-01-01T00:00:00Z, begins in 1 day",
        "2026-01-01T23:58:59Z, begins in 1 minute",
        "2026-01-02T00:00:00Z, ends in 90 days",
        "2026-03-31T23:00:00Z, ends in 1 day",
        "2026-04-01T00:00:01Z, ends in 23 hours",
        "2026-04-02T00:00:00Z, ends in 0 minutes",
        "2026-04-02T00:00:01Z, ended 0 minutes ago",
        "2026-04-02T05:00:00Z, ended 5 hours ago",
        "2027-02-20T00:00:00Z, ended 324 days ago"
    })
    void theDistanceIsToldInDaysUnlessItIsLess(Instant now, String distance) {
        assertEquals("2026-01-02 to 2026-04-02, " + distance, ValidityText.of(FROM, UNTIL, now));
    }

    @Test
    void whatHasNoEndNeverEnds() {
        Instant never = Instant.parse("9999-12-31T23:59:59Z");
        assertEquals("2026-01-02 to 9999-12-31, never ends", ValidityText.of(FROM, never, UNTIL));
    }
}
