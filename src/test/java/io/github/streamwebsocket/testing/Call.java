package io.github.streamwebsocket.testing;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call on a virtual thread of its own, as an application makes it, and what came of it. */
public final class Call<T> {
    /** What {@link #run} takes. */
    @FunctionalInterface
    public interface Action {
        void run() throws Throwable;
    }

    private final long started = System.nanoTime();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable T result;
    private volatile @Nullable Throwable failure;
    private volatile boolean interrupted;
    private volatile long ended;

    private Call(Callable<T> body) {
        thread = Thread.ofVirtual().name("test-call").unstarted(() -> {
            try {
                result = body.call();
            } catch (Throwable e) {
                failure = e;
            }
            ended = System.nanoTime();
            interrupted = Thread.currentThread().isInterrupted();
            done.countDown();
        });
    }

    /** Starts a call that gives something. */
    public static <T> Call<T> of(Callable<T> body) {
        Call<T> call = new Call<>(body);
        call.thread.start();
        return call;
    }

    /** Starts a call that gives nothing. */
    public static Call<Void> run(Action body) {
        return of(() -> {
            try {
                body.run();
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            return null;
        });
    }

    /** What the call gave; an AssertionError if it threw or does not return soon. */
    public T result() {
        await();
        if (failure != null) {
            throw new AssertionError("the call failed", failure);
        }
        return result;
    }

    /** What the call threw; an AssertionError if it threw something else, nothing, or does not return soon. */
    public <X extends Throwable> X failure(Class<X> type) {
        await();
        if (!type.isInstance(failure)) {
            throw new AssertionError("expected " + type.getSimpleName() + " but was " + failure, failure);
        }
        return type.cast(failure);
    }

    /** Waits until the call is over; what it threw, null if it returned. */
    public @Nullable Throwable outcome() {
        await();
        return failure;
    }

    /** Waits until the call is over, whatever came of it. */
    public Call<T> await() {
        boolean over;
        try {
            over = done.await(Soon.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (!over) {
            AssertionError hangs = new AssertionError("the call hangs");
            hangs.setStackTrace(thread.getStackTrace());
            throw hangs;
        }
        return this;
    }

    public boolean done() {
        return done.getCount() == 0;
    }

    /** Waits until the call waits for something in a method of this class, at any depth. */
    public Call<T> awaitInside(Class<?> type) {
        Soon.that("the call waits in " + type.getSimpleName(), () -> waits() && inside(type));
        return this;
    }

    private boolean waits() {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private boolean inside(Class<?> type) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals(type.getName())) {
                return true;
            }
        }
        return false;
    }

    public void interrupt() {
        thread.interrupt();
    }

    /** Whether the interrupt status was set when the call was over. */
    public boolean interruptStatusKept() {
        await();
        return interrupted;
    }

    /** How long the call took, in milliseconds. */
    public long millis() {
        await();
        return PipeWire.millis(ended - started);
    }

    /** How long after a moment the call was over, in milliseconds; the moment is one of System.nanoTime. */
    public long millisSince(long moment) {
        await();
        return PipeWire.millis(ended - moment);
    }
}
