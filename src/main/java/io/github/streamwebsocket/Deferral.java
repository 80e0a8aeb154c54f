package io.github.streamwebsocket;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Postpones a decision beyond the return of the handler that took it, as {@code Windows.Foundation.Deferral} does. For any
 * thread.
 */
public final class Deferral implements AutoCloseable {
    /** Taken out by the first completion. */
    private final AtomicReference<@Nullable Runnable> completed;

    /**
     * Made by the library, and by tests of handlers.
     *
     * @param completed run by the first call of {@link #complete()}, on its thread
     */
    public Deferral(Runnable completed) {
        this.completed = new AtomicReference<>(Objects.requireNonNull(completed, "completed"));
    }

    /** Says that the handler's work is done. Does not block and throws nothing; a second call does nothing. */
    public void complete() {
        Runnable first = completed.getAndSet(null);
        if (first != null) {
            first.run();
        }
    }

    /** The same as {@link #complete()}, for a try statement. */
    @Override
    public void close() {
        complete();
    }
}
