package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.Deferral;
import io.github.streamwebsocket.ServerCertificates;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketServerCustomValidationRequestedEventArgs;
import io.github.streamwebsocket.internal.Monitors;
import io.github.streamwebsocket.internal.net.ConnectScope;
import java.io.Closeable;
import java.lang.System.Logger.Level;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks one handler about one server. The handler runs on a thread of its own, so that the thread that connects can leave
 * it behind when the deadline passes or somebody aborts. That one waits inside a monitor of BouncyCastle's. Used once.
 */
final class Consultation implements Closeable {
    private static final System.Logger LOGGER = System.getLogger("io.github.streamwebsocket");

    private static final String EVENT = "ServerCustomValidationRequested";

    private enum Outcome {
        ALLOWED,
        REJECTED,
        /** The attempt to connect was over first. */
        ENDED
    }

    private final Consumer<? super WebSocketServerCustomValidationRequestedEventArgs> handler;
    private final WebSocketServerCustomValidationRequestedEventArgs args;
    private final Thread thread;
    private final CountDownLatch decided = new CountDownLatch(1);

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private boolean returned;
    private int openDeferrals;
    private @Nullable Outcome outcome;
    private @Nullable Throwable fault;

    Consultation(
            Consumer<? super WebSocketServerCustomValidationRequestedEventArgs> handler,
            ServerCertificates certificates) {
        this.handler = handler;
        this.args = new WebSocketServerCustomValidationRequestedEventArgs(certificates, this::reject, this::defer);
        this.thread = Monitors.free().name("websocket-" + EVENT).unstarted(this::run);
    }

    /**
     * Runs the handler and waits for its decision.
     *
     * @return whether the connection is allowed
     * @throws WebSocketException TIMEOUT, OPERATION_CANCELED when the attempt ends first; the handler's thread is
     *     interrupted then
     */
    boolean allows(ConnectScope scope) throws WebSocketException {
        scope.check();
        thread.start(); // before the scope knows of it: interrupting a thread that has not started does nothing
        try {
            scope.register(this);
            decided.await();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
        } finally {
            scope.release(this);
        }
        return switch (outcome()) {
            case ALLOWED -> true;
            case REJECTED -> false;
            case ENDED -> {
                scope.check();
                throw new IllegalStateException("expected an attempt that is over");
            }
        };
    }

    /** Returns what the handler threw, by which it rejected. */
    @Nullable
    Throwable fault() {
        lock.lock();
        try {
            return fault;
        } finally {
            lock.unlock();
        }
    }

    private Outcome outcome() {
        lock.lock();
        try {
            if (outcome == null) {
                throw new IllegalStateException("expected a decision");
            }
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            handler.accept(args);
        } catch (Throwable e) { // also an Error rejects: the handler has not said that it trusts the server
            thrown(e);
        }
        lock.lock();
        try {
            returned = true;
            allowIfDone();
        } finally {
            lock.unlock();
        }
    }

    private void thrown(Throwable e) {
        lock.lock();
        try {
            if (outcome == Outcome.ENDED) {
                return; // it was interrupted, most likely, and connect has told why
            }
            if (outcome == null) {
                fault = e;
                decide(Outcome.REJECTED);
            }
        } finally {
            lock.unlock();
        }
        LOGGER.log(Level.WARNING, "a handler of " + EVENT + " failed, which rejects the server", e);
    }

    private void reject() {
        lock.lock();
        try {
            if (outcome == Outcome.ALLOWED) {
                throw new IllegalStateException(
                        "expected reject() before the handler has returned and its deferrals are"
                                + " complete but the connection is allowed already");
            }
            decide(Outcome.REJECTED);
        } finally {
            lock.unlock();
        }
    }

    private Deferral defer() {
        lock.lock();
        try {
            if (returned) {
                throw new IllegalStateException(
                        "expected getDeferral() while the handler runs but it has returned already");
            }
            openDeferrals++;
        } finally {
            lock.unlock();
        }
        return new Deferral(this::completed);
    }

    private void completed() {
        lock.lock();
        try {
            openDeferrals--;
            allowIfDone();
        } finally {
            lock.unlock();
        }
    }

    private void allowIfDone() {
        if (returned && openDeferrals == 0) {
            decide(Outcome.ALLOWED);
        }
    }

    /** The first decision stands. Returns whether it is this one. */
    private boolean decide(Outcome how) {
        if (outcome != null) {
            return false;
        }
        outcome = how;
        decided.countDown();
        return true;
    }

    /** Ends the wait because the attempt to connect is over. */
    @Override
    public void close() {
        boolean ended;
        lock.lock();
        try {
            ended = decide(Outcome.ENDED);
        } finally {
            lock.unlock();
        }
        if (ended) {
            thread.interrupt();
        }
    }
}
