package io.github.streamwebsocket.internal.net;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** For a JVM of its own: sets a deadline while the one carrier is kept, as it may be by a monitor before JDK 24. */
public final class CarriersAreKept {
    private CarriersAreKept() {}

    /** Prints whether the deadline has come. */
    public static void main(String... args) throws InterruptedException {
        begin();
        CountDownLatch passed = new CountDownLatch(1);
        Deadline.in(Duration.ofMillis(20), passed::countDown);
        System.out.println(passed.await(10, TimeUnit.SECONDS) ? "it has come" : "it has not come");
        System.exit(0);
    }

    /** From now on no other virtual thread runs in this JVM, which takes itself for one of JDK 21. */
    public static void begin() throws InterruptedException {
        System.setProperty("java.specification.version", "21");
        System.setProperty("jdk.virtualThreadScheduler.parallelism", "1");
        System.setProperty("jdk.virtualThreadScheduler.maxPoolSize", "1");
        CountDownLatch kept = new CountDownLatch(1);
        Thread.startVirtualThread(() -> {
            kept.countDown();
            while (true) {
                Thread.onSpinWait();
            }
        });
        kept.await();
    }
}
