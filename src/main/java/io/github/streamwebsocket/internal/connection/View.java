package io.github.streamwebsocket.internal.connection;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one direction of a connection is seen: as one stream, or as messages. The first use decides, as a message's
 * boundaries and a stream's buffer cannot both be kept. For any thread.
 */
final class View<S> {
    private static final Object MESSAGES = new Object();

    private final String stream;
    private final String messages;
    /** Null until the first use, then the stream or {@link #MESSAGES}. */
    private final AtomicReference<@Nullable Object> chosen = new AtomicReference<>();

    /** Makes a view not chosen yet; the names are those of the public methods, for errors. */
    View(String stream, String messages) {
        this.stream = stream;
        this.messages = messages;
    }

    /** The stream, made by the first call. */
    @SuppressWarnings("unchecked") // only MESSAGES and what this method made is ever chosen
    S stream(Supplier<S> make) {
        Object now = chosen.get();
        if (now == null) {
            S made = make.get();
            now = chosen.compareAndSet(null, made) ? made : chosen.get();
        }
        if (now == MESSAGES || now == null) {
            throw new IllegalStateException("expected " + messages + " as messages are in use in this direction, but "
                    + stream + " was called");
        }
        return (S) now;
    }

    /** The stream if that is the view that was chosen. */
    @SuppressWarnings("unchecked") // as above
    @Nullable
    S chosenStream() {
        Object now = chosen.get();
        return now == MESSAGES ? null : (S) now;
    }

    /** Chooses messages. */
    void messages() {
        // The last look: another thread may have chosen messages at the same time.
        if (chosen.get() != MESSAGES && !chosen.compareAndSet(null, MESSAGES) && chosen.get() != MESSAGES) {
            throw new IllegalStateException("expected " + stream + " as the stream is in use in this direction, but "
                    + messages + " was called");
        }
    }
}
