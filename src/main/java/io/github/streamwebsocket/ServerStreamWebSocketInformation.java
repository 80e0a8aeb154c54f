package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.handshake.ServerEstablished;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Facts about a connection that a {@link WebSocketListener} has accepted. All are known from the start. */
public final class ServerStreamWebSocketInformation implements WebSocketInformation {
    private final ServerEstablished established;

    ServerStreamWebSocketInformation(ServerEstablished established) {
        this.established = established;
    }

    @Override
    public Optional<InetSocketAddress> localAddress() {
        return Optional.of(established.wire().localAddress());
    }

    @Override
    public Optional<InetSocketAddress> remoteAddress() {
        return Optional.of(established.wire().remoteAddress());
    }

    @Override
    public String protocol() {
        return established.protocol();
    }

    @Override
    public BandwidthStatistics bandwidthStatistics() {
        return established.wire().bandwidthStatistics();
    }

    /**
     * Returns the opening request of the client: path, query, headers, certificate.
     *
     * @return the request
     */
    public HandshakeRequest request() {
        return established.request();
    }
}
