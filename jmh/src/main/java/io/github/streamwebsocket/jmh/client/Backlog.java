package io.github.streamwebsocket.jmh.client;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * Bytes given to a library that queues them and tells when they have left: holds their sender back while there are
 * many.
 */
final class Backlog {
    private final long most;
    private long added;
    private volatile long left;
    private volatile long awaited;
    private volatile Thread sender;
    private volatile Throwable failure;

    /** @param most bytes that may wait: whoever sends more goes on when half of them have left */
    Backlog(long most) {
        this.most = most;
    }

    /** For the sender, before it sends: waits until there is room, and wakes up before the queue is empty. */
    void add(int bytes) throws IOException {
        if (added - left > most) {
            awaited = added - most / 2;
            sender = Thread.currentThread();
            while (left < awaited && failure == null) {
                LockSupport.park(this);
            }
            sender = null;
        }
        if (failure != null) {
            throw new IOException("expected to send more: " + failure, failure);
        }
        added += bytes;
    }

    /** For the library's thread: so many bytes more have left. */
    void leave(int bytes) {
        long now = left + bytes;
        left = now;
        Thread thread = sender;
        if (thread != null && now >= awaited) {
            LockSupport.unpark(thread);
        }
    }

    /** For the library's thread: nothing more can leave. */
    void failed(Throwable cause) {
        failure = cause;
        LockSupport.unpark(sender);
    }
}
