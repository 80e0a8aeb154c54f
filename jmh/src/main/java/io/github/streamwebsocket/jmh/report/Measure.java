package io.github.streamwebsocket.jmh.report;

/**
 * One figure that is taken from a run of a benchmark.
 *
 * @param kind where it comes from
 * @param name tells it from the other figures of the same run; empty where there is but one
 * @param unit of the figure
 * @param scale what the raw figure (operations a second, nanoseconds an operation, bytes) is multiplied with
 * @param higherIsBetter whether more of it is better; null for what is neither good nor bad
 * @param comparison with the reference
 */
record Measure(Kind kind, String name, String unit, double scale, Boolean higherIsBetter, Comparison comparison) {
    /** How two figures are compared. */
    enum Comparison {
        RATIO,
        /** Where the best is none at all. */
        DIFFERENCE,
        NONE
    }

    /** Where a figure comes from. */
    enum Kind {
        /** Operations a second: JMH's score in mode Throughput. */
        RATE,
        /** Nanoseconds an operation: JMH's score in mode AverageTime or SampleTime. */
        TIME,
        /** The same, told as what is done in a nanosecond. */
        SPEED,
        /** Nanoseconds an operation that half of all stay below, in mode SampleTime. */
        P50,
        /** Nanoseconds an operation that 99 of 100 stay below, in mode SampleTime. */
        P99,
        /** Bytes an operation allocates, by JMH's profiler {@code gc}. */
        ALLOCATION,
        /** Writes that an operation asks of the system, by {@link SystemCalls}. */
        WRITES,
        /** How much of one processor the peer uses meanwhile, in percent: {@link Turns}. */
        PEER_LOAD,
        /** The number that a program of its own prints. */
        PRINTED
    }

    /** Whether it takes as many samples as only the full form has. */
    boolean isRare() {
        return kind == Kind.P99;
    }

    static Measure megabytes(long bytesAnOperation) {
        return new Measure(Kind.RATE, "", "MB/s", bytesAnOperation / 1e6, true, Comparison.RATIO);
    }

    static Measure rate(String things) {
        return new Measure(Kind.RATE, "", things + "/s", 1, true, Comparison.RATIO);
    }

    static Measure gigabytes(long bytesAnOperation) {
        return new Measure(Kind.SPEED, "", "GB/s", bytesAnOperation, true, Comparison.RATIO);
    }

    static Measure megabytesAt(long bytesAnOperation) {
        return new Measure(Kind.SPEED, "", "MB/s", bytesAnOperation * 1e3, true, Comparison.RATIO);
    }

    static Measure nanoseconds() {
        return new Measure(Kind.TIME, "time", "ns", 1, false, Comparison.NONE);
    }

    /** Where the time itself is what counts. */
    static Measure comparedNanoseconds() {
        return new Measure(Kind.TIME, "", "ns", 1, false, Comparison.RATIO);
    }

    static Measure p50() {
        return new Measure(Kind.P50, "p50", "µs", 1e-3, false, Comparison.RATIO);
    }

    static Measure p99() {
        return new Measure(Kind.P99, "p99", "µs", 1e-3, false, Comparison.RATIO);
    }

    /**
     * @param thing what an operation does one of
     */
    static Measure allocation(String thing) {
        return new Measure(Kind.ALLOCATION, "allocated", "bytes/" + thing, 1, false, Comparison.DIFFERENCE);
    }

    /**
     * @param thing what an operation does one of
     */
    static Measure writes(String thing) {
        return new Measure(Kind.WRITES, "writes", "writes/" + thing, 1, false, Comparison.NONE);
    }

    /** Whether the peer could do more than it is asked for: it does its work for a connection in one thread. */
    static Measure peerLoad() {
        return new Measure(Kind.PEER_LOAD, "processor of the peer", "%", 1, null, Comparison.NONE);
    }

    static Measure bytes(String thing) {
        return new Measure(Kind.PRINTED, "", "bytes/" + thing, 1, false, Comparison.RATIO);
    }
}
