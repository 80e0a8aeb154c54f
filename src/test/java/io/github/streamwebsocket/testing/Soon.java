package io.github.streamwebsocket.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition with a deadline. */
public final class Soon {
    /** What "at once" means in a test: far more than it takes, far less than for ever. */
    public static final Duration LIMIT = Duration.ofSeconds(2);

    private Soon() {}

    /** Waits until the condition holds; an AssertionError after {@link #LIMIT}. */
    public static void that(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("expected within " + LIMIT.toMillis() + " ms: " + what);
            }
            LockSupport.parkNanos(500_000);
        }
    }
}
