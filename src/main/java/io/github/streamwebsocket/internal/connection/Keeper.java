package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.internal.frame.FrameReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads when the application does not, so that pings are answered and a Close is noticed while nobody reads. One virtual
 * thread a connection: one that watches whether the application reads, and when it has not for a moment hands over to
 * one that reads, until data stands in the way. So a steadily reading application never hands over to the keeper or
 * takes over from it. Each of the two begins with an empty stack, as a parked one keeps the memory of its deepest.
 */
final class Keeper {
    /** How long nobody must have read before the keeper does. */
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Inbound inbound;
    private final PeerFrames frames;
    private final FrameReader reader;
    private final Ending ending;
    private final Lease lease;
    private volatile Thread thread;

    /** How often the lease went to the keeper. */
    private volatile long handOffs;

    Keeper(Inbound inbound, PeerFrames frames, FrameReader reader, Ending ending) {
        this.inbound = inbound;
        this.frames = frames;
        this.reader = reader;
        this.ending = ending;
        this.lease = inbound.lease();
        this.thread = thread(this::watch);
    }

    private static Thread thread(Runnable task) {
        return Thread.ofVirtual().name("websocket-keeper").unstarted(task);
    }

    void start() {
        thread.start();
    }

    /** Goes on in a new thread; the calling one ends. */
    private void handTo(Runnable task) {
        Thread next = thread(task);
        thread = next; // before it looks at what has changed: who wakes the old one has changed that before
        try {
            next.start();
        } catch (RuntimeException | Error e) {
            deaf(e);
            throw e;
        }
    }

    /** Without a keeper pings would stay unanswered and a Close unnoticed: rather no connection than that one. */
    private void deaf(Throwable cause) {
        ending.broke(Faults.failed("reading ahead", cause));
    }

    /** Wakes the keeper: the connection has ended, or what comes is to be dropped from now on. */
    void wake() {
        LockSupport.unpark(thread);
    }

    long handOffs() {
        return handOffs;
    }

    private void watch() {
        int seen = lease.reads();
        while (!ending.ended()) {
            LockSupport.parkNanos(this, TICK_NANOS);
            int now = lease.reads();
            if (now == seen) {
                handTo(this::keep);
                return;
            }
            seen = now;
        }
    }

    /**
     * Reads ahead, if nobody else does and no data stands in the way. Waits between frames by the shortest way to the
     * wire: what is on the stack of a thread that waits is the larger part of the memory of an idle connection.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void keep() {
        if (lease.tryTake()) {
            try {
                handOffs += nothingToRead() ? 0 : 1;
                while (!nothingToRead()) {
                    if (inbound.betweenFrames()) {
                        frames.quiet();
                        try {
                            reader.await();
                        } catch (IOException e) {
                            throw frames.fault(e);
                        }
                    }
                    inbound.step(0);
                }
            } catch (IOException e) {
                // Noted in the ending, from where every caller learns of it.
            } catch (RuntimeException | Error e) {
                deaf(e);
                throw e;
            } finally {
                lease.giveBack();
            }
        }
        parkUntilAReaderLeaves();
        if (!ending.ended()) {
            handTo(this::watch);
        }
    }

    private void parkUntilAReaderLeaves() {
        lease.announce();
        // Looks again after the announcement: a reader that left before it has woken nobody.
        if (readerInsideOrNothingToRead() && !ending.ended()) {
            LockSupport.park(this);
        }
        lease.renounce();
    }

    private boolean readerInsideOrNothingToRead() {
        if (!lease.tryTake()) {
            return true;
        }
        try {
            return nothingToRead();
        } finally {
            lease.giveBack();
        }
    }

    private boolean nothingToRead() {
        return inbound.over() || inbound.dataWaiting();
    }
}
