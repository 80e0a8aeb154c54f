package io.github.streamwebsocket.internal.connection;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one direction of a connection is seen: as one stream, or as messages, which come or go in one of several ways. The
 * first use decides, as a message's boundaries and a stream's buffer cannot both be kept. For any thread.
 */
final class View<S> {
    /** The way that was chosen, by its public method, with the stream if it is that. */
    private record Chosen<S>(String way, @Nullable S stream) {}

    private final String streamWay;
    /** Null until the first use. */
    private final AtomicReference<@Nullable Chosen<S>> chosen = new AtomicReference<>();

    /** Makes a view not chosen yet; the name is that of the public method that gives the stream, for errors. */
    View(String streamWay) {
        this.streamWay = streamWay;
    }

    /** The stream, made by the first call. */
    S stream(Supplier<S> make) {
        Chosen<S> now = chosen.get();
        if (now == null) {
            now = choose(new Chosen<>(streamWay, make.get()));
        }
        if (now.stream == null) {
            throw another(now, streamWay);
        }
        return now.stream;
    }

    /** The stream if that is the view that was chosen. */
    @Nullable
    S chosenStream() {
        Chosen<S> now = chosen.get();
        return now == null ? null : now.stream;
    }

    /** Chooses messages, in the way of this public method. */
    void messages(String way) {
        Chosen<S> now = chosen.get();
        if (now == null) {
            now = choose(new Chosen<>(way, null));
        }
        if (!now.way.equals(way)) {
            throw another(now, way);
        }
    }

    /** Returns what is chosen now: this, or what another thread has chosen at the same time. */
    private Chosen<S> choose(Chosen<S> first) {
        Chosen<S> before = chosen.compareAndExchange(null, first);
        return before == null ? first : before;
    }

    private static IllegalStateException another(Chosen<?> now, String called) {
        return new IllegalStateException(
                "expected " + now.way + ", which is in use in this direction, but " + called + " was called");
    }
}
