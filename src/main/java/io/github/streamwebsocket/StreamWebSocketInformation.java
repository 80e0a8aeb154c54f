package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.handshake.Established;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Facts about the connection of a {@link StreamWebSocket}. */
public final class StreamWebSocketInformation implements WebSocketInformation {
    private volatile @Nullable Established established;

    StreamWebSocketInformation() {}

    void established(Established facts) {
        established = facts;
    }

    @Override
    public Optional<InetSocketAddress> localAddress() {
        Established known = established;
        return known == null ? Optional.empty() : Optional.of(known.wire().localAddress());
    }

    @Override
    public Optional<InetSocketAddress> remoteAddress() {
        Established known = established;
        return known == null ? Optional.empty() : Optional.of(known.wire().remoteAddress());
    }

    @Override
    public String protocol() {
        Established known = established;
        return known == null ? "" : known.protocol();
    }

    /**
     * Returns the headers of the response with which the server accepted the connection.
     *
     * @return the headers, empty until connected; those of a refusal are in {@link WebSocketHandshakeException#headers()}
     */
    public Headers responseHeaders() {
        Established known = established;
        return known == null ? Headers.EMPTY : known.responseHeaders();
    }
}
