package io.github.streamwebsocket.jmh.report;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
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

    /** One case over one transport, in one round. */
    private record Session(Family family, Case subject, String transport, Effort effort, int round) {}

    List<Row> measure(Family family, Map<Case, Effort> efforts) throws InterruptedException, IOException {
        Figures figures = new Figures();
        Random orders = new Random(seed);
        int rounds = efforts.values().stream().mapToInt(Effort::rounds).max().orElse(0);
        for (int round = 0; round < rounds; round++) {
            for (Case subject : family.cases()) {
                Effort effort = efforts.get(subject);
                if (round < effort.rounds()) {
                    for (String transport : subject.transports()) {
                        measure(new Session(family, subject, transport, effort, round), orders, figures);
                    }
                }
            }
        }
        return figures.rows(family);
    }

    private void measure(Session session, Random orders, Figures figures) throws InterruptedException, IOException {
        Case subject = session.subject;
        List<String> clients = new ArrayList<>(subject.clients());
        Collections.shuffle(clients, orders);
        Map<String, Attempt> attempts = subject.isMain()
                ? oneAfterTheOther(subject, session.transport, clients, session.effort)
                : interleaved.run(subject, session.transport, clients, session.effort, orders);
        for (String client : clients) {
            Attempt attempt = attempts.get(client);
            tell(session, client, attempt);
            figures.add(subject, session.transport, client, attempt);
        }
        progress.flush();
    }

    private void tell(Session session, String client, Attempt attempt) {
        progress.printf(
                "%4d/%d  %-15s %-18s %-3s %-15s round %d/%d  %s%n",
                ++done,
                total,
                session.family.name(),
                session.subject.name(),
                session.transport,
                client,
                session.round + 1,
                session.effort.rounds(),
                words(session.subject, attempt));
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
}
