package io.github.streamwebsocket.internal.net;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something to become true, within a bound. */
public final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private Await() {}

    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    public static void end(Thread thread) throws InterruptedException {
        if (!thread.join(PATIENCE)) {
            throw new AssertionError("still alive after " + PATIENCE + ": " + thread);
        }
    }
}
