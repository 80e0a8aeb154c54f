package io.github.streamwebsocket;

import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The errors of a chain that do not matter, checked as they are added. For any thread. */
final class IgnorableErrors extends AbstractSet<ChainValidationResult> {
    private final AtomicReference<Set<ChainValidationResult>> errors = new AtomicReference<>(Set.of());
    private final Runnable checkConfigurable;

    IgnorableErrors(Runnable checkConfigurable) {
        this.checkConfigurable = checkConfigurable;
    }

    Set<ChainValidationResult> snapshot() {
        return errors.get();
    }

    @Override
    public boolean add(ChainValidationResult error) {
        checkConfigurable.run();
        if (Objects.requireNonNull(error, "error").severity() != SocketSslErrorSeverity.IGNORABLE) {
            throw new IllegalArgumentException(
                    "expected an error of severity IGNORABLE but " + error + " is of severity " + error.severity());
        }
        return !change(all -> all.add(error)).contains(error);
    }

    @Override
    public boolean remove(Object error) {
        checkConfigurable.run();
        return change(all -> all.remove(error)).contains(error);
    }

    /** Returns the set as it was before. */
    private Set<ChainValidationResult> change(Consumer<Set<ChainValidationResult>> how) {
        return errors.getAndUpdate(before -> {
            Set<ChainValidationResult> all = new LinkedHashSet<>(before);
            how.accept(all);
            return Collections.unmodifiableSet(all);
        });
    }

    @Override
    public boolean contains(Object error) {
        return errors.get().contains(error);
    }

    @Override
    public int size() {
        return errors.get().size();
    }

    /** {@inheritDoc} Over a copy; its remove takes away from this set. */
    @Override
    public Iterator<ChainValidationResult> iterator() {
        Iterator<ChainValidationResult> iterator = errors.get().iterator();
        return new Iterator<>() {
            private ChainValidationResult last = ChainValidationResult.SUCCESS;

            @Override
            public boolean hasNext() {
                return iterator.hasNext();
            }

            @Override
            public ChainValidationResult next() {
                last = iterator.next();
                return last;
            }

            @Override
            public void remove() {
                IgnorableErrors.this.remove(last);
            }
        };
    }
}
