package io.github.streamwebsocket.cli;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Counts the bytes of a transfer, which runs from when the meter is made. For any thread. */
final class Meter {
    private final LongSupplier nanoTime;
    private final long start;
    private final AtomicLong bytes = new AtomicLong();

    Meter() {
        this(System::nanoTime);
    }

    Meter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        start = nanoTime.getAsLong();
    }

    void add(long count) {
        bytes.addAndGet(count);
    }

    long bytes() {
        return bytes.get();
    }

    double seconds() {
        return (nanoTime.getAsLong() - start) / 1e9;
    }

    /** Says what it comes to: 1.00 GiB in 2.10 s, 488 MiB/s. */
    String summary() {
        double seconds = seconds();
        return Units.size(bytes()) + " in " + Units.time(seconds) + ", " + Units.rate(bytes(), seconds);
    }
}
