package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.frame.ClosePayload;
import io.github.streamwebsocket.internal.net.Wire;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ends, and what callers are told then. From the first Close frame wanted or received a bound runs
 * that ends in a raw close, so nobody waits longer for a peer that does not answer, read, or take a close_notify.
 */
final class Ending {
    private static final AtomicReferenceFieldUpdater<Ending, @Nullable WebSocketException> FAILURE =
            AtomicReferenceFieldUpdater.newUpdater(Ending.class, WebSocketException.class, "failure");

    private final EndOfWire end;
    private final Handlers<WebSocketClosedEventArgs> closed;

    private final ReentrantLock stateLock = new ReentrantLock();
    /** Guarded by stateLock. */
    private final CloseState close = new CloseState();

    private volatile @Nullable WebSocketException failure;
    /** Falls when the peer's Close has come or the connection has ended. */
    private final CountDownLatch reasonKnown = new CountDownLatch(1);

    /** No more data may be sent. */
    private volatile boolean closing;
    /** Our Close frame is still to be sent. */
    private volatile boolean closeOwed;
    /** This side wants no more data: what comes in front of the peer's Close is dropped. */
    private volatile boolean discarding;
    /** Data was dropped: the end must not look like one at which everything was received. */
    private volatile boolean dataLost;

    private volatile boolean remoteClosed;
    /** Why nothing more can be sent, not even a Close, when a write broke; written with stateLock. */
    private volatile @Nullable WebSocketException writeFault;

    /**
     * Makes the ending of a connection.
     *
     * @param afterwards runs once when the connection has ended, whatever way
     */
    Ending(Wire wire, Duration closeTimeout, Handlers<WebSocketClosedEventArgs> closed, Runnable afterwards) {
        this.closed = closed;
        this.end = new EndOfWire(wire, closeTimeout, () -> {
            reasonKnown.countDown();
            afterwards.run();
        });
    }

    /** Whether messages can be sent and received. */
    boolean open() {
        return !closing && failure == null;
    }

    /** Whether a Close frame was sent, received or is owed, after which the connection ends by itself. */
    boolean underWay() {
        return closing && writeFault == null;
    }

    boolean failed() {
        return failure != null;
    }

    boolean ended() {
        return end.ended();
    }

    void awaitEnd() throws InterruptedException {
        end.await();
    }

    boolean discarding() {
        return discarding;
    }

    void dataLost() {
        dataLost = true;
    }

    boolean closeOwed() {
        return closeOwed;
    }

    /** Throws what a sender is told when nothing can be sent any more. */
    void checkSendable() throws WebSocketException {
        if (!open()) {
            throw exception();
        }
    }

    /**
     * Throws what a reader is told at the end of all messages, unless the peer closed in good order: with 1000 or no
     * code, and no data lost.
     */
    void checkCleanEnd() throws WebSocketException {
        ClosePayload remote = remote();
        if (failure != null || remote == null || !remote.clean() || dataLost) {
            throw exception();
        }
    }

    /** This side wants to close; the caller sees to it that the Close frame is sent. */
    void want(ClosePayload payload) {
        stateLock.lock();
        try {
            closeOwed |= close.want(payload) && writeFault == null;
            discarding = true;
            closing = true;
        } finally {
            stateLock.unlock();
        }
        startBound();
    }

    /** The peer's Close frame has come; the caller sees to it that ours is sent if it is owed. */
    void received(ClosePayload payload) {
        boolean finished;
        stateLock.lock();
        try {
            close.received(payload);
            remoteClosed = true;
            closing = true;
            closeOwed = close.owed() != null && writeFault == null;
            finished = close.finished() || writeFault != null;
        } finally {
            stateLock.unlock();
        }
        startBound();
        reasonKnown.countDown();
        closed.raise(new WebSocketClosedEventArgs(payload.code(), payload.reason()));
        if (finished) {
            end.inOrder();
        }
    }

    /** The peer broke the protocol: nothing more is read. The caller sees to it that the Close frame is sent. */
    void fail(WebSocketProtocolException fault) {
        FAILURE.compareAndSet(this, null, fault);
        boolean finished;
        stateLock.lock();
        try {
            closeOwed |= close.want(new ClosePayload(fault.closeCode(), "")) && writeFault == null;
            close.endAlone();
            closing = true;
            finished = close.finished() || writeFault != null;
        } finally {
            stateLock.unlock();
        }
        startBound();
        if (finished) {
            end.inOrder();
        }
    }

    /** This side cannot go on; what the peer still says is dropped. The caller sees to it that the Close is sent. */
    void giveUp(WebSocketException fault) {
        FAILURE.compareAndSet(this, null, fault);
        want(new ClosePayload(ClosePayload.INTERNAL_ERROR, ""));
    }

    /** Takes the Close frame that is to be sent next, null if there is none. For the holder of the frame lock. */
    @Nullable
    ClosePayload takeOwed() {
        if (!closeOwed) {
            return null;
        }
        stateLock.lock();
        try {
            closeOwed = false;
            return close.owed();
        } finally {
            stateLock.unlock();
        }
    }

    /** Our Close frame is on the wire. */
    void sent() {
        boolean finished;
        stateLock.lock();
        try {
            close.sent();
            finished = close.finished();
        } finally {
            stateLock.unlock();
        }
        if (finished) {
            end.inOrder();
        }
    }

    /**
     * A write failed. What the peer sent before may still be there to read, above all the Close that says why, so the
     * reading side goes on to its own end, inside the bound.
     */
    void writingBroke(WebSocketException fault) {
        if (fault.status() == WebErrorStatus.OPERATION_CANCELED) {
            broke(fault);
            return;
        }
        boolean finished;
        stateLock.lock();
        try {
            writeFault = fault;
            closing = true;
            closeOwed = false;
            finished = remoteClosed || failed();
        } finally {
            stateLock.unlock();
        }
        startBound();
        if (finished) {
            end.inOrder();
        }
    }

    /** The connection is broken or given up: it ends now. Takes no lock and does not block. */
    void broke(WebSocketException fault) {
        if (end.over()) {
            return;
        }
        // After the peer's Close all that it had to say was said: a break is no fault then, a decision of ours is.
        if (!remoteClosed || fault.status() == WebErrorStatus.OPERATION_CANCELED) {
            FAILURE.compareAndSet(this, null, fault);
        }
        closing = true;
        closeOwed = false;
        end.cut();
    }

    /** Starts the time in which the connection must have ended. */
    void startBound() {
        end.bound(() -> broke(new WebSocketAbortedException(
                WebErrorStatus.TIMEOUT,
                "expected the close handshake to end within "
                        + end.closeTimeout().toMillis() + " ms",
                null)));
    }

    /** Waits a little for the peer's Close or the end, whichever tells why a write failed. */
    void awaitReason(Duration time) {
        try {
            if (!reasonKnown.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                return; // the break itself is all that can be told
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What a caller is told who wants something of a connection that has ended or is ending. */
    WebSocketException exception() {
        WebSocketException first = failure;
        if (first == null && !remoteClosed) {
            first = writeFault;
        }
        if (first != null) {
            return Faults.again(first);
        }
        stateLock.lock();
        try {
            return Faults.closed(close.local(), close.remote(), close.remoteFirst());
        } finally {
            stateLock.unlock();
        }
    }

    private @Nullable ClosePayload remote() {
        stateLock.lock();
        try {
            return close.remote();
        } finally {
            stateLock.unlock();
        }
    }
}
