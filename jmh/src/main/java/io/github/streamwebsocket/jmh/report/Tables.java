package io.github.streamwebsocket.jmh.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a family in Markdown that can be read as it is too. */
final class Tables {
    private Tables() {}

    /** One table for each case: a line for each client, and for each measure and transport what it is and its ratio. */
    static String of(FamilyResult family) {
        StringBuilder text = new StringBuilder();
        for (String subject : family.distinct(Row::subject)) {
            List<Row> rows = family.rows().stream()
                    .filter(row -> row.subject().equals(subject))
                    .toList();
            text.append("\n### ").append(family.title()).append(": ").append(subject).append("\n\n");
            text.append(padded(table(rows)));
        }
        return text.toString();
    }

    private static List<List<String>> table(List<Row> rows) {
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(""));
        lines.add(head);
        for (Row row : rows) {
            if (!row.client().equals(rows.getFirst().client())) {
                continue;
            }
            head.add((row.transport() + " " + row.measure()).strip() + " (" + row.unit() + ")");
            head.add(row.drawn() ? "ratio" : "beyond the first");
        }
        for (String client : rows.stream().map(Row::client).distinct().toList()) {
            List<String> line = new ArrayList<>(List.of(Names.label(client)));
            for (Row row : rows) {
                if (row.client().equals(client)) {
                    line.add(row.value() == null ? "failed" : spread(row.value()));
                    line.add(row.drawn() ? ratio(row.ratio()) : row.beyond() == null ? "" : spread(row.beyond()));
                }
            }
            lines.add(line);
        }
        return lines;
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

    private static String spread(Spread spread) {
        return spread.least() == spread.most()
                ? number(spread.median())
                : number(spread.median()) + " (" + number(spread.least()) + " to " + number(spread.most()) + ")";
    }

    private static String ratio(Spread spread) {
        return spread.least() == spread.most()
                ? ratio(spread.median())
                : ratio(spread.median()) + " (" + ratio(spread.least()) + " to " + ratio(spread.most()) + ")";
    }

    /** With three digits that count, thousands apart. */
    static String number(double value) {
        double size = Math.abs(value);
        int decimals = size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 || size == 0 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    static String ratio(double value) {
        return value >= 9.995 ? String.format(Locale.ROOT, "%.1f", value) : String.format(Locale.ROOT, "%.2f", value);
    }
}
