package io.github.streamwebsocket.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** The dates of a certificate, and how far away they are. Pure. */
final class ValidityText {
    /** A certificate that ends with this year has no end (RFC 5280 4.1.2.5). */
    private static final int NO_END = 9999;

    private ValidityText() {}

    /** Returns text such as {@code 2026-01-02 to 2026-04-02, ends in 83 days}. */
    static String of(Instant notBefore, Instant notAfter, Instant now) {
        return date(notBefore) + " to " + date(notAfter) + ", " + distance(notBefore, notAfter, now);
    }

    private static String distance(Instant notBefore, Instant notAfter, Instant now) {
        if (now.isBefore(notBefore)) {
            return "begins in " + amount(Duration.between(now, notBefore));
        }
        if (now.isAfter(notAfter)) {
            return "ended " + amount(Duration.between(notAfter, now)) + " ago";
        }
        return notAfter.atZone(ZoneOffset.UTC).getYear() == NO_END
                ? "never ends"
                : "ends in " + amount(Duration.between(now, notAfter));
    }

    private static String date(Instant instant) {
        return instant.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String amount(Duration time) {
        if (time.toDays() > 0) {
            return amount(time.toDays(), "day");
        }
        return time.toHours() > 0 ? amount(time.toHours(), "hour") : amount(time.toMinutes(), "minute");
    }

    private static String amount(long number, String unit) {
        return String.format(Locale.ROOT, "%,d %s%s", number, unit, number == 1 ? "" : "s");
    }
}
