package io.github.streamwebsocket.jmh.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * What one JVM has brought.
 *
 * @param figures one for each measure of the case that the JVM can tell: all but those of the peer
 * @param growth how many times faster the second half of its iterations was than the first
 */
record Outcome(List<Double> figures, double growth) {

    /** The same with another figure, the last. */
    Outcome with(double figure) {
        List<Double> more = new ArrayList<>(figures);
        more.add(figure);
        return new Outcome(more, growth);
    }

    static double growth(RunResult result) {
        Collection<IterationResult> all =
                result.getBenchmarkResults().iterator().next().getIterationResults();
        List<Double> scores = all.stream()
                .map(iteration -> iteration.getPrimaryResult().getScore())
                .toList();
        int half = scores.size() / 2;
        double growth = sum(scores.subList(scores.size() - half, scores.size())) / sum(scores.subList(0, half));
        return half == 0 ? 1 : result.getParams().getMode() == Mode.Throughput ? growth : 1 / growth;
    }

    private static double sum(List<Double> scores) {
        return scores.stream().mapToDouble(Double::doubleValue).sum();
    }
}
