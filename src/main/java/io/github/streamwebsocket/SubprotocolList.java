package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.handshake.RequestHeaderRules;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The subprotocols of a socket or listener, checked as they are added. For any thread. */
final class SubprotocolList extends AbstractList<String> {
    private final CopyOnWriteArrayList<String> protocols = new CopyOnWriteArrayList<>();

    List<String> snapshot() {
        return List.copyOf(protocols);
    }

    @Override
    public String get(int index) {
        return protocols.get(index);
    }

    @Override
    public int size() {
        return protocols.size();
    }

    @Override
    public void add(int index, String protocol) {
        List<String> all = new ArrayList<>(protocols);
        all.add(index, protocol);
        RequestHeaderRules.checkProtocols(all);
        protocols.add(index, protocol);
    }

    @Override
    public String set(int index, String protocol) {
        List<String> all = new ArrayList<>(protocols);
        all.set(index, protocol);
        RequestHeaderRules.checkProtocols(all);
        return protocols.set(index, protocol);
    }

    @Override
    public String remove(int index) {
        return protocols.remove(index);
    }
}
