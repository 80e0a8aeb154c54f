package io.github.streamwebsocket.jmh.report;

import io.github.streamwebsocket.jmh.peer.PeerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * What {@code make bench} runs: measures the families of the {@link Plan}, writes results, tables and charts, and
 * prints the tables. Families that are not measured keep the results they had.
 *
 * <pre>
 * Bench [--full] [--family NAME[,NAME...]] [--rounds COUNT] [--seed NUMBER] [--into DIRECTORY]
 * Bench --draw RESULTS.JSON
 * </pre>
 *
 * <p>{@code --full} takes about three hours and writes into docs/benchmarks; without it, it takes less than ten minutes
 * and writes into jmh/target/benchmarks.
 */
public final class Bench {
    private static final Path LOG = Path.of("jmh", "target", "benchmarks", "jmh.log");
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'");

    private final Options options;
    private final Schedule schedule;
    /** As it is at the beginning: the repository may go on meanwhile. */
    private final Environment environment;

    private Results results;

    private Bench(Options options, Environment environment, Results results) {
        this.options = options;
        this.environment = environment;
        this.schedule = Schedule.of(options);
        this.results = results;
    }

    public static void main(String[] arguments) {
        System.setProperty("java.awt.headless", "true");
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly)));
        try {
            System.exit(run(Options.of(arguments)) ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (Exception e) {
            System.err.println(e.getMessage() == null ? e.toString() : e.getMessage());
            System.exit(1);
        }
    }

    /** Returns whether every JVM has brought its figures. */
    private static boolean run(Options options) throws Exception {
        if (options.drawn() != null) {
            Report.write(
                    Results.read(options.drawn()),
                    options.drawn().toAbsolutePath().getParent());
            return true;
        }
        // First of all, so that what cannot be read is told before an hour of measuring.
        Results before = Results.read(options.into().resolve(Results.FILE));
        PrintStream err = System.err;
        try (OneAtATime alone = OneAtATime.begin()) {
            return new Bench(options, Environment.here(), before).measure();
        } finally {
            System.setErr(err);
        }
    }

    private boolean measure() throws Exception {
        int forks = schedule.forks();
        schedule.remarks().forEach(System.out::println);
        System.out.printf(
                "%d JVMs, about %d min; the order of the clients is that of seed %d; what JMH says is in %s%n",
                forks, schedule.minutes(), options.seed(), LOG);
        Files.createDirectories(LOG.toAbsolutePath().getParent());
        try (PrintStream log = new PrintStream(Files.newOutputStream(LOG), true);
                PeerProcess peer = schedule.talks() ? PeerProcess.start() : null) {
            System.setErr(log); // where JMH passes on what the JVMs say
            if (peer != null) {
                WarmUp.of(peer);
            }
            List<String> jvmArguments = peer == null ? List.of() : peer.properties();
            ProcessorTime load = new ProcessorTime(peer == null ? null : peer.handle());
            Rounds all = new Rounds(jvmArguments, load, log, System.out, forks, options.seed());
            for (Family family : schedule.families()) {
                finish(family, all.measure(family, schedule.efforts()));
            }
            System.out.printf("%nTables: %s%n", options.into().resolve(Report.PAGE));
            if (schedule.families().stream().anyMatch(Family::drawn)) {
                System.out.printf("Charts: %s%n", options.into().resolve("*.svg"));
            }
            if (all.failed() > 0) {
                System.out.printf("%d of %d JVMs brought no figures; see %s%n", all.failed(), forks, LOG);
            }
            return all.failed() == 0;
        }
    }

    /** Keeps what was measured as soon as it was, whatever happens to the families that follow. */
    private void finish(Family family, List<Row> rows) throws IOException {
        if (rows.isEmpty()) {
            return;
        }
        if (rows.stream().allMatch(row -> row.value() == null)) {
            System.out.printf("%n%s brought no figure; results it had before stay.%n", family.name());
            return;
        }
        String now = DATE.format(Instant.now().atOffset(ZoneOffset.UTC));
        FamilyResult result = new FamilyResult(
                family.title(),
                family.note(),
                family.drawn(),
                now,
                options.full() ? "full" : "quick",
                schedule.rounds(family),
                options.seed(),
                environment,
                rows);
        results = results.with(family.name(), result);
        results.write(options.into().resolve(Results.FILE));
        Report.write(results, options.into());
        System.out.println(Tables.of(result));
    }
}
