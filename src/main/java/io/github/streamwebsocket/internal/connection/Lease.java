package io.github.streamwebsocket.internal.connection;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to read the wire. The application's reads take it and read into their own arrays; only when nobody has read
 * for a moment does the keeper take it. Unlike the frame and state locks it is held while waiting for bytes.
 */
final class Lease {
    private static final AtomicReferenceFieldUpdater<Lease, @Nullable Thread> WAITER =
            AtomicReferenceFieldUpdater.newUpdater(Lease.class, Thread.class, "waiter");

    private final ReentrantLock lock = new ReentrantLock();
    /** How often the application has had the lease; written by its holder. */
    private volatile int reads;
    /** The keeper, when it waits for a reader to leave. */
    private volatile @Nullable Thread waiter;

    /**
     * Waits for the lease on behalf of the application.
     *
     * @param nanos how long at the most; 0 for ever
     * @return false when the time passed
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
    boolean take(long nanos) throws InterruptedException {
        if (!lock.tryLock()) {
            if (nanos == 0) {
                lock.lockInterruptibly();
            } else if (!lock.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        reads++;
        return true;
    }

    /** Takes the lease for the keeper, if it is free. */
    boolean tryTake() {
        return lock.tryLock();
    }

    /** Gives the lease back on behalf of the keeper, who needs no waking. */
    void giveBack() {
        lock.unlock();
    }

    /** Gives the lease back on behalf of the application. */
    void release() {
        lock.unlock();
        Thread keeper = waiter;
        // Not by a plain write: meanwhile another may have woken this one, and its successor announced itself.
        if (keeper != null && WAITER.compareAndSet(this, keeper, null)) {
            LockSupport.unpark(keeper);
        }
    }

    boolean held() {
        return lock.isLocked();
    }

    /** Changes whenever the application takes the lease. */
    int reads() {
        return reads;
    }

    /** The calling thread wants to be unparked when a holder leaves; call before looking whether one is inside. */
    void announce() {
        waiter = Thread.currentThread();
    }

    void renounce() {
        waiter = null;
    }
}
