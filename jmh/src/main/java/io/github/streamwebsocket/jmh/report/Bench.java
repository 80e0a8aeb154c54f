package io.github.streamwebsocket.jmh.report;

import io.github.streamwebsocket.jmh.peer.PeerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code make bench} runs: measures the families of the {@link Plan}, writes results, tables and charts, and
 * prints the tables. Families that are not measured keep the results they had.
 *
 * <pre>
 * Bench [--full] [--family NAME[,NAME...]] [--rounds COUNT] [--into DIRECTORY]
 * Bench --draw RESULTS.JSON
 * </pre>
 *
 * <p>{@code --full} takes about an hour and writes into docs/benchmarks; without it, it takes less than ten minutes
 * and writes into jmh/target/benchmarks.
 */
public final class Bench {
    private static final Path LOG = Path.of("jmh", "target", "benchmarks", "jmh.log");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'");

    private boolean full;
    private List<Family> families = Plan.FAMILIES;
    private int rounds;
    private Path into;
    private Path drawn;

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        System.setProperty("java.awt.headless", "true");
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly)));
        Bench bench = new Bench();
        try {
            bench.understand(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
        if (bench.drawn != null) {
            Report.write(Results.read(bench.drawn), bench.drawn.toAbsolutePath().getParent());
        } else if (!bench.measure()) {
            System.exit(1);
        }
    }

    private void understand(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            switch (arguments.get(i)) {
                case "--full" -> full = true;
                case "--family" -> families = named(value(arguments, ++i));
                case "--rounds" -> rounds = Integer.parseInt(value(arguments, ++i));
                case "--into" -> into = Path.of(value(arguments, ++i));
                case "--draw" -> drawn = Path.of(value(arguments, ++i));
                default -> throw new IllegalArgumentException("unknown argument " + arguments.get(i));
            }
        }
        if (into == null) {
            into = full ? Path.of("docs", "benchmarks") : Path.of("jmh", "target", "benchmarks");
        }
    }

    private static String value(List<String> arguments, int at) {
        if (at >= arguments.size()) {
            throw new IllegalArgumentException("expected a value after " + arguments.getLast());
        }
        return arguments.get(at);
    }

    private static List<Family> named(String names) {
        List<Family> found = new ArrayList<>();
        for (String name : names.split(",")) {
            found.add(Plan.FAMILIES.stream()
                    .filter(family -> family.name().equalsIgnoreCase(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("expected some of "
                            + String.join(
                                    ", ",
                                    Plan.FAMILIES.stream().map(Family::name).toList())
                            + " but was " + name)));
        }
        return found;
    }

    /** Returns whether every JVM has brought its figures. */
    private boolean measure() throws Exception {
        if (!full) {
            families = families.stream().map(Family::inQuick).toList();
        }
        Map<Case, Effort> efforts = new LinkedHashMap<>();
        for (Family family : families) {
            for (Case subject : family.cases()) {
                Effort effort = subject.effort(full);
                efforts.put(subject, rounds > 0 ? effort.withRounds(rounds) : effort);
            }
        }
        int forks = efforts.entrySet().stream().mapToInt(Bench::forks).sum();
        long minutes = Math.ceilDiv(
                efforts.entrySet().stream().mapToLong(Bench::milliseconds).sum(), 60_000L);
        System.out.printf("%d JVMs, about %d min; what JMH says is in %s%n", forks, minutes, LOG);
        Files.createDirectories(LOG.toAbsolutePath().getParent());
        boolean talks = families.stream().anyMatch(Family::talks);
        try (PrintStream log = new PrintStream(Files.newOutputStream(LOG), true);
                PeerProcess peer = talks ? PeerProcess.start() : null) {
            System.setErr(log); // where JMH passes on what the JVMs say
            if (talks) {
                WarmUp.of(peer);
            }
            Fork fork = new Fork(talks ? peer.properties() : List.of(), log);
            Rounds all = new Rounds(fork, System.out, forks);
            for (Family family : families) {
                finish(family, all.measure(family, efforts), efforts);
            }
            if (all.failed() > 0) {
                System.out.printf("%n%d of %d JVMs brought no figures; see %s%n", all.failed(), forks, LOG);
            }
            return all.failed() == 0;
        }
    }

    private static long milliseconds(Map.Entry<Case, Effort> entry) {
        Case subject = entry.getKey();
        return subject.transports().stream()
                        .mapToLong(entry.getValue()::forkMilliseconds)
                        .sum()
                * entry.getValue().rounds()
                * subject.clients().size();
    }

    private static int forks(Map.Entry<Case, Effort> entry) {
        Case subject = entry.getKey();
        return entry.getValue().rounds()
                * subject.transports().size()
                * subject.clients().size();
    }

    /** Keeps what was measured as soon as it was, whatever happens to the families that follow. */
    private void finish(Family family, List<Row> rows, Map<Case, Effort> efforts) throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        int most = family.cases().stream()
                .mapToInt(subject -> efforts.get(subject).rounds())
                .max()
                .orElse(0);
        String now = DATE.format(Instant.now().atOffset(ZoneOffset.UTC));
        FamilyResult result = new FamilyResult(
                family.title(), family.drawn(), now, full ? "full" : "quick", most, Environment.here(), rows);
        Path file = into.resolve("results.json");
        Results results = Results.read(file).with(family.name(), result);
        results.write(file);
        Report.write(results, into);
        System.out.println(Tables.of(result));
    }
}
