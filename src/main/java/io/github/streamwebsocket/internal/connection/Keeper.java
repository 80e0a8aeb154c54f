package io.github.streamwebsocket.internal.connection;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads when the application does not, so that pings are answered and a Close is noticed while nobody reads. One virtual
 * thread a connection. It takes the lease only after a moment in which nobody has read, and stops in front of data; so a
 * steadily reading application never hands over to it or from it. While a reader is inside, it is parked, and woken at
 * most once a tick.
 */
final class Keeper implements Runnable {
    /** How long nobody must have read before the keeper does. */
    static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Inbound inbound;
    private final Ending ending;
    private final Lease lease;
    private final Thread thread;

    /** How often the lease went to the keeper. */
    private volatile long handOffs;

    Keeper(Inbound inbound, Ending ending) {
        this.inbound = inbound;
        this.ending = ending;
        this.lease = inbound.lease();
        this.thread = Thread.ofVirtual().name("websocket-keeper").unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Wakes the keeper: the connection has ended, or what comes is to be dropped from now on. */
    void wake() {
        LockSupport.unpark(thread);
    }

    long handOffs() {
        return handOffs;
    }

    @Override
    public void run() {
        int seen = lease.reads();
        while (!ending.ended()) {
            LockSupport.parkNanos(this, TICK_NANOS);
            int now = lease.reads();
            if (now != seen) {
                seen = now;
            } else {
                keep();
                parkUntilAReaderLeaves();
            }
        }
    }

    /** Reads ahead, if nobody else does and no data stands in the way. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void keep() {
        if (!lease.tryTake()) {
            return;
        }
        try {
            if (!nothingToRead()) {
                handOffs++;
                inbound.readAhead();
            }
        } catch (IOException e) {
            // Noted in the ending, from where every caller learns of it.
        } finally {
            lease.giveBack();
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
