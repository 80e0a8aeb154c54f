package io.github.streamwebsocket.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes, times and rates as people write and read them. KiB, MiB and GiB are powers of 1024. */
final class Units {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18})(?:\\.(\\d{1,6}))?\\s*([A-Za-z]*)");
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);
    private static final Map<String, Long> BYTES = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("k", 1L << 10),
            Map.entry("kib", 1L << 10),
            Map.entry("kb", 1_000L),
            Map.entry("m", 1L << 20),
            Map.entry("mib", 1L << 20),
            Map.entry("mb", 1_000_000L),
            Map.entry("g", 1L << 30),
            Map.entry("gib", 1L << 30),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("t", 1L << 40),
            Map.entry("tib", 1L << 40),
            Map.entry("tb", 1_000_000_000_000L));

    private Units() {}

    /** Reads {@code 500ms}, {@code 10s}, {@code 1.5m}, {@code 1h} or {@code 0}. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (text.equals("0")) {
                return Duration.ZERO;
            }
            String expected = "expected a time such as 500ms, 10s or 2m but was '" + text + "'";
            return Duration.ofMillis(amount(text, MILLIS, expected));
        }
    }

    /** Reads {@code 1GiB}, {@code 50MB}, {@code 64k} or a plain number of bytes. */
    static final class SizeConverter implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return amount(text, BYTES, "expected a size such as 1GiB, 50MB or 65536 but was '" + text + "'");
        }
    }

    private static long amount(String text, Map<String, Long> units, String expected) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException(expected);
        }
        Long unit = units.get(matcher.group(3).toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw new TypeConversionException(expected);
        }
        try {
            long whole = Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
            String fraction = matcher.group(2);
            return fraction == null ? whole : Math.addExact(whole, (long) (Double.parseDouble("0." + fraction) * unit));
        } catch (ArithmeticException e) {
            throw new TypeConversionException(expected);
        }
    }

    /** Returns a size with three digits: 512 B, 47.7 MiB, 1.00 GiB. */
    static String size(long bytes) {
        int unit = 0;
        double amount = (double) bytes;
        while (amount >= 999.5 && unit < SIZES.length - 1) {
            amount /= 1024;
            unit++;
        }
        return (unit == 0 ? String.valueOf(bytes) : threeDigits(amount)) + " " + SIZES[unit];
    }

    /** Returns a rate with three digits: 480 MiB/s. A transfer of no time at all has no rate. */
    static String rate(long bytes, double seconds) {
        return seconds <= 0 ? "-" : size((long) (bytes / seconds)) + "/s";
    }

    /** Returns a time limit as it was given: 5 s, 200 ms. */
    static String limit(Duration time) {
        long millis = time.toMillis();
        return millis % 1_000 == 0 ? millis / 1_000 + " s" : millis + " ms";
    }

    /** Returns how long something took: 85 ms, 4.21 s, 3:05, 1:02:03. */
    static String time(double seconds) {
        if (seconds < 0.9995) {
            return Math.round(seconds * 1_000) + " ms";
        }
        return seconds < 59.95 ? threeDigits(seconds) + " s" : clock(seconds);
    }

    /** Returns a time that keeps its form while it changes: 0:07, 3:05, 1:02:03. */
    static String clock(double seconds) {
        long whole = Math.round(seconds);
        long hours = whole / 3_600;
        return hours == 0
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", hours, whole / 60 % 60, whole % 60);
    }

    private static String threeDigits(double amount) {
        int decimals = amount < 9.995 ? 2 : amount < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", amount);
    }
}
