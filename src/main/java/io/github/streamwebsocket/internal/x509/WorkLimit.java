package io.github.streamwebsocket.internal.x509;

/**
 * How much work one chain may cause. A server chooses what it sends, so a path is looked for with a bound on signatures,
 * paths and comparisons; honest chains need a tenth of it. Counted, not timed, so that a verdict does not depend on the
 * machine. For one thread.
 */
final class WorkLimit {
    /** In verifications of a small key: a large one counts for several. */
    private static final int MOST_SIGNATURES = 64;

    private static final int MOST_PATHS = 32;
    private static final int MOST_STEPS = 300;
    private static final int MOST_NAME_COMPARISONS = 100_000;

    /** So many bytes of names take as long as it takes to begin with a comparison. */
    private static final int BYTES_OF_A_COMPARISON = 16;

    private int signatures = MOST_SIGNATURES;
    private int paths = MOST_PATHS;
    private int steps = MOST_STEPS;
    private int nameComparisons = MOST_NAME_COMPARISONS;

    /** Takes one verification with a key; false when there are none left. */
    boolean takeSignature(PublicKeyFacts key) {
        int cost = switch (key.kind()) {
            case RSA, DSA, OTHER -> key.bits() <= 3_072 ? 1 : key.bits() <= 4_096 ? 2 : key.bits() <= 8_192 ? 8 : 20;
            case EC -> key.bits() <= 256 ? 2 : key.bits() <= 384 ? 4 : 8; // as slow as a curve that is not optimized
        };
        signatures -= cost;
        return signatures >= 0;
    }

    boolean takePath() {
        return --paths >= 0;
    }

    boolean takeStep() {
        return --steps >= 0;
    }

    /**
     * Takes the comparisons of each of some names with each of others; false when there are none left.
     *
     * @param ofBytes how long all names of a side are together
     */
    boolean takeNameComparisons(int names, long ofBytes, int others, long othersOfBytes) {
        long count = (long) names * others + (ofBytes * others + othersOfBytes * names) / BYTES_OF_A_COMPARISON;
        nameComparisons -= (int) Math.min(count, MOST_NAME_COMPARISONS + 1L);
        return nameComparisons >= 0;
    }

    /** Whether something was left out for want of work. */
    boolean exceeded() {
        return signatures < 0 || paths < 0 || steps < 0 || nameComparisons < 0;
    }
}
