package io.github.streamwebsocket.jmh.report;

/**
 * How long something is measured.
 *
 * @param rounds in each of which every client has a JVM of its own; 0 leaves it out
 * @param warmups how often it is run before it is measured
 * @param measurements how often it is measured
 * @param milliseconds that one of these takes
 */
record Effort(int rounds, int warmups, int measurements, int milliseconds) {
    /** What a JVM costs that is started for a client, in milliseconds. */
    private static final int START = 1_300;

    static final Effort NONE = new Effort(0, 0, 0, 0);

    Effort withRounds(int count) {
        return rounds == 0 ? this : new Effort(count, warmups, measurements, milliseconds);
    }

    /** What one JVM takes, in milliseconds. */
    long forkMilliseconds() {
        return START + (long) (warmups + measurements) * milliseconds;
    }
}
