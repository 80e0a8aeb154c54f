package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * One thing that can be wrong with a chain.
 *
 * @param name what it is, in words
 * @param errors what it must be called, and nothing else
 * @param mention what the explanation must hold, so that a person finds the certificate
 * @param changes what it changes; two faults that change the same cannot be had together
 * @param looksAt what must be there for it to be seen
 * @param hides what nobody can look at any more when this is wrong
 * @param apply makes it
 */
record Fault(
        String name,
        Set<ChainValidationResult> errors,
        String mention,
        Set<String> changes,
        Set<String> looksAt,
        Set<String> hides,
        Consumer<ChainOfFour> apply) {

    Fault(String name, ChainValidationResult error, String mention, String changes, Consumer<ChainOfFour> apply) {
        this(name, Set.of(error), mention, Set.of(changes), Set.of(changes.split(" ", 2)[0]), Set.of(), apply);
    }

    Fault and(ChainValidationResult error) {
        Set<ChainValidationResult> more = new TreeSet<>(errors);
        more.add(error);
        return new Fault(name, more, mention, changes, looksAt, hides, apply);
    }

    Fault changing(String... other) {
        return new Fault(name, errors, mention, union(changes, other), looksAt, hides, apply);
    }

    Fault lookingAt(String... other) {
        return new Fault(name, errors, mention, changes, union(looksAt, other), hides, apply);
    }

    Fault hiding(String... hidden) {
        return new Fault(name, errors, mention, changes, looksAt, Set.of(hidden), apply);
    }

    Fault mentioning(String other) {
        return new Fault(name, errors, other, changes, looksAt, hides, apply);
    }

    /** Whether a chain can have both, and both can be seen. */
    boolean goesWith(Fault other) {
        return disjoint(changes, other.changes) && disjoint(hides, other.looksAt) && disjoint(other.hides, looksAt);
    }

    private static boolean disjoint(Set<String> one, Set<String> other) {
        return one.stream().noneMatch(other::contains);
    }

    private static Set<String> union(Set<String> one, String... more) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(Set.of(more));
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
