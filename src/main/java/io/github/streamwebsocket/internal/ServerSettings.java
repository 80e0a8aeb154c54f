package io.github.streamwebsocket.internal;

import io.github.streamwebsocket.HandshakeHandler;
import io.github.streamwebsocket.PerMessageDeflate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a listener is told: a snapshot of its options, taken when it is bound.
 *
 * @param noDelay TCP_NODELAY of accepted connections
 * @param handshakeTimeout one deadline over TLS and upgrade of one client
 * @param headLimit most bytes of a request's head
 * @param maxPendingHandshakes most clients whose handshake is under way, or done and not yet accepted
 * @param maxOpenConnections most connections open, pending ones included
 * @param supportedProtocols subprotocols spoken; which one is chosen is up to the client's order
 * @param allowedOrigins values of Origin that are let in; "*" lets in all
 * @param handshakeHandler who decides; null: everybody is accepted
 * @param compression how messages may be compressed, null to take no offer of compression
 * @param maxMessageSize most payload bytes of a message
 * @param connection what each open connection is told
 */
public record ServerSettings(
        boolean noDelay,
        Duration handshakeTimeout,
        int headLimit,
        int maxPendingHandshakes,
        int maxOpenConnections,
        List<String> supportedProtocols,
        Set<String> allowedOrigins,
        @Nullable HandshakeHandler handshakeHandler,
        @Nullable PerMessageDeflate compression,
        long maxMessageSize,
        ConnectionSettings connection) {

    public static final String ANY_ORIGIN = "*";

    public ServerSettings {
        supportedProtocols = List.copyOf(supportedProtocols);
        allowedOrigins = Set.copyOf(allowedOrigins);
    }
}
