package io.github.streamwebsocket.jmh.report;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures a family in rounds: in each, every client has one JVM, one soon after the other, so that a machine that
 * becomes slower does so for all of them. Each round has an order of its own, so that nobody always follows the same.
 */
final class Rounds {
    private final Fork fork;
    private final PrintStream progress;
    private final int total;
    private final long seed;
    private int done;
    private int failed;

    /**
     * @param total how many JVMs there will be, of all families
     * @param seed of the orders of the clients: the same for each family, whatever others are measured
     */
    Rounds(Fork fork, PrintStream progress, int total, long seed) {
        this.fork = fork;
        this.progress = progress;
        this.total = total;
        this.seed = seed;
    }

    /** How many JVMs have brought no figures. */
    int failed() {
        return failed;
    }

    /** What is measured for one client. */
    private record Key(Case subject, String transport, String client) {}

    /** The figures of one client: of each round, null for those that have failed. */
    private static final class Taken {
        private final List<List<Double>> rounds = new ArrayList<>();
        private int warming;

        private List<Double> of(int measure) {
            List<Double> values = new ArrayList<>();
            rounds.forEach(round -> values.add(round.get(measure)));
            return values;
        }
    }

    List<Row> measure(Family family, Map<Case, Effort> efforts) throws InterruptedException {
        Map<Key, Taken> figures = new LinkedHashMap<>();
        Random orders = new Random(seed);
        int rounds = efforts.values().stream().mapToInt(Effort::rounds).max().orElse(0);
        for (int round = 0; round < rounds; round++) {
            for (Case subject : family.cases()) {
                if (round < efforts.get(subject).rounds()) {
                    for (String transport : subject.transports()) {
                        measure(family, subject, transport, efforts.get(subject), round, orders, figures);
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
            Random orders,
            Map<Key, Taken> figures)
            throws InterruptedException {
        List<String> clients = new ArrayList<>(subject.clients());
        Collections.shuffle(clients, orders);
        for (String client : clients) {
            progress.printf(
                    "%4d/%d  %-15s %-18s %-3s %-15s round %d/%d  ",
                    ++done, total, family.name(), subject.name(), transport, client, round + 1, effort.rounds());
            progress.flush();
            Outcome outcome = measure(subject, transport, client, effort);
            Taken taken = figures.computeIfAbsent(new Key(subject, transport, client), key -> new Taken());
            taken.rounds.add(outcome.figures());
            taken.warming += outcome.warming() ? 1 : 0;
        }
    }

    private Outcome measure(Case subject, String transport, String client, Effort effort) throws InterruptedException {
        try {
            Outcome outcome = fork.run(subject, transport, client, effort);
            List<Double> figures = outcome.figures();
            List<String> words = new ArrayList<>();
            for (int i = 0; i < figures.size(); i++) {
                Measure measure = subject.measures().get(i);
                words.add((measure.name() + " " + Tables.number(figures.get(i)) + " " + measure.unit()).strip());
            }
            progress.println(String.join(", ", words) + (outcome.warming() ? " " + Tables.WARMING : ""));
            if (outcome.warming()) {
                fork.log()
                        .printf(
                                "WARNING: %s over %s of %s was still warming up: its last iteration is more than 10 %%"
                                        + " faster than its first%n",
                                subject.name(), transport, client);
            }
            return outcome;
        } catch (RunnerException | IOException e) {
            failed++;
            progress.println(
                    "FAILED: " + cause(e).toString().lines().findFirst().orElse(""));
            e.printStackTrace(fork.log());
            return new Outcome(Arrays.asList(new Double[subject.measures().size()]), false);
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

    private static List<Row> rows(Family family, Map<Key, Taken> figures) {
        List<Row> rows = new ArrayList<>();
        for (Case subject : family.cases()) {
            for (int i = 0; i < subject.measures().size(); i++) {
                for (String transport : subject.transports()) {
                    Taken reference = figures.get(new Key(subject, transport, subject.reference()));
                    if (reference == null) {
                        continue; // not measured in this form
                    }
                    for (String client : subject.clients()) {
                        Taken taken = figures.get(new Key(subject, transport, client));
                        Measure measure = subject.measures().get(i);
                        rows.add(Row.of(
                                subject, measure, transport, client, taken.of(i), reference.of(i), taken.warming));
                    }
                }
            }
        }
        return rows;
    }
}
