package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.handshake.Established;
import io.github.streamwebsocket.internal.tls.TlsFacts;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client knows of its connection, whichever its socket. */
abstract sealed class ClientInformation implements WebSocketInformation
        permits StreamWebSocketInformation, MessageWebSocketInformation {
    private volatile @Nullable Established established;

    private volatile ServerCertificates serverCertificates = ServerCertificates.NONE;

    private volatile TlsFacts tls = TlsFacts.NONE;

    /** Forgets what the last attempt to connect has found. */
    void reset() {
        serverCertificates = ServerCertificates.NONE;
        tls = TlsFacts.NONE;
    }

    void serverCertificates(ServerCertificates facts) {
        serverCertificates = facts;
    }

    void tls(TlsFacts facts) {
        tls = facts;
    }

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

    @Override
    public Optional<PerMessageDeflate> compression() {
        Established known = established;
        return known == null
                ? Optional.empty()
                : Optional.ofNullable(known.deflate()).map(DeflateParameters::inForce);
    }

    @Override
    public BandwidthStatistics bandwidthStatistics() {
        Established known = established;
        return known == null ? BandwidthStatistics.NONE : known.wire().bandwidthStatistics();
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

    /**
     * Returns the version of TLS that is spoken, on the connection or in the last attempt to make one.
     *
     * @return such as {@code TLSv1.3}; "" until the TLS handshake is done, and over {@code ws}; there also when the
     *     server then refuses the opening handshake
     */
    public String tlsProtocol() {
        return tls.protocol();
    }

    /**
     * Returns the cipher suite of TLS, of the connection or of the last attempt to make one.
     *
     * @return as IANA registers it, such as {@code TLS_AES_128_GCM_SHA256}; "" until the TLS handshake is done, and over
     *     {@code ws}; there also when the server then refuses the opening handshake
     */
    public String tlsCipherSuite() {
        return tls.cipherSuite();
    }

    /**
     * Returns the protocol inside TLS that the server selected by ALPN (RFC 7301), for the connection or in the last
     * attempt to make one.
     *
     * @return {@code http/1.1}; "" when the server selected nothing, until the TLS handshake is done, and over {@code
     *     ws}; there also when the server then refuses the opening handshake
     */
    public String applicationProtocol() {
        return tls.applicationProtocol();
    }

    /**
     * Returns the server's certificate, of the connection or of the last attempt to make one.
     *
     * @return the certificate, empty until the server has sent it; there also after a failed validation
     */
    public Optional<X509Certificate> serverCertificate() {
        return serverCertificates.certificate();
    }

    /**
     * Returns every error of the server's certificate chain, those that were ignored included.
     *
     * @return the errors in the order of the constants; there also after a failed validation
     */
    public List<ChainValidationResult> serverCertificateErrors() {
        return serverCertificates.errors();
    }

    /**
     * Returns how bad the errors of the server's certificate chain are.
     *
     * @return the severity of the worst; there also after a failed validation
     */
    public SocketSslErrorSeverity serverCertificateErrorSeverity() {
        return serverCertificates.severity();
    }

    /**
     * Returns what the server sent beside its own certificate.
     *
     * @return the certificates in its order; there also after a failed validation
     */
    public List<X509Certificate> serverIntermediateCertificates() {
        return serverCertificates.intermediates();
    }

    /**
     * Returns all that is known about the server's certificates, with the path that was judged and an explanation of each
     * error.
     *
     * @return the facts; there also after a failed validation
     */
    public ServerCertificates serverCertificates() {
        return serverCertificates;
    }
}
