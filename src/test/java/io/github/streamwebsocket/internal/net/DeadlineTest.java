package io.github.streamwebsocket.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.testing.ChildJvm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it looks at all threads")
@Timeout(60)
class DeadlineTest {
    private static final Duration LONG = Duration.ofDays(1);

    @Test
    void theTaskDoesNotRunBeforeTheTime() throws Exception {
        BlockingQueue<Long> ran = new LinkedBlockingQueue<>();
        long start = System.nanoTime();
        Deadline.in(Duration.ofMillis(50), () -> ran.add(System.nanoTime()));
        Long end = ran.poll(10, TimeUnit.SECONDS);
        assertTrue(end != null && end - start >= TimeUnit.MILLISECONDS.toNanos(50), "ran after " + end);
    }

    @Test
    void anEarlierOneThatIsSetLaterIsNotLate() throws Exception {
        Deadline late = Deadline.in(LONG, () -> {});
        try {
            Await.until(
                    "the thread waits for the late one",
                    () -> !LiveThreads.named("websocket-deadlines").isEmpty());
            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                CountDownLatch early = new CountDownLatch(1);
                Deadline.in(Duration.ofMillis(1), early::countDown);
                assertTrue(early.await(10, TimeUnit.SECONDS));
            }
            // The thread looks by itself too, ten times a second.
            long took = System.nanoTime() - start;
            assertTrue(took < TimeUnit.SECONDS.toNanos(5), "took " + took + " ns, as if nobody was woken");
        } finally {
            late.cancel();
        }
    }

    @Test
    void oneThatIsCalledOffDoesNotRun() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        Deadline off = Deadline.in(Duration.ofMillis(20), ran::incrementAndGet);
        off.cancel();
        off.cancel();
        CountDownLatch later = new CountDownLatch(1);
        Deadline.in(Duration.ofMillis(60), later::countDown);
        assertTrue(later.await(10, TimeUnit.SECONDS));
        assertEquals(0, ran.get());
    }

    @Test
    void aTaskThatFailsHoldsUpNoOther() throws Exception {
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> failures.add(e));
        try {
            Deadline.in(Duration.ofMillis(1), () -> {
                throw new IllegalStateException("expected");
            });
            CountDownLatch next = new CountDownLatch(1);
            Deadline.in(Duration.ofMillis(10), next::countDown);
            assertTrue(next.await(10, TimeUnit.SECONDS));
            Throwable failure = failures.poll(10, TimeUnit.SECONDS);
            assertEquals("expected", failure == null ? "none" : failure.getMessage());
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    /** Threads add and call off at the same time as the waiting thread begins and ends, again and again. */
    @Test
    void ofManyByManyThreadsEachRunsOnceUnlessItWasCalledOff() throws Exception {
        int threads = 8;
        int each = 2_000;
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger calledOff = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(threads * each / 2);
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(Thread.startVirtualThread(() -> {
                for (int k = 0; k < each / 2; k++) {
                    Deadline off = Deadline.in(LONG, calledOff::incrementAndGet);
                    Deadline.in(Duration.ofNanos(ThreadLocalRandom.current().nextInt(200_000)), () -> {
                        ran.incrementAndGet();
                        done.countDown();
                    });
                    off.cancel();
                }
            }));
        }
        for (Thread thread : all) {
            Await.end(thread);
        }
        assertTrue(done.await(30, TimeUnit.SECONDS), () -> done.getCount() + " did not run");
        assertEquals(threads * each / 2, ran.get());
        assertEquals(0, calledOff.get());
    }

    @Test
    void noThreadIsLeftWhenNothingIs() throws Exception {
        Deadline last = Deadline.in(LONG, () -> {});
        Await.until(
                "the thread waits",
                () -> !LiveThreads.named("websocket-deadlines").isEmpty());
        last.cancel();
        Await.until(
                "the thread ends",
                () -> LiveThreads.named("websocket-deadlines").isEmpty());
    }

    @Test
    void itComesWhereMonitorsKeepAllCarriers() throws Exception {
        try (ChildJvm jvm = new ChildJvm(Duration.ofSeconds(30), "32m", CarriersAreKept.class)) {
            jvm.expect("it has come");
        }
    }
}
