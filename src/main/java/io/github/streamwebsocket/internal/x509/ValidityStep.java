package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Looks whether each certificate of a path is valid at the time (RFC 5280 6.1.3 (a)(2)). Pure. */
final class ValidityStep {
    private ValidityStep() {}

    static void check(Path path, Instant time, Findings findings) {
        for (int i = 0; i < path.certificates().size(); i++) {
            Certificate certificate = path.certificates().get(i);
            if (!validAt(certificate, time)) {
                String whose = i == 0 ? "" : certificate.shown() + " ";
                findings.add(ChainValidationResult.EXPIRED, whose + when(certificate, time));
            }
        }
    }

    /** Both ends belong to the time of validity, which has whole seconds (RFC 5280 4.1.2.5). */
    static boolean validAt(Certificate certificate, Instant time) {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS);
        return !second.isBefore(certificate.notBefore()) && !second.isAfter(certificate.notAfter());
    }

    private static String when(Certificate certificate, Instant time) {
        return time.isBefore(certificate.notBefore())
                ? "begins " + shown(certificate.notBefore(), time) + ", in " + distance(time, certificate.notBefore())
                : "ended " + shown(certificate.notAfter(), time) + ", " + distance(certificate.notAfter(), time)
                        + " ago";
    }

    /** The date is enough, unless it is today's. */
    private static String shown(Instant date, Instant now) {
        boolean near = Duration.between(date, now).abs().compareTo(Duration.ofDays(1)) < 0;
        return near
                ? date.truncatedTo(ChronoUnit.SECONDS).toString()
                : date.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static String distance(Instant from, Instant to) {
        Duration distance = Duration.between(from, to);
        if (distance.toDays() > 0) {
            return count(distance.toDays(), "day");
        }
        return distance.toHours() > 0
                ? count(distance.toHours(), "hour")
                : count(Math.max(1, distance.toMinutes()), "minute");
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }
}
