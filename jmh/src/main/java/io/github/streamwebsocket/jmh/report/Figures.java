package io.github.streamwebsocket.jmh.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a family has brought so far: for each client over each transport the figures of its rounds. */
final class Figures {
    private final Map<Key, Taken> taken = new HashMap<>();

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

    /** Adds a round of a client. */
    void add(Case subject, String transport, String client, Attempt attempt) {
        Taken before = taken.computeIfAbsent(new Key(subject, transport, client), key -> new Taken());
        before.rounds.add(
                attempt.outcome() == null
                        ? Arrays.asList(new Double[subject.measures().size()])
                        : attempt.outcome().figures());
        before.warming += attempt.warming() ? 1 : 0;
    }

    /** Makes the rows of all that was measured, in the order of tables and charts. */
    List<Row> rows(Family family) {
        List<Row> rows = new ArrayList<>();
        for (Case subject : family.cases()) {
            for (int i = 0; i < subject.measures().size(); i++) {
                for (String transport : subject.transports()) {
                    addRows(subject, i, transport, rows);
                }
            }
        }
        return rows;
    }

    private void addRows(Case subject, int index, String transport, List<Row> rows) {
        Taken reference = taken.get(new Key(subject, transport, subject.reference()));
        if (reference == null) {
            return; // not measured in this form
        }
        Measure measure = subject.measures().get(index);
        for (String client : subject.clients()) {
            Taken own = taken.get(new Key(subject, transport, client));
            rows.add(Row.of(subject, measure, transport, client, own.of(index), reference.of(index), own.warming));
        }
    }
}
