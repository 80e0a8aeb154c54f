package io.github.streamwebsocket.jmh.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;

/** What is made of results: a page of tables and charts, beside the JSON. */
final class Report {
    static final String PAGE = "README.md";

    private static final String HEAD = """
            # Benchmarks

            Made by `make bench`, and to be changed only by measuring again. The same figures are in
            [results.json](results.json).

            Everything was measured over loopback, with the peer in another JVM. A figure is the median of its rounds,
            with the least and the most in brackets; in each round every client had a JVM of its own, and when all were
            warm they were measured in turns (idle connections: one after the other). A ratio is that to the first line in
            the same round, and again median, least and most: compare ratios, as a machine has better and worse minutes.
            What is allocated is compared by its difference. "4 of 5 rounds" says that in one of them the client failed.
            """;

    private Report() {}

    static void write(Results results, Path directory) throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        for (Map.Entry<String, FamilyResult> entry : results.families().entrySet()) {
            String name = entry.getKey();
            FamilyResult family = entry.getValue();
            page.append("\n## ").append(name).append("\n\n").append(provenance(name, family));
            if (family.drawn()) {
                for (String measure : family.distinct(Row::measure)) {
                    page.append(chart(name, family, measure, directory));
                }
            }
            page.append(Tables.of(family));
        }
        Files.writeString(directory.resolve(PAGE), page);
    }

    /** Draws what a measure has to draw, and returns the lines of the page that show it. */
    private static String chart(String name, FamilyResult family, String measure, Path directory) throws IOException {
        RatioChart chart = new RatioChart(family, measure);
        if (chart.isEmpty()) {
            return "";
        }
        String file = (measure.isEmpty() ? name : name + "-" + measure) + ".svg";
        Files.writeString(directory.resolve(file), svg(chart));
        return "\n![" + chart.getTitle() + "](" + file + ")\n";
    }

    /** With coordinates of as many decimals as the eye can see, which are most of the file. */
    private static String svg(RatioChart chart) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
        return out.toString(UTF_8).replaceAll("(\\.\\d\\d)\\d+", "$1");
    }

    /** Where, when and how a family was measured. */
    private static String provenance(String name, FamilyResult family) {
        Environment where = family.environment();
        String versions = where.versions().entrySet().stream()
                .map(library -> library.getKey() + " " + library.getValue())
                .collect(Collectors.joining(", "));
        return "`make bench FAMILY=" + name + (family.form().equals("full") ? " FULL=1" : "") + "`, " + family.date()
                + ", rounds: " + family.rounds()
                + ", seed: " + family.seed() + ".\\\n"
                + where.machine() + ".\\\nJDK " + where.jdk() + ", " + versions + ".\n";
    }
}
