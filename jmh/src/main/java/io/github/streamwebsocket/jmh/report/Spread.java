package io.github.streamwebsocket.jmh.report;

import java.util.List;
import java.util.Objects;

/** The median of the rounds, and what they lie between. */
record Spread(double median, double least, double most) {

    /**
     * @param values of the rounds, null for those that have failed
     * @return null if there are none
     */
    static Spread of(List<Double> values) {
        double[] sorted = values.stream()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        int count = sorted.length;
        if (count == 0) {
            return null;
        }
        double median = Row.rounded((sorted[(count - 1) / 2] + sorted[count / 2]) / 2);
        return new Spread(median, sorted[0], sorted[count - 1]);
    }
}
