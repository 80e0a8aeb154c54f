package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.internal.Monitors;
import io.github.streamwebsocket.internal.net.Deadline;
import io.github.streamwebsocket.internal.net.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * How the wire of a connection ends: in order, or cut off, and once. The bound sees to it that it does, whatever a peer
 * leaves undone: a close_notify it does not take, an end it does not send. For any thread.
 */
final class EndOfWire {
    /** What is dropped of a peer that goes on sending after the end, so that our last bytes are not lost in an RST. */
    private static final int DRAIN_BYTES = 1 << 20;

    private static final int DRAIN_MILLIS = 1000;

    private static final int BOUNDED = 1;
    private static final int FINISHING = 2;
    private static final int OVER = 4;

    private static final AtomicIntegerFieldUpdater<EndOfWire> HAPPENED =
            AtomicIntegerFieldUpdater.newUpdater(EndOfWire.class, "happened");

    private final Wire wire;
    private final Duration closeTimeout;
    private final Runnable afterwards;

    /** Which of these have happened: bits that are set once. */
    private volatile int happened;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Deadline bound;

    /**
     * Makes the end of a wire, which has not come yet.
     *
     * @param afterwards runs once when it has
     */
    EndOfWire(Wire wire, Duration closeTimeout, Runnable afterwards) {
        this.wire = wire;
        this.closeTimeout = closeTimeout;
        this.afterwards = afterwards;
    }

    Duration closeTimeout() {
        return closeTimeout;
    }

    /** Whether nothing can change the end any more. */
    boolean over() {
        return (happened & OVER) != 0;
    }

    boolean ended() {
        return ended.getCount() == 0;
    }

    /** Starts the close timeout, once; when it passes before the end, {@code late} is to cut the wire. */
    void bound(Runnable late) {
        if (first(BOUNDED) && !over()) {
            try {
                Deadline deadline = Deadline.in(closeTimeout, late);
                bound = deadline;
                if (ended()) { // before it could be called off
                    deadline.cancel();
                }
            } catch (RuntimeException | Error e) {
                late.run(); // rather than wait without a bound
                throw e;
            }
        }
    }

    /** Ends TLS and TCP in order, as all was said, on a thread that may hang until the bound. */
    void inOrder() {
        if (over() || !first(FINISHING)) {
            return;
        }
        Thread.ofVirtual().name("websocket-finish").start(() -> {
            try {
                wire.endOutput();
                wire.drain(DRAIN_BYTES, DRAIN_MILLIS);
            } catch (IOException e) {
                // A missing close_notify or end of the peer is no fault after the Close frames.
            } finally {
                wire.abort();
                if (first(OVER)) {
                    ended.countDown();
                    end();
                }
            }
        });
    }

    /** Cuts the wire. Takes no lock and does not block; who waits for the end is free, also where no thread can run. */
    void cut() {
        wire.abort();
        if (first(OVER)) {
            ended.countDown();
            try {
                Monitors.free().name("websocket-end").start(this::end);
            } catch (RuntimeException | Error e) {
                end();
                throw e;
            }
        }
    }

    void await() throws InterruptedException {
        ended.await();
    }

    /** Whether this is the first time. */
    private boolean first(int event) {
        return (HAPPENED.getAndUpdate(this, before -> before | event) & event) == 0;
    }

    private void end() {
        Deadline deadline = bound;
        if (deadline != null) {
            deadline.cancel();
        }
        afterwards.run();
    }
}
