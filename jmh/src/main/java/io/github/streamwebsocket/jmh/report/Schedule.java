package io.github.streamwebsocket.jmh.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which families are measured, and how long each of their cases.
 *
 * @param remarks what to tell the user of it
 */
record Schedule(List<Family> families, Map<Case, Effort> efforts, List<String> remarks) {

    static Schedule of(Options options) {
        List<Family> families = options.named().isEmpty() ? Plan.FAMILIES : options.named();
        if (!options.full()) {
            families = families.stream().map(Family::inQuick).toList();
        }
        Map<Case, Effort> efforts = new LinkedHashMap<>();
        List<String> remarks = new ArrayList<>();
        for (Family family : families) {
            boolean never = family.cases().stream()
                    .allMatch(subject -> subject.effort(options.full()).rounds() == 0);
            boolean asked = never && !options.named().isEmpty();
            if (asked) {
                remarks.add(family.name() + " has no quick form: one round of the full one instead");
            }
            for (Case subject : family.cases()) {
                Effort effort = asked ? subject.full().withRounds(1) : subject.effort(options.full());
                efforts.put(subject, options.rounds() > 0 ? effort.withRounds(options.rounds()) : effort);
            }
        }
        return new Schedule(families, efforts, remarks);
    }

    boolean talks() {
        return families.stream().anyMatch(Family::talks);
    }

    /** The most rounds that a case of a family has. */
    int rounds(Family family) {
        return family.cases().stream()
                .mapToInt(subject -> efforts.get(subject).rounds())
                .max()
                .orElse(0);
    }

    /** How many JVMs that takes. */
    int forks() {
        return efforts.entrySet().stream().mapToInt(Schedule::forks).sum();
    }

    /** About how long that takes. */
    long minutes() {
        return Math.ceilDiv(
                efforts.entrySet().stream().mapToLong(Schedule::milliseconds).sum(), 60_000L);
    }

    private static int forks(Map.Entry<Case, Effort> entry) {
        Case subject = entry.getKey();
        return entry.getValue().rounds()
                * subject.transports().size()
                * subject.clients().size();
    }

    private static long milliseconds(Map.Entry<Case, Effort> entry) {
        Case subject = entry.getKey();
        return subject.transports().stream()
                        .mapToLong(entry.getValue()::forkMilliseconds)
                        .sum()
                * entry.getValue().rounds()
                * subject.clients().size();
    }
}
