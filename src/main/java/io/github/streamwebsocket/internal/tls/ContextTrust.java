package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.ServerCertificates;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.x509.SignedPath;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * Judges the server after a handshake of an application's own SSLContext, whose trust manager has judged the chain. Also
 * after one that resumed a session, of which the trust manager heard nothing.
 */
final class ContextTrust {

    /** How long a refused server may hold up its close_notify. */
    private static final Duration CLOSING = Duration.ofMillis(TlsClient.DRAIN_MILLIS);

    private ContextTrust() {}

    /**
     * Checks the server of a socket whose handshake is done. When it throws, close_notify was sent, as there is no alert
     * any more that says why.
     *
     * @throws SSLException when the server is refused
     * @throws WebSocketException when the attempt ends before the application has decided
     */
    static void check(SSLSocket socket, TrustDecision decision) throws SSLException, WebSocketException {
        List<X509Certificate> sent = sent(socket);
        try {
            decision.decide(new ServerCertificates(sent, SignedPath.ofAuthorities(sent), Map.of()));
        } catch (CertificateRefusedException e) {
            close(socket);
            throw new SSLException("refused after the handshake", e);
        }
    }

    private static List<X509Certificate> sent(SSLSocket socket) {
        List<X509Certificate> sent = new ArrayList<>();
        try {
            for (Certificate certificate : socket.getSession().getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    sent.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            return List.of(); // a suite without certificates, which the application's context must have asked for
        }
        return sent;
    }

    /** On a thread that may hang: closing a TLS socket can wait for the peer. Closing the socket below it ends that. */
    private static void close(Socket socket) {
        Thread closing = Thread.ofVirtual().name("websocket-tls-close").start(() -> {
            try {
                socket.close();
            } catch (IOException gone) {
                // The connection is over, which is what was wanted.
            }
        });
        try {
            closing.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
