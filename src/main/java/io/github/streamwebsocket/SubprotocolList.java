package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.handshake.RequestHeaderRules;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The subprotocols of a socket or listener, checked as they are added. For any thread. */
final class SubprotocolList extends AbstractList<String> {
    private final AtomicReference<List<String>> protocols = new AtomicReference<>(List.of());

    List<String> snapshot() {
        return protocols.get();
    }

    @Override
    public String get(int index) {
        return protocols.get().get(index);
    }

    @Override
    public int size() {
        return protocols.get().size();
    }

    @Override
    public void add(int index, String protocol) {
        Objects.requireNonNull(protocol, "protocol");
        change(all -> all.add(index, protocol));
    }

    @Override
    public String set(int index, String protocol) {
        Objects.requireNonNull(protocol, "protocol");
        return change(all -> all.set(index, protocol)).get(index);
    }

    @Override
    public String remove(int index) {
        return change(all -> all.remove(index)).get(index);
    }

    /** Returns the list as it was before. */
    private List<String> change(Consumer<List<String>> how) {
        return protocols.getAndUpdate(before -> {
            List<String> all = new ArrayList<>(before);
            how.accept(all);
            RequestHeaderRules.checkProtocols(all);
            return List.copyOf(all);
        });
    }
}
