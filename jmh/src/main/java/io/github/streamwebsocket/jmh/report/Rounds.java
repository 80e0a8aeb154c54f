package io.github.streamwebsocket.jmh.report;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures a family in rounds: in each, every client has one JVM, one soon after the other, so that a machine that
 * becomes slower does so for all of them. Each round begins with another client.
 */
final class Rounds {
    private final Fork fork;
    private final PrintStream progress;
    private final int total;
    private int done;
    private int failed;

    /**
     * @param total how many JVMs there will be, of all families
     */
    Rounds(Fork fork, PrintStream progress, int total) {
        this.fork = fork;
        this.progress = progress;
        this.total = total;
    }

    /** How many JVMs have brought no figures. */
    int failed() {
        return failed;
    }

    /** What is measured for one client: a list of as many figures as there are rounds, for each measure. */
    private record Key(Case subject, String transport, String client) {}

    List<Row> measure(Family family, Map<Case, Effort> efforts) throws InterruptedException {
        Map<Key, List<List<Double>>> figures = new LinkedHashMap<>();
        int rounds = efforts.values().stream().mapToInt(Effort::rounds).max().orElse(0);
        for (int round = 0; round < rounds; round++) {
            for (Case subject : family.cases()) {
                if (round < efforts.get(subject).rounds()) {
                    for (String transport : subject.transports()) {
                        measure(family, subject, transport, efforts.get(subject), round, figures);
                    }
                }
            }
        }
        return rows(family, figures);
    }

    private void measure(
            Family family,
            Case subject,
            String transport,
            Effort effort,
            int round,
            Map<Key, List<List<Double>>> figures)
            throws InterruptedException {
        List<String> clients = new ArrayList<>(subject.clients());
        Collections.rotate(clients, -round);
        for (String client : clients) {
            progress.printf(
                    "%4d/%d  %-15s %-18s %-3s %-15s round %d/%d  ",
                    ++done, total, family.name(), subject.name(), transport, client, round + 1, effort.rounds());
            progress.flush();
            List<Double> measured = measure(subject, transport, client, effort);
            List<List<Double>> all =
                    figures.computeIfAbsent(new Key(subject, transport, client), key -> new ArrayList<>());
            for (int i = 0; i < measured.size(); i++) {
                if (all.size() == i) {
                    all.add(new ArrayList<>());
                }
                all.get(i).add(measured.get(i));
            }
        }
    }

    private List<Double> measure(Case subject, String transport, String client, Effort effort)
            throws InterruptedException {
        try {
            List<Double> figures = fork.run(subject, transport, client, effort);
            List<String> words = new ArrayList<>();
            for (int i = 0; i < figures.size(); i++) {
                Measure measure = subject.measures().get(i);
                words.add((measure.name() + " " + Tables.number(figures.get(i)) + " " + measure.unit()).strip());
            }
            progress.println(String.join(", ", words));
            return figures;
        } catch (RunnerException | IOException e) {
            failed++;
            progress.println(
                    "FAILED: " + cause(e).toString().lines().findFirst().orElse(""));
            e.printStackTrace(fork.log());
            return Arrays.asList(new Double[subject.measures().size()]);
        }
    }

    /** What JMH wraps and puts aside. */
    private static Throwable cause(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null || cause.getSuppressed().length > 0) {
            cause = cause.getCause() != null ? cause.getCause() : cause.getSuppressed()[0];
        }
        return cause;
    }

    private static List<Row> rows(Family family, Map<Key, List<List<Double>>> figures) {
        List<Row> rows = new ArrayList<>();
        for (Case subject : family.cases()) {
            for (int i = 0; i < subject.measures().size(); i++) {
                for (String transport : subject.transports()) {
                    List<List<Double>> reference = figures.get(new Key(subject, transport, subject.reference()));
                    if (reference == null) {
                        continue; // not measured in this form
                    }
                    for (String client : subject.clients()) {
                        List<Double> values =
                                figures.get(new Key(subject, transport, client)).get(i);
                        Measure measure = subject.measures().get(i);
                        rows.add(Row.of(subject, measure, transport, client, values, reference.get(i)));
                    }
                }
            }
        }
        return rows;
    }
}
