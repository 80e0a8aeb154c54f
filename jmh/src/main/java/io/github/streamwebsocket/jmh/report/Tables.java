package io.github.streamwebsocket.jmh.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.DoubleFunction;

/** The figures of a family in Markdown that can be read as it is too. */
final class Tables {
    /** Marks what was still becoming faster when it was measured. */
    static final String WARMING = "†";

    private static final String FOOTNOTE = WARMING + " Most rounds were still warming up: the second half of each was"
            + " more than 10 % faster than the first, beside the others. A ratio is marked where either figure is.\n";

    private Tables() {}

    /** A table for each measure of each case: a line for each client, with its figure and ratio over each transport. */
    static String of(FamilyResult family) {
        StringBuilder text = new StringBuilder();
        for (String table : family.distinct(Tables::table)) {
            List<Row> rows = family.rows().stream()
                    .filter(row -> table(row).equals(table))
                    .toList();
            text.append("\n### ")
                    .append(family.title())
                    .append(": ")
                    .append(table)
                    .append(" (")
                    .append(String.join(
                            "; ", rows.stream().map(Tables::unit).distinct().toList()))
                    .append(")\n\n");
            text.append(padded(lines(rows)));
            if (rows.stream().anyMatch(Row::isWarming)) {
                text.append("\n").append(FOOTNOTE);
            }
        }
        if (!family.note().isEmpty()) {
            text.append("\n").append(family.note()).append("\n");
        }
        return text.toString();
    }

    /** The heading of the table that a row belongs to: what is not compared stands beside what is. */
    private static String table(Row row) {
        return row.ratios() == null && row.differences() == null ? row.subject() : row.heading();
    }

    /** The unit of a row, and which way is better, if one is. */
    private static String unit(Row row) {
        if (row.higherIsBetter() == null) {
            return row.unit() + ": " + row.measure();
        }
        return row.unit() + ", " + (row.higherIsBetter() ? "more" : "less") + " is better";
    }

    private static List<List<String>> lines(List<Row> rows) {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        lines.add(head);
        for (Row row : rows) {
            if (!row.client().equals(rows.getFirst().client())) {
                continue;
            }
            head.add((row.transport() + " " + row.unit()).strip());
            if (row.ratios() != null) {
                head.add("ratio");
            } else if (row.differences() != null) {
                head.add("more than " + Names.label(rows.getFirst().client()));
            }
        }
        for (String client : rows.stream().map(Row::client).distinct().toList()) {
            List<String> line = new ArrayList<>(List.of(Names.label(client)));
            for (Row row : rows) {
                if (row.client().equals(client)) {
                    line.add(figure(row));
                    if (row.ratios() != null) {
                        String mark = row.isWarming() || reference(row, rows).isWarming() ? " " + WARMING : "";
                        line.add(row.ratio() == null ? "" : spread(row.ratio(), Tables::ratio) + mark);
                    } else if (row.differences() != null) {
                        line.add(row.difference() == null ? "" : spread(row.difference(), Tables::number));
                    }
                }
            }
            lines.add(line);
        }
        return lines;
    }

    /** What a row is compared with. */
    private static Row reference(Row row, List<Row> rows) {
        return rows.stream()
                .filter(other -> other.transport().equals(row.transport())
                        && other.heading().equals(row.heading()))
                .findFirst()
                .orElse(row);
    }

    private static String figure(Row row) {
        if (row.value() == null) {
            return "failed";
        }
        long come = row.values().stream().filter(Objects::nonNull).count();
        int rounds = row.values().size();
        return spread(row.value(), Tables::number)
                + (come < rounds ? ", " + come + " of " + rounds + " rounds" : "")
                + (row.isWarming() ? " " + WARMING : "");
    }

    private static String padded(List<List<String>> lines) {
        int columns = lines.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < lines.size(); n++) {
            for (int i = 0; i < columns; i++) {
                String format = i == 0 ? "| %-" + widths[i] + "s " : "| %" + Math.max(1, widths[i]) + "s ";
                text.append(String.format(format, lines.get(n).get(i)));
            }
            text.append("|\n");
            if (n == 0) {
                for (int i = 0; i < columns; i++) {
                    text.append(i == 0 ? "|-" + "-".repeat(widths[i]) + "-" : "|-" + "-".repeat(widths[i]) + ":");
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static String spread(Spread spread, DoubleFunction<String> words) {
        String median = words.apply(spread.median());
        return spread.least() == spread.most()
                ? median
                : median + " (" + words.apply(spread.least()) + " to " + words.apply(spread.most()) + ")";
    }

    /** With three digits that count, thousands apart. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
        if (size == 0) {
            return "0";
        }
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    static String ratio(double value) {
        return value >= 9.995 ? String.format(Locale.ROOT, "%.1f", value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
