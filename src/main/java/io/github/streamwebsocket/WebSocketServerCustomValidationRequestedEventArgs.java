package io.github.streamwebsocket;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a handler of {@link StreamWebSocket#onServerCustomValidationRequested} gets to see of the server, and how it
 * decides: the connection is allowed unless {@link #reject()} is called or the handler throws. For any thread.
 */
public final class WebSocketServerCustomValidationRequestedEventArgs {
    private final ServerCertificates certificates;
    private final X509Certificate serverCertificate;
    private final Runnable reject;
    private final Supplier<Deferral> deferrals;

    /**
     * Made by the library, and by tests of handlers.
     *
     * @param certificates the facts, with a certificate of the server
     * @param reject run by {@link #reject()}
     * @param deferrals gives what {@link #getDeferral()} returns
     * @throws IllegalArgumentException if there is no certificate
     */
    public WebSocketServerCustomValidationRequestedEventArgs(
            ServerCertificates certificates, Runnable reject, Supplier<Deferral> deferrals) {
        this.certificates = Objects.requireNonNull(certificates, "certificates");
        this.serverCertificate = certificates
                .certificate()
                .orElseThrow(() -> new IllegalArgumentException("expected a server with a certificate"));
        this.reject = Objects.requireNonNull(reject, "reject");
        this.deferrals = Objects.requireNonNull(deferrals, "deferrals");
    }

    /**
     * Returns all that is known about the server's certificates, with the path that was judged and an explanation of each
     * error.
     *
     * @return the facts, the same as in {@link StreamWebSocketInformation#serverCertificates()}
     */
    public ServerCertificates certificates() {
        return certificates;
    }

    /**
     * Returns the server's certificate.
     *
     * @return the certificate
     */
    public X509Certificate serverCertificate() {
        return serverCertificate;
    }

    /**
     * Returns the errors of the server's certificate chain: those that were ignored, for others have ended the handshake
     * before anybody is asked.
     *
     * @return the errors in the order of the constants; empty when there are none
     */
    public List<ChainValidationResult> serverCertificateErrors() {
        return certificates.errors();
    }

    /**
     * Returns how bad the errors are.
     *
     * @return {@link SocketSslErrorSeverity#NONE}, or {@link SocketSslErrorSeverity#IGNORABLE} when some were ignored
     */
    public SocketSslErrorSeverity serverCertificateErrorSeverity() {
        return certificates.severity();
    }

    /**
     * Returns what the server sent beside its own certificate.
     *
     * @return the certificates in its order
     */
    public List<X509Certificate> serverIntermediateCertificates() {
        return certificates.intermediates();
    }

    /**
     * Refuses the server: the handshake ends at once with the alert bad_certificate, without waiting for the handler to
     * return or for deferrals, and {@code connect} throws {@link WebSocketCertificateException}. Does not block. A second
     * call does nothing, and so does one after the attempt to connect has ended otherwise.
     *
     * @throws IllegalStateException if the connection is allowed already: the handler has returned and its deferrals, if
     *     any, are complete. A rejection that comes too late must not go unnoticed
     */
    public void reject() {
        reject.run();
    }

    /**
     * Lets the decision wait beyond the return of the handler: the handshake goes on when the deferral is completed, on
     * whatever thread, and all others that were taken. It waits within the connect timeout, which counts on. Does not
     * block.
     *
     * @return a new deferral with each call
     * @throws IllegalStateException if the handler has returned
     */
    public Deferral getDeferral() {
        return deferrals.get();
    }
}
