package io.github.streamwebsocket.jmh.report;

import java.io.PrintStream;
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
 * Runs a benchmark of JMH for one client in a JVM of its own.
 *
 * @param jvmArguments tell it where the peer is, and whom to ask for its turns
 * @param log takes all that it prints
 */
record Fork(List<String> jvmArguments, PrintStream log) {
    /** For JMH an iteration begins with the wait for its turn, which is long while others warm up. */
    private static final TimeValue TIMEOUT = TimeValue.hours(1);

    Outcome run(Case subject, String transport, String client, Effort effort) throws RunnerException {
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
                .timeout(TIMEOUT)
                .jvmArgsPrepend(jvmArguments.toArray(String[]::new))
                .shouldFailOnError(true);
        subject.parameters(transport, client).forEach(options::param);
        if (has(subject, Measure.Kind.ALLOCATION)) {
            options.addProfiler(GCProfiler.class);
        }
        if (has(subject, Measure.Kind.WRITES)) {
            options.addProfiler(SystemCalls.class);
        }
        Collection<RunResult> results =
                new Runner(options.build(), OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL)).run();
        if (results.size() != 1) {
            throw new RunnerException("expected one benchmark for " + program + " but there were " + results.size());
        }
        RunResult result = results.iterator().next();
        List<Double> figures = new ArrayList<>();
        for (Measure measure : subject.measures()) {
            if (measure.kind() == Measure.Kind.PEER_LOAD) {
                continue; // not known here
            }
            double raw = raw(result, measure);
            figures.add(measure.kind() == Measure.Kind.SPEED ? measure.scale() / raw : raw * measure.scale());
        }
        return new Outcome(figures, Outcome.growth(result));
    }

    private static boolean has(Case subject, Measure.Kind kind) {
        return subject.measures().stream().anyMatch(measure -> measure.kind() == kind);
    }

    private static double raw(RunResult result, Measure measure) throws RunnerException {
        Result<?> primary = result.getPrimaryResult();
        return switch (measure.kind()) {
            case RATE -> inUnit(primary, "ops/s").getScore();
            case TIME, SPEED -> inUnit(primary, "ns/op").getScore();
            case P50 -> inUnit(primary, "ns/op").getStatistics().getPercentile(50);
            case P99 -> inUnit(primary, "ns/op").getStatistics().getPercentile(99);
            case ALLOCATION -> secondary(result, "gc.alloc.rate.norm");
            case WRITES -> secondary(result, SystemCalls.WRITES);
            case PRINTED, PEER_LOAD -> throw new RunnerException("expected a measure of JMH");
        };
    }

    private static Result<?> inUnit(Result<?> result, String unit) throws RunnerException {
        if (!result.getScoreUnit().equals(unit)) {
            throw new RunnerException("expected a score in " + unit + " but was " + result.getScoreUnit());
        }
        return result;
    }

    private static double secondary(RunResult result, String name) throws RunnerException {
        Result<?> secondary = result.getSecondaryResults().get(name);
        if (secondary == null) {
            throw new RunnerException("expected " + name + " of the profiler");
        }
        return secondary.getScore();
    }
}
