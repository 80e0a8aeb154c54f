package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.handshake.ServerEstablished;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What a server knows of a connection, whichever its socket. */
abstract sealed class ServerInformation implements WebSocketInformation
        permits ServerStreamWebSocketInformation, ServerMessageWebSocketInformation {
    private final ServerEstablished established;

    ServerInformation(ServerEstablished established) {
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
    public Optional<PerMessageDeflate> compression() {
        return Optional.ofNullable(established.deflate()).map(DeflateParameters::inForce);
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
