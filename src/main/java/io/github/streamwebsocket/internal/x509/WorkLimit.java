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
    private static final int MOST_NAME_COMPARISONS = 200_000;

    private int signatures = MOST_SIGNATURES;
    private int paths = MOST_PATHS;
    private int steps = MOST_STEPS;
    private int nameComparisons = MOST_NAME_COMPARISONS;

    /** Takes one verification with a key; false when there are none left. */
    boolean takeSignature(PublicKeyFacts key) {
        int cost = switch (key.kind()) {
            case RSA, DSA, OTHER -> 1 + key.bits() / 4_097 * 4;
            case EC -> key.bits() <= 256 ? 1 : key.bits() <= 384 ? 2 : 4;
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

    boolean takeNameComparisons(long count) {
        nameComparisons -= (int) Math.min(count, MOST_NAME_COMPARISONS + 1L);
        return nameComparisons >= 0;
    }

    /** Whether something was left out for want of work. */
    boolean exceeded() {
        return signatures < 0 || paths < 0 || steps < 0 || nameComparisons < 0;
    }
}
