package io.github.streamwebsocket;

import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The opening request of a client, as a {@link HandshakeHandler} sees it. It has passed the rules of RFC 6455 4.2.1 and
 * the listener's rule for origins. All of it is text from the peer.
 *
 * @param path the path of the request target as it was sent, percent-encoding not decoded; begins with "/"
 * @param query the query of the request target as it was sent, without "?"; "" when there is none
 * @param headers all header fields of the request
 * @param supportedProtocols the subprotocols the client offers, in its order of preference
 * @param remoteAddress the address the connection comes from
 * @param secure whether the connection is TLS
 * @param clientCertificate the certificate the client has proved to own, empty when it sent none or there is no TLS
 */
public record HandshakeRequest(
        String path,
        String query,
        Headers headers,
        List<String> supportedProtocols,
        InetSocketAddress remoteAddress,
        boolean secure,
        Optional<X509Certificate> clientCertificate) {

    /** Made by the library, and by tests of handlers. */
    public HandshakeRequest {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(headers, "headers");
        supportedProtocols = List.copyOf(Objects.requireNonNull(supportedProtocols, "supportedProtocols"));
        Objects.requireNonNull(remoteAddress, "remoteAddress");
        Objects.requireNonNull(clientCertificate, "clientCertificate");
    }

    /** Returns path and remote address only: query and headers may hold secrets. */
    @Override
    public String toString() {
        return "HandshakeRequest[" + path + " from " + remoteAddress + "]";
    }
}
