package io.github.streamwebsocket.internal;

import io.github.streamwebsocket.Registration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The handlers of an event that may happen again, in the order of their registration. For any thread. */
public final class HandlerList<T> {
    private final AtomicReference<List<Entry<T>>> entries = new AtomicReference<>(List.of());

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
        entries.updateAndGet(
                before -> Stream.concat(before.stream(), Stream.of(entry)).toList());
        return () -> entries.updateAndGet(
                before -> before.stream().filter(each -> each != entry).toList());
    }

    /** Returns the handlers that are registered now. */
    public List<Consumer<? super T>> registered() {
        return entries.get().stream()
                .<Consumer<? super T>>map(entry -> entry.handler)
                .toList();
    }
}
