package io.github.streamwebsocket.internal.net;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketError;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.PeerText;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect: its deadline, its cancellation, and what it has opened so far. The steps of the attempt just
 * block; when the deadline passes or somebody cancels, everything opened is closed under them, and
 * {@link #failure} tells what their exception really means.
 *
 * <p>One thread runs the attempt; {@link #cancel} is for any thread at any time.
 */
public final class ConnectScope implements AutoCloseable {

    private enum State {
        OPEN,
        SUCCEEDED,
        CANCELLED,
        EXPIRED,
        CLOSED
    }

    private final String target;
    private final Duration limit;

    /** Leaves OPEN once, and everything registered is closed after that: who registers looks again afterwards. */
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

    private final Queue<Closeable> registered = new ConcurrentLinkedQueue<>();
    private volatile String step = "nothing";
    private volatile @Nullable Deadline deadline;

    private ConnectScope(String target, Duration limit) {
        this.target = target;
        this.limit = limit;
    }

    /**
     * Begins an attempt; its time runs from now on.
     *
     * @param target what is connected to, for messages, such as {@code example.org:443}
     * @param limit the longest time it may take, zero for no limit
     */
    public static ConnectScope begin(String target, Duration limit) {
        ConnectScope scope = new ConnectScope(target, limit);
        if (!limit.isZero()) {
            scope.deadline = Deadline.in(limit, () -> scope.end(State.EXPIRED));
        }
        return scope;
    }

    /** Names the step that begins now, as a message can say it: {@code TLS handshake}. */
    public void enter(String step) throws WebSocketException {
        this.step = step;
        check();
    }

    /**
     * Hands a resource to the attempt, which closes it unless it succeeds.
     *
     * @throws WebSocketConnectException when the attempt is over already; the resource is closed then
     */
    public <T extends Closeable> T register(T resource) throws WebSocketConnectException {
        registered.add(resource);
        if (state.get() != State.OPEN) {
            closeAll();
            WebSocketConnectException ended = ended(null);
            throw ended != null ? ended : cancelled(null);
        }
        return resource;
    }

    /** Takes a resource back: from now on its closing is the caller's business. */
    public void release(Closeable resource) {
        registered.remove(resource);
    }

    /** Throws when the attempt is over, or the calling thread interrupted (its status is kept). */
    public void check() throws WebSocketConnectException {
        WebSocketConnectException ended = ended(null);
        if (ended != null) {
            throw ended;
        }
    }

    /**
     * Tells what the failure of a step means: a socket closed by the deadline fails like one closed by the peer.
     *
     * @return TIMEOUT when the deadline has passed, OPERATION_CANCELED when the attempt was cancelled or the calling
     *     thread interrupted; else the same exception if it is ours, and one that wraps it if not
     */
    public WebSocketException failure(IOException cause) {
        return failure(step, cause);
    }

    /** The same for one part of a step, named {@code what} in the message. */
    WebSocketException failure(String what, IOException cause) {
        WebSocketConnectException ended = ended(cause);
        if (ended != null) {
            return ended;
        }
        if (cause instanceof WebSocketException ours) {
            return ours;
        }
        WebErrorStatus status = WebSocketError.getStatus(cause);
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new WebSocketConnectException(
                status == WebErrorStatus.UNKNOWN ? WebErrorStatus.CANNOT_CONNECT : status,
                "no connection to " + target + ": " + what + " failed: " + PeerText.shown(text),
                cause);
    }

    private @Nullable WebSocketConnectException ended(@Nullable IOException cause) {
        return switch (state.get()) {
            case EXPIRED ->
                new WebSocketConnectException(
                        WebErrorStatus.TIMEOUT,
                        "no connection to " + target + " within " + text(limit) + ": " + step + " was under way",
                        cause);
            case CANCELLED, CLOSED -> cancelled(cause);
            case OPEN, SUCCEEDED ->
                Thread.currentThread().isInterrupted()
                        ? new WebSocketConnectException(
                                WebErrorStatus.OPERATION_CANCELED,
                                "no connection to " + target + ": the thread was interrupted while " + step
                                        + " was under way",
                                cause)
                        : null;
        };
    }

    private WebSocketConnectException cancelled(@Nullable IOException cause) {
        return new WebSocketConnectException(
                WebErrorStatus.OPERATION_CANCELED,
                "no connection to " + target + ": cancelled while " + step + " was under way",
                cause);
    }

    private static String text(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /**
     * Ends the attempt with success: what is registered stays open and belongs to the caller. After this
     * {@link #cancel} does nothing, so publish what {@code abort()} is to close before, and look for an abort after.
     *
     * @throws WebSocketConnectException when the deadline or somebody who cancelled was first
     */
    public void succeed() throws WebSocketConnectException {
        check();
        if (!state.compareAndSet(State.OPEN, State.SUCCEEDED)) {
            check();
            throw new IllegalStateException("the attempt has succeeded before");
        }
        registered.clear();
        callOff();
    }

    /** Ends the attempt and closes everything it has opened. Takes no lock, never blocks, throws nothing. */
    public void cancel() {
        end(State.CANCELLED);
    }

    /** Closes everything opened, unless the attempt succeeded. */
    @Override
    public void close() {
        end(State.CLOSED);
    }

    private void end(State how) {
        if (state.compareAndSet(State.OPEN, how)) {
            callOff();
            closeAll();
        }
    }

    private void callOff() {
        Deadline set = deadline;
        if (set != null) {
            set.cancel();
        }
    }

    private void closeAll() {
        for (Closeable resource = registered.poll(); resource != null; resource = registered.poll()) {
            try {
                resource.close();
            } catch (IOException gone) {
                // Closed is closed.
            }
        }
    }
}
