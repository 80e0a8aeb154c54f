package io.github.streamwebsocket.internal;

import java.time.Duration;
import java.util.Objects;

/** Checks the values of settings. Pure. */
public final class Limits {
    private static final int LEAST_FRAME_SIZE = 128;
    private static final int MOST_FRAME_SIZE = 1 << 24;
    /** Longer waits do not fit the nanoseconds they are counted in. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Duration SHORTEST = Duration.ofMillis(1);

    private Limits() {}

    /**
     * A time that may be zero for none. Times too long to count are as good as the longest that can be, and those below a
     * millisecond, which the system cannot wait for, are one millisecond.
     */
    public static Duration timeout(String name, Duration value) {
        if (Objects.requireNonNull(value, "value").isNegative()) {
            throw new IllegalArgumentException("expected a " + name + " of zero or more but was " + value);
        }
        if (value.compareTo(LONGEST) > 0) {
            return LONGEST;
        }
        return !value.isZero() && value.compareTo(SHORTEST) < 0 ? SHORTEST : value;
    }

    /** A time that must not be zero. */
    public static Duration positive(String name, Duration value) {
        if (Objects.requireNonNull(value, "value").isZero() || value.isNegative()) {
            throw new IllegalArgumentException("expected a " + name + " of more than zero but was " + value);
        }
        return timeout(name, value);
    }

    public static int atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException("expected a " + name + " of at least " + least + " but was " + value);
        }
        return value;
    }

    public static long maxMessageSize(long value) {
        if (value < 1) {
            throw new IllegalArgumentException("expected a maxMessageSize of at least 1 byte but was " + value);
        }
        return value;
    }

    public static int frameSize(int value) {
        if (value < LEAST_FRAME_SIZE || value > MOST_FRAME_SIZE) {
            throw new IllegalArgumentException("expected a frameSize of " + LEAST_FRAME_SIZE + " to " + MOST_FRAME_SIZE
                    + " bytes but was " + value);
        }
        return value;
    }
}
