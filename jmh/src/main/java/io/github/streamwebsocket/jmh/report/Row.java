package io.github.streamwebsocket.jmh.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * The figures of one client, one to a round; null stands for a round that has failed.
 *
 * @param subject the case
 * @param measure tells the figures of one case apart; empty where there is but one
 * @param transport {@code ws} or {@code wss}; empty where none is used
 * @param higherIsBetter null for what is neither good nor bad
 * @param ratios to the reference in the same rounds; null where ratios are not what counts
 * @param differences from the reference in the same rounds; null where differences are not what counts
 * @param warming how many rounds were still becoming faster when they were measured: {@link Attempt}
 */
record Row(
        String subject,
        String measure,
        String transport,
        String client,
        String unit,
        Boolean higherIsBetter,
        List<Double> values,
        Spread value,
        List<Double> ratios,
        Spread ratio,
        List<Double> differences,
        Spread difference,
        int warming) {

    /**
     * @param values a value for each round, null for those that have failed
     * @param reference the same of what the client is compared with
     */
    static Row of(
            Case subject,
            Measure measure,
            String transport,
            String client,
            List<Double> values,
            List<Double> reference,
            int warming) {
        List<Double> kept = values.stream()
                .map(value -> value == null ? null : (Double) rounded(value))
                .toList();
        Measure.Comparison comparison = measure.comparison();
        List<Double> ratios =
                comparison == Measure.Comparison.RATIO ? combined(values, reference, (a, b) -> a / b) : null;
        List<Double> differences =
                comparison == Measure.Comparison.DIFFERENCE ? combined(values, reference, (a, b) -> a - b) : null;
        return new Row(
                subject.name(),
                measure.name(),
                transport,
                client,
                measure.unit(),
                measure.higherIsBetter(),
                kept,
                Spread.of(kept),
                ratios,
                ratios == null ? null : Spread.of(ratios),
                differences,
                differences == null ? null : Spread.of(differences),
                warming);
    }

    private static List<Double> combined(List<Double> values, List<Double> others, DoubleBinaryOperator operator) {
        List<Double> results = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Double value = values.get(i);
            Double other = others.get(i);
            boolean both = value != null && other != null;
            results.add(both ? (Double) rounded(operator.applyAsDouble(value, other)) : null);
        }
        return results;
    }

    /** With as many digits as can mean anything. */
    static double rounded(double value) {
        return new BigDecimal(value, new MathContext(5)).doubleValue();
    }

    /** The case and, where it has several, the measure. */
    String heading() {
        return measure.isEmpty() ? subject : subject + ", " + measure;
    }

    /** Whether most rounds were still becoming faster; one may seem to be by chance. */
    boolean isWarming() {
        return 2 * warming > values.size();
    }

    /** What charts draw: what is compared by its ratio. */
    boolean drawn() {
        return ratios != null;
    }
}
