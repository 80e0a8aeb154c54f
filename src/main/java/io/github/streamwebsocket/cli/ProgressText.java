package io.github.streamwebsocket.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Puts the state of a transfer into words and a bar. The rate is that of the last seconds, so that it shows a change, and
 * the time left follows from it. For one thread.
 */
final class ProgressText {
    /** The total of a transfer whose size is not known. */
    static final long UNKNOWN = -1;

    private static final double RATE_WINDOW_SECONDS = 5;
    private static final int LONGEST_LABEL = 32;
    private static final int WIDEST_BAR = 30;
    private static final int NARROWEST_BAR = 8;
    private static final int SIZE_WIDTH = "0.00 GiB".length();
    private static final int TIME_WIDTH = "00:00 left".length();
    private static final String GAP = "  ";

    private record Sample(double seconds, long bytes) {}

    private final String label;
    private final Meter meter;
    private final long total;
    private final boolean unicode;
    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * Describes a transfer.
     *
     * @param total its bytes, or {@link #UNKNOWN}
     * @param unicode whether more than ASCII can be shown
     */
    ProgressText(String label, Meter meter, long total, boolean unicode) {
        this.label = label;
        this.meter = meter;
        this.total = total;
        this.unicode = unicode;
        samples.add(new Sample(0, 0));
    }

    /** Returns a line for a log: film.mkv: 512 MiB of 1.00 GiB (50%), 480 MiB/s, 0:01 left. */
    String logLine() {
        Sample now = sample();
        double rate = rate(now);
        StringBuilder line = new StringBuilder(label).append(": ").append(Units.size(now.bytes));
        if (total > 0) {
            line.append(" of ")
                    .append(Units.size(total))
                    .append(" (")
                    .append(percent(now))
                    .append(')');
        }
        line.append(", ").append(Units.size((long) rate)).append("/s, ");
        return line.append(timeLeftOrSpent(now, rate)).toString();
    }

    /**
     * Returns a line for a terminal, with a bar if there is room and the total is known. Numbers keep their places while they
     * change, so that the line is calm.
     */
    String barLine(int columns) {
        Sample now = sample();
        double rate = rate(now);
        String name = label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 3) + "...";
        String size = pad(Units.size(now.bytes), SIZE_WIDTH) + (total > 0 ? " of " + Units.size(total) : "");
        String pace =
                pad(Units.size((long) rate), SIZE_WIDTH) + "/s" + GAP + pad(timeLeftOrSpent(now, rate), TIME_WIDTH);
        if (total <= 0) {
            return fit(name + GAP + size + GAP + pace, columns);
        }
        String after = GAP + pad(percent(now), "100%".length()) + GAP + size + GAP + pace;
        int room = Math.min(WIDEST_BAR, columns - name.length() - GAP.length() - after.length() - (unicode ? 0 : 2));
        String bar = room < NARROWEST_BAR ? "" : GAP + bar(now, room);
        return fit(name + bar + after, columns);
    }

    private static String pad(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private String bar(Sample now, int width) {
        int full = (int) Math.min(width, width * share(now));
        return unicode
                ? "━".repeat(full) + "╌".repeat(width - full)
                : "[" + "=".repeat(full) + " ".repeat(width - full) + "]";
    }

    /** A file may grow while it is sent. */
    private String percent(Sample now) {
        return (int) Math.min(100, 100 * share(now)) + "%";
    }

    private double share(Sample now) {
        return (double) now.bytes / (double) total;
    }

    private String timeLeftOrSpent(Sample now, double rate) {
        if (total <= 0 || rate < 1) {
            return Units.clock(now.seconds) + " so far";
        }
        return Units.clock((double) Math.max(0, total - now.bytes) / rate) + " left";
    }

    private Sample sample() {
        Sample now = new Sample(meter.seconds(), meter.bytes());
        samples.addLast(now);
        Sample oldest = samples.removeFirst();
        while (samples.getFirst().seconds <= now.seconds - RATE_WINDOW_SECONDS) {
            oldest = samples.removeFirst();
        }
        samples.addFirst(oldest); // the last one from before the window, so that the rate is over all of the window
        return now;
    }

    private double rate(Sample now) {
        Sample then = samples.getFirst();
        double seconds = now.seconds - then.seconds;
        return seconds <= 0 ? 0 : (now.bytes - then.bytes) / seconds;
    }

    private static String fit(String line, int columns) {
        return line.length() <= columns ? line : line.substring(0, Math.max(0, columns));
    }
}
