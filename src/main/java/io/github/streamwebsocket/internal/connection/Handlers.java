package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.Registration;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of an event that happens once. Each runs on a virtual thread of its own; one that is added after the
 * event is called at once. What a handler throws goes to the system logger and disturbs nobody. For any thread.
 */
public final class Handlers<T> {
    private static final System.Logger LOGGER = System.getLogger("io.github.streamwebsocket");

    private final String name;
    private final AtomicReference<State<T>> state;

    /**
     * What is registered, and what has happened.
     *
     * @param event null until it happens; from then on nothing is registered
     */
    private record State<T>(
            List<Entry<T>> entries, @Nullable T event) {
        private static final State<?> EMPTY = new State<>(List.of(), null);
    }

    /** Makes an empty list for the event of this name. */
    @SuppressWarnings("unchecked") // there is nothing of any type in it
    public Handlers(String name) {
        this.name = name;
        this.state = new AtomicReference<>((State<T>) State.EMPTY);
    }

    /** One registration: the same handler may be registered twice, so entries are told apart by identity. */
    private static final class Entry<T> {
        private final Consumer<? super T> handler;

        Entry(Consumer<? super T> handler) {
            this.handler = handler;
        }
    }

    public Registration add(Consumer<? super T> handler) {
        Entry<T> entry = new Entry<>(handler);
        State<T> now = state.updateAndGet(before -> before.event() == null
                ? new State<>(
                        Stream.concat(before.entries().stream(), Stream.of(entry))
                                .toList(),
                        null)
                : before);
        if (now.event() != null) {
            call(entry, now.event());
        }
        return () -> remove(entry);
    }

    /** Raises the event; a second time does nothing. */
    void raise(T happened) {
        State<T> before = state.getAndUpdate(now -> now.event() == null ? new State<>(List.of(), happened) : now);
        before.entries().forEach(entry -> call(entry, happened));
    }

    private void remove(Entry<T> entry) {
        state.updateAndGet(before -> new State<>(
                before.entries().stream().filter(each -> each != entry).toList(), before.event()));
    }

    private void call(Entry<T> entry, T happened) {
        Thread.ofVirtual().name("websocket-" + name).start(() -> {
            try {
                entry.handler.accept(happened);
            } catch (Throwable e) { // also an Error must not end silently
                LOGGER.log(Level.WARNING, "a handler of " + name + " failed", e);
            }
        });
    }
}
