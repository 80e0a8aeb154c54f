package io.github.streamwebsocket;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** The errors of a chain that do not matter, checked as they are added. For any thread. */
final class IgnorableErrors extends AbstractSet<ChainValidationResult> {
    private final CopyOnWriteArraySet<ChainValidationResult> errors = new CopyOnWriteArraySet<>();
    private final Runnable checkConfigurable;

    IgnorableErrors(Runnable checkConfigurable) {
        this.checkConfigurable = checkConfigurable;
    }

    Set<ChainValidationResult> snapshot() {
        return Set.copyOf(errors);
    }

    @Override
    public boolean add(ChainValidationResult error) {
        checkConfigurable.run();
        if (Objects.requireNonNull(error, "error").severity() != SocketSslErrorSeverity.IGNORABLE) {
            throw new IllegalArgumentException(
                    "expected an error of severity IGNORABLE but " + error + " is of severity " + error.severity());
        }
        return errors.add(error);
    }

    @Override
    public boolean remove(Object error) {
        checkConfigurable.run();
        return errors.remove(error);
    }

    @Override
    public boolean contains(Object error) {
        return errors.contains(error);
    }

    @Override
    public int size() {
        return errors.size();
    }

    /** {@inheritDoc} Over a copy; its remove takes away from this set. */
    @Override
    public Iterator<ChainValidationResult> iterator() {
        Iterator<ChainValidationResult> iterator = errors.iterator();
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
