package io.github.streamwebsocket.internal;

import io.github.streamwebsocket.Registration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The handlers of an event that may happen again, in the order of their registration. For any thread. */
public final class HandlerList<T> {
    private final List<Entry<T>> entries = new CopyOnWriteArrayList<>();

    /** Makes an empty list. */
    public HandlerList() {}

    /** One registration: the same handler may be registered twice, so entries are told apart by identity. */
    private static final class Entry<T> {
        private final Consumer<? super T> handler;

        Entry(Consumer<? super T> handler) {
            this.handler = handler;
        }
    }

    public Registration add(Consumer<? super T> handler) {
        Entry<T> entry = new Entry<>(Objects.requireNonNull(handler, "handler"));
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    /** Returns the handlers that are registered now. */
    public List<Consumer<? super T>> registered() {
        return entries.stream().<Consumer<? super T>>map(entry -> entry.handler).toList();
    }
}
