package io.github.streamwebsocket.internal.net;

import io.github.streamwebsocket.internal.Monitors;
import java.lang.Thread.UncaughtExceptionHandler;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A point in time at which something is to happen, unless it is called off before, as nearly every one is. So all of them
 * wait in one thread, and to call one off wakes nobody: a thread for each would be woken twice, which takes longer than a
 * good part of a connection's handshake. The thread is started when it is needed, and ends soon after. For any thread.
 */
public final class Deadline {
    /** After how long the thread looks for the first time whether anything is left to wait for; then ever more seldom. */
    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long MOST = TimeUnit.SECONDS.toNanos(1);

    private static final long ORIGIN = System.nanoTime();

    /** By the difference, as System.nanoTime may overflow; the number tells those of the same time apart. */
    private static final ConcurrentSkipListSet<Deadline> WAITING = new ConcurrentSkipListSet<>(
            Comparator.<Deadline>comparingLong(each -> each.time - ORIGIN).thenComparingLong(each -> each.number));

    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final AtomicReference<@Nullable Thread> WAITER = new AtomicReference<>();

    /** What the waiter sleeps for; null while it does not sleep. */
    private static volatile @Nullable Deadline next;

    private final long time;
    private final long number = NUMBERS.getAndIncrement();
    private final Runnable task;

    private Deadline(long time, Runnable task) {
        this.time = time;
        this.task = task;
    }

    /**
     * Has a task run when the time has passed. What it throws goes to the handler of uncaught exceptions.
     *
     * @param wait not negative; more than a century is as good as for ever
     * @param task must not block, as all others wait for it
     */
    public static Deadline in(Duration wait, Runnable task) {
        Deadline deadline = new Deadline(System.nanoTime() + nanos(wait), task);
        boolean set = false;
        try {
            WAITING.add(deadline);
            Deadline before = next; // after the addition: who looks for the first one writes this before
            if (before == null || deadline.time - before.time < 0) {
                wake();
            }
            set = true;
        } finally {
            if (!set) {
                deadline.cancel(); // nobody could do that later
            }
        }
        return deadline;
    }

    /** Half of what fits, so that the difference of two points in time does not overflow. */
    private static long nanos(Duration wait) {
        Duration most = Duration.ofNanos(Long.MAX_VALUE / 2);
        return wait.compareTo(most) > 0 ? most.toNanos() : wait.toNanos();
    }

    /** Calls it off, unless its task has begun to run; a second time does nothing. */
    public void cancel() {
        WAITING.remove(this);
    }

    private static void wake() {
        Thread waiter = WAITER.get();
        if (waiter != null) {
            LockSupport.unpark(waiter); // one that is about to end looks again
            return;
        }
        Monitors.free()
                .name("websocket-deadlines")
                .inheritInheritableThreadLocals(false) // which are those of whoever happens to be the first
                .start(Deadline::awaitAll);
    }

    /** For a thread that nobody counts on until it runs, as it may not get that far; of several the first one stays. */
    private static void awaitAll() {
        while (!WAITING.isEmpty() && WAITER.compareAndSet(null, Thread.currentThread())) {
            try {
                awaitUntilNoneIsLeft();
            } catch (Throwable e) { // for want of memory, most likely: what waits must not be lost for that
                recover();
            } finally {
                next = null;
                WAITER.set(null);
                VarHandle.fullFence(); // one that was added meanwhile may have found this thread
            }
        }
    }

    private static void recover() {
        try {
            LockSupport.parkNanos(Deadline.class, LOOK);
        } catch (Throwable e) {
            Thread.onSpinWait();
        }
    }

    private static void awaitUntilNoneIsLeft() {
        long look = LOOK;
        for (Deadline first = first(); first != null; first = first()) {
            long left = first.time - System.nanoTime();
            if (left > 0) {
                next = first;
                VarHandle.fullFence(); // the list is read without one
                if (first() == first) { // or one was added that has not seen this
                    LockSupport.parkNanos(Deadline.class, Math.min(left, look));
                }
                next = null;
                look = Math.min(2 * look, MOST);
            } else if (WAITING.remove(first)) {
                first.run();
            }
        }
    }

    private void run() {
        try {
            task.run();
        } catch (Throwable e) { // no other one is to suffer
            tell(e);
        }
    }

    /** On a thread of its own, as the handler is the application's. */
    private static void tell(Throwable fault) {
        Thread thread = Thread.currentThread();
        UncaughtExceptionHandler handler = thread.getUncaughtExceptionHandler();
        Thread.ofVirtual().name("websocket-deadline-fault").start(() -> handler.uncaughtException(thread, fault));
    }

    private static @Nullable Deadline first() {
        Iterator<Deadline> all = WAITING.iterator();
        return all.hasNext() ? all.next() : null;
    }
}
