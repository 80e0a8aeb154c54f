package io.github.streamwebsocket.jmh.report;

import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long something is measured.
 *
 * @param rounds in each of which every client has a JVM of its own; 0 leaves it out
 * @param warmup how long it is run before it is measured, in milliseconds
 * @param warmupOfTls the same over TLS, which is slow until the JIT has compiled its ciphers: that takes some hundred
 *     megabytes
 * @param measurements how often it is measured
 * @param milliseconds that one of these takes
 */
record Effort(int rounds, int warmup, int warmupOfTls, int measurements, int milliseconds) {
    /** What a JVM costs that is started for a client, in milliseconds. */
    private static final int START = 2_500;

    /** The most that an iteration before the measured ones takes, in milliseconds. */
    static final int SECOND = 1_000;

    static final Effort NONE = new Effort(0, 0, 0, 0, 0);

    Effort withRounds(int count) {
        return rounds == 0 ? this : new Effort(count, warmup, warmupOfTls, measurements, milliseconds);
    }

    /** What one JVM takes, in milliseconds. */
    long forkMilliseconds(String transport) {
        return START + warmup(transport) + (long) measurements * milliseconds;
    }

    /** Iterations before the measured ones, of a second or less. */
    int warmups(String transport) {
        return Math.ceilDiv(warmup(transport), SECOND);
    }

    /** How long one of these takes. */
    TimeValue warmupTime(String transport) {
        return TimeValue.milliseconds(warmup(transport) / Math.max(1, warmups(transport)));
    }

    private int warmup(String transport) {
        return transport.equals("wss") ? warmupOfTls : warmup;
    }
}
