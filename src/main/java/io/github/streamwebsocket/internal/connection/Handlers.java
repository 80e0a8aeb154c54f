package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.Registration;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The handlers of an event that happens once. Each runs on a virtual thread of its own; one that is added after the
 * event is called at once. What a handler throws goes to the system logger and disturbs nobody. For any thread.
 */
public final class Handlers<T> {
    private static final System.Logger LOGGER = System.getLogger("io.github.streamwebsocket");

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Entry<T>> entries = new ArrayList<>(0);
    private @Nullable T event;

    /** Makes an empty list for the event of this name. */
    public Handlers(String name) {
        this.name = name;
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
        lock.lock();
        try {
            if (event != null) {
                call(entry, event);
            } else {
                entries.add(entry);
            }
        } finally {
            lock.unlock();
        }
        return () -> remove(entry);
    }

    /** Raises the event; a second time does nothing. */
    void raise(T happened) {
        lock.lock();
        try {
            if (event == null) {
                event = happened;
                entries.forEach(entry -> call(entry, happened));
                entries.clear();
            }
        } finally {
            lock.unlock();
        }
    }

    private void remove(Entry<T> entry) {
        lock.lock();
        try {
            entries.remove(entry);
        } finally {
            lock.unlock();
        }
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
