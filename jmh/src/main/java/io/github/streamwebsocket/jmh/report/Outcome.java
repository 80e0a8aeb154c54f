package io.github.streamwebsocket.jmh.report;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * What one JVM has brought.
 *
 * @param figures one for each measure of the case
 * @param warming whether it became faster while it was measured: the JIT was still at work, so the figures tell less
 *     than they would later
 */
record Outcome(List<Double> figures, boolean warming) {
    /** How much faster the last iteration may be than the first. */
    private static final double MOST = 1.1;

    /** Compares the first measured iteration with the last. */
    static boolean warming(RunResult result) {
        Collection<IterationResult> all =
                result.getBenchmarkResults().iterator().next().getIterationResults();
        List<Double> scores = all.stream()
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
        double growth = scores.getLast() / scores.getFirst();
        return result.getParams().getMode() == Mode.Throughput ? growth > MOST : growth < 1 / MOST;
    }
}
