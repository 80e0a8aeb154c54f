package io.github.streamwebsocket.jmh.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs one case for one client in a JVM of its own.
 *
 * @param jvmArguments tell it where the peer is
 * @param log takes all that it prints
 */
record Fork(List<String> jvmArguments, PrintStream log) {
    /** How much longer than planned a JVM may take, in seconds: some clients take theirs to close. */
    private static final int PATIENCE = 60;
    /** The same for a program: thousands of TLS handshakes take minutes where their code is not compiled yet. */
    private static final int PATIENCE_WITH_PROGRAM = 300;

    Outcome run(Case subject, String transport, String client, Effort effort)
            throws IOException, InterruptedException, RunnerException {
        return subject.isMain()
                ? new Outcome(main(subject, transport, client, effort), false)
                : jmh(subject, transport, client, effort);
    }

    private Outcome jmh(Case subject, String transport, String client, Effort effort) throws RunnerException {
        boolean rate = subject.measures().getFirst().kind() == Measure.Kind.RATE;
        String program = subject.program(transport, client);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(program)
                .forks(1)
                .warmupIterations(effort.warmups(transport))
                .warmupTime(effort.warmupTime(transport))
                .measurementIterations(effort.measurements())
                .measurementTime(TimeValue.milliseconds(effort.milliseconds()))
                .timeUnit(rate ? TimeUnit.SECONDS : TimeUnit.NANOSECONDS)
                .timeout(TimeValue.seconds(PATIENCE / 2))
                .jvmArgsPrepend(jvmArguments.toArray(String[]::new))
                .shouldFailOnError(true);
        subject.parameters(transport, client).forEach(options::param);
        if (subject.measures().stream().anyMatch(measure -> measure.kind() == Measure.Kind.ALLOCATION)) {
            options.addProfiler(GCProfiler.class);
        }
        Collection<RunResult> results;
        try (Overdue overdue = Overdue.after(effort.forkMilliseconds(transport) + PATIENCE * 1000L)) {
            results = new Runner(options.build(), OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL))
                    .run();
        }
        if (results.size() != 1) {
            throw new RunnerException("expected one benchmark for " + program + " but there were " + results.size());
        }
        RunResult result = results.iterator().next();
        List<Double> figures = new ArrayList<>();
        for (Measure measure : subject.measures()) {
            double raw = raw(result, measure);
            figures.add(measure.kind() == Measure.Kind.SPEED ? measure.scale() / raw : raw * measure.scale());
        }
        return new Outcome(figures, Outcome.warming(result));
    }

    private static double raw(RunResult result, Measure measure) throws RunnerException {
        Result<?> primary = result.getPrimaryResult();
        return switch (measure.kind()) {
            case RATE -> inUnit(primary, "ops/s").getScore();
            case TIME, SPEED -> inUnit(primary, "ns/op").getScore();
            case P50 -> inUnit(primary, "ns/op").getStatistics().getPercentile(50);
            case P99 -> inUnit(primary, "ns/op").getStatistics().getPercentile(99);
            case ALLOCATION -> allocation(result);
            case PRINTED -> throw new RunnerException("expected a measure of JMH");
        };
    }

    private static Result<?> inUnit(Result<?> result, String unit) throws RunnerException {
        if (!result.getScoreUnit().equals(unit)) {
            throw new RunnerException("expected a score in " + unit + " but was " + result.getScoreUnit());
        }
        return result;
    }

    private static double allocation(RunResult result) throws RunnerException {
        Result<?> allocation = result.getSecondaryResults().get("gc.alloc.rate.norm");
        if (allocation == null) {
            throw new RunnerException("expected gc.alloc.rate.norm of the profiler");
        }
        return allocation.getScore();
    }

    private List<Double> main(Case subject, String transport, String client, Effort effort)
            throws IOException, InterruptedException, RunnerException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(subject.program(transport, client));
        command.addAll(subject.parameters(transport, client).values());
        log.println(String.join(" ", command));
        String last;
        try (Overdue overdue = Overdue.after(effort.forkMilliseconds(transport) + PATIENCE_WITH_PROGRAM * 1000L)) {
            last = lastLine(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        }
        try {
            return List.of(
                    Double.parseDouble(last) * subject.measures().getFirst().scale());
        } catch (NumberFormatException e) {
            throw new RunnerException("expected a number in the last line but was \"" + last + "\"", e);
        }
    }

    private String lastLine(Process process) throws IOException, InterruptedException, RunnerException {
        String last = "";
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.println(line);
                last = line;
            }
            if (process.waitFor() != 0) {
                throw new RunnerException("expected exit code 0 but was " + process.exitValue());
            }
            return last;
        } finally {
            process.destroyForcibly();
        }
    }
}
