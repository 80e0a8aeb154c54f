package io.github.streamwebsocket.jmh.report;

/**
 * What came of having one client measured.
 *
 * @param outcome null if it failed
 * @param failure null if it did not
 * @param warming whether it became faster, beside the others, while it was measured: the JIT was still at work, so the
 *     figures tell less than they would later
 */
record Attempt(Outcome outcome, Exception failure, boolean warming) {
    /** How much faster it may become than half of all do, as the machine itself becomes faster at times. */
    private static final double MOST = 1.1;

    static Attempt of(Outcome outcome) {
        return new Attempt(outcome, null, false);
    }

    static Attempt failed(Exception failure) {
        return new Attempt(null, failure, false);
    }

    /** The same with another figure, if it has any. */
    Attempt with(double figure) {
        return outcome == null ? this : new Attempt(outcome.with(figure), null, warming);
    }

    /** The same, judged by how much faster half of all have become at the least. */
    Attempt besides(double growth) {
        return new Attempt(outcome, failure, outcome != null && outcome.growth() > MOST * growth);
    }
}
