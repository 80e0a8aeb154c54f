package io.github.streamwebsocket.internal;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.PerMessageDeflate;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What connect is told: a snapshot of the control object, taken when connect starts.
 *
 * @param noDelay TCP_NODELAY
 * @param outboundBufferSizeInBytes SO_SNDBUF, 0 to leave it to the system
 * @param connectTimeout one deadline over name, TCP, TLS and upgrade; zero means none
 * @param headLimit most bytes of the response's head
 * @param supportedProtocols subprotocols offered, in order
 * @param requestHeaders headers added to the opening request
 * @param targetAddress where to connect instead of the URI's host and port
 * @param serverName the name TLS asks for (SNI) and the certificate must have, instead of the URI's host
 * @param tls what the TLS handshake is told, if there is one
 * @param validation who hears of the server's certificate, and decides beside the settings
 * @param compression how messages may be compressed, null to offer no compression
 * @param connection what the open connection is told
 */
public record ClientSettings(
        boolean noDelay,
        int outboundBufferSizeInBytes,
        Duration connectTimeout,
        int headLimit,
        List<String> supportedProtocols,
        Headers requestHeaders,
        @Nullable InetSocketAddress targetAddress,
        @Nullable String serverName,
        TlsSettings tls,
        ServerValidation validation,
        @Nullable PerMessageDeflate compression,
        ConnectionSettings connection) {}
