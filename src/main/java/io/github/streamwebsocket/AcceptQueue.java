package io.github.streamwebsocket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What is ready and waits to be accepted, until the queue is closed. What is offered is either taken, or handed to whoever
 * closes, or refused: nothing is lost between them. For any thread.
 */
final class AcceptQueue<T> {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    /** Guarded by lock. */
    private final Deque<T> ready = new ArrayDeque<>();
    /** Guarded by lock. */
    private boolean closed;

    /** Adds one; false when the queue is closed, and it stays the caller's. */
    boolean offer(T item) {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            ready.add(item);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes the one that is ready longest, and blocks until there is one.
     *
     * @throws WebSocketClosedException if the queue is closed, before or while this waits
     * @throws WebSocketInterruptedException if the thread is interrupted; its status stays set
     */
    T take() throws WebSocketException {
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            while (!closed) {
                T item = ready.poll();
                if (item != null) {
                    return item;
                }
                changed.await();
            }
            int none = WebSocketClosedException.NO_CLOSE_FRAME;
            throw new WebSocketClosedException("the listener is closed", none, none, "", false, null);
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    private static WebSocketInterruptedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new WebSocketInterruptedException("interrupted while waiting for a connection to accept", e);
    }

    /** Closes the queue and frees whoever waits. Returns what was not taken. */
    List<T> close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
            List<T> left = List.copyOf(ready);
            ready.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
