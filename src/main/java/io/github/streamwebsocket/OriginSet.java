package io.github.streamwebsocket;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.regex.Pattern;

/** The origins a listener lets in, checked as they are added: one with a path would never match. For any thread. */
final class OriginSet extends AbstractSet<String> {
    /** An origin as browsers send it (RFC 6454 6.2), any of them, or the one of pages that have none. */
    private static final Pattern ORIGIN =
            Pattern.compile("\\*|null|[a-z][a-z0-9+.-]*://[^/?#@\\s]+", Pattern.CASE_INSENSITIVE);

    private final CopyOnWriteArraySet<String> origins = new CopyOnWriteArraySet<>();

    Set<String> snapshot() {
        return Set.copyOf(origins);
    }

    @Override
    public boolean add(String origin) {
        if (!ORIGIN.matcher(Objects.requireNonNull(origin, "origin")).matches()) {
            throw new IllegalArgumentException("expected an origin such as \"https://example.org:8443\", \"null\" or"
                    + " \"*\", without path, but was \"" + origin + "\"");
        }
        return origins.add(origin);
    }

    @Override
    public boolean remove(Object origin) {
        return origins.remove(origin);
    }

    @Override
    public void clear() {
        origins.clear();
    }

    /** Returns an iterator over what is there now; it cannot remove. */
    @Override
    public Iterator<String> iterator() {
        return origins.iterator();
    }

    @Override
    public int size() {
        return origins.size();
    }
}
