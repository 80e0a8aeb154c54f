package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketInterruptedException;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The right to send a message. It belongs to the message, from its start to its end, not to a thread: one thread may
 * begin a message and another complete it. Fair: senders get it in the order in which they asked.
 */
final class SendPermit {
    private final Ending ending;
    private final Semaphore permit = new Semaphore(1, true);
    /** The thread that began the message under way, to tell a mistake from a wait. */
    private volatile @Nullable Thread owner;

    SendPermit(Ending ending) {
        this.ending = ending;
    }

    /**
     * Waits for the right to send.
     *
     * @throws IllegalStateException if this thread has a message open: it would wait for itself
     * @throws WebSocketInterruptedException if the thread is interrupted while it waits; nothing else ends by that
     * @throws WebSocketException if the connection is closed or broken
     */
    void acquire() throws WebSocketException {
        if (owner == Thread.currentThread()) {
            throw new IllegalStateException("expected the message that this thread has begun to be completed or closed"
                    + " before another is sent");
        }
        try {
            // A plain tryAcquire() would overtake those who wait, for ever if this thread sends often enough.
            if (permit.hasQueuedThreads() || !permit.tryAcquire()) {
                permit.acquire();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WebSocketInterruptedException("interrupted while waiting for the right to send", e);
        }
        if (!ending.open()) {
            permit.release();
            throw ending.exception();
        }
        owner = Thread.currentThread();
    }

    /**
     * What somebody is told who writes to a stream that is closed.
     *
     * @param withSocket whether the close of the socket has closed it, whose Close frame may still be on its way
     */
    IOException closed(boolean withSocket) {
        return withSocket || !ending.open() ? ending.exception() : Faults.ended("output stream", "closed");
    }

    /**
     * Waits for a lock that stands in front of the right to send: its holder may wait for the peer.
     *
     * @throws WebSocketInterruptedException if the thread is interrupted while it waits; nothing else ends by that
     */
    static void lock(ReentrantLock lock) throws WebSocketInterruptedException {
        try {
            if (!lock.tryLock()) {
                lock.lockInterruptibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WebSocketInterruptedException("interrupted while waiting for the right to send", e);
        }
    }

    /** Gives the right to the next sender. */
    void release() {
        owner = null;
        permit.release();
    }

    /** The connection has ended: everybody who waits gets through, and is told. */
    void end() {
        permit.release(1 << 20);
    }
}
