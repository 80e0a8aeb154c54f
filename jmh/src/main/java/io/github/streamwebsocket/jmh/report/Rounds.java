package io.github.streamwebsocket.jmh.report;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Measures a family in rounds: in each, every client has a new JVM. Each round has an order of its own, so that nobody
 * always follows the same.
 */
final class Rounds {
    private final Interleaved interleaved;
    private final Program program;
    private final PrintStream log;
    private final PrintStream progress;
    private final int total;
    private final long seed;
    private int done;
    private int failed;

    /**
     * @param jvmArguments tell the JVMs where the peer is
     * @param peer the time for which it has had a processor
     * @param log takes all that they print
     * @param progress is told of each of them
     * @param total how many there will be, of all families
     * @param seed of the orders of the clients: the same for each family, whatever others are measured
     */
    Rounds(List<String> jvmArguments, ProcessorTime peer, PrintStream log, PrintStream progress, int total, long seed) {
        this.interleaved = new Interleaved(jvmArguments, peer, log);
        this.program = new Program(jvmArguments, log);
        this.log = log;
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

    List<Row> measure(Family family, Map<Case, Effort> efforts) throws InterruptedException, IOException {
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
            throws InterruptedException, IOException {
        List<String> clients = new ArrayList<>(subject.clients());
        Collections.shuffle(clients, orders);
        Map<String, Attempt> attempts = subject.isMain()
                ? oneAfterTheOther(subject, transport, clients, effort)
                : interleaved.run(subject, transport, clients, effort, orders);
        for (String client : clients) {
            progress.printf(
                    "%4d/%d  %-15s %-18s %-3s %-15s round %d/%d  ",
                    ++done, total, family.name(), subject.name(), transport, client, round + 1, effort.rounds());
            Attempt attempt = attempts.get(client);
            progress.println(words(subject, attempt));
            Taken taken = figures.computeIfAbsent(new Key(subject, transport, client), key -> new Taken());
            taken.rounds.add(figures(subject, attempt));
            taken.warming += attempt.warming() ? 1 : 0;
        }
        progress.flush();
    }

    private Map<String, Attempt> oneAfterTheOther(Case subject, String transport, List<String> clients, Effort effort)
            throws InterruptedException {
        Map<String, Attempt> attempts = new HashMap<>();
        for (String client : clients) {
            try {
                attempts.put(client, Attempt.of(program.run(subject, transport, client, effort)));
            } catch (IOException e) {
                attempts.put(client, Attempt.failed(e));
            }
        }
        return attempts;
    }

    private static List<Double> figures(Case subject, Attempt attempt) {
        return attempt.outcome() == null
                ? Arrays.asList(new Double[subject.measures().size()])
                : attempt.outcome().figures();
    }

    private String words(Case subject, Attempt attempt) {
        if (attempt.outcome() == null) {
            failed++;
            attempt.failure().printStackTrace(log);
            return "FAILED: "
                    + cause(attempt.failure()).toString().lines().findFirst().orElse("");
        }
        List<String> words = new ArrayList<>();
        for (int i = 0; i < subject.measures().size(); i++) {
            Measure measure = subject.measures().get(i);
            double figure = attempt.outcome().figures().get(i);
            words.add((measure.name() + " " + Tables.number(figure) + " " + measure.unit()).strip());
        }
        return String.join(", ", words) + (attempt.warming() ? " " + Tables.WARMING : "");
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
