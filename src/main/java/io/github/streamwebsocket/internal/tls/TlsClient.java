package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketCertificateException;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.ClientSettings;
import io.github.streamwebsocket.internal.net.ConnectScope;
import io.github.streamwebsocket.internal.net.LingeringClose;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocket;

/** The client's end of a TLS handshake over a connected socket. */
public final class TlsClient {

    /** What is under way, for messages. */
    static final String STEP = "the TLS handshake";

    /** What is read and dropped after a refused handshake, so that our alert arrives. */
    static final int DRAIN_BYTES = 65_536;

    static final int DRAIN_MILLIS = 500;

    private TlsClient() {}

    /** Made when the first handshake wants it: BouncyCastle takes a moment to start. */
    private static final class Shared {
        static final TrustBySocket TRUST = new TrustBySocket();
        static final TlsSockets SOCKETS = new TlsSockets(TRUST);
    }

    /**
     * Makes a TLS socket over a connected one, on which the handshake is done and the server proven to be who was asked
     * for. Blocks for the server, until the scope ends. Closing the result sends close_notify and leaves {@code raw}
     * open; when the handshake fails, {@code raw} is closed, after a bounded wait for the server to see why.
     *
     * @param raw the connected socket, registered with the scope
     * @param host the URI's host: a name, or an address as numbers; {@link ClientSettings#serverName} goes before it
     * @throws WebSocketException a {@link WebSocketCertificateException} when the server's certificate is refused, by the
     *     validation or a handler of the application, for which this blocks too; CANNOT_CONNECT, CONNECTION_RESET ...
     *     when the handshake fails otherwise; TIMEOUT, OPERATION_CANCELED when the attempt ends first
     */
    public static SSLSocket handshake(ConnectScope scope, Socket raw, String host, ClientSettings settings)
            throws WebSocketException {
        String name = settings.serverName() == null ? withoutBrackets(host) : settings.serverName();
        scope.enter(STEP);
        try {
            return handshake(
                    raw, name, settings, new TrustDecision(name, settings.tls(), settings.validation(), scope));
        } catch (IOException | RuntimeException e) {
            WebSocketConnectException fault = HandshakeFault.describe(name, e, "; does the server want ws://?");
            if (fault instanceof WebSocketCertificateException refused) {
                settings.validation().facts().accept(refused.certificates());
            }
            // Decided before the drain: the deadline may pass in it, and that was not the reason.
            WebSocketException failure = scope.failure(fault);
            LingeringClose.close(raw, DRAIN_BYTES, DRAIN_MILLIS);
            throw failure;
        } catch (GeneralSecurityException e) {
            throw new WebSocketConnectException(
                    WebErrorStatus.CERTIFICATE_IS_INVALID,
                    "the trusted authorities cannot be used: " + e.getMessage(),
                    e);
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static SSLSocket handshake(Socket raw, String name, ClientSettings settings, TrustDecision decision)
            throws IOException, GeneralSecurityException {
        SSLSocket socket = Shared.SOCKETS.layered(raw, name, settings.tls());
        if (settings.tls().context() != null) {
            socket.startHandshake();
            ContextTrust.check(socket, decision);
            return socket;
        }
        ServerTrust trust = new ServerTrust(name, settings.tls(), decision);
        Shared.TRUST.begin(socket, trust);
        try {
            socket.startHandshake();
            // Resuming a session skips the trust manager. None can be found without a peer's name; none is kept either.
            socket.getSession().invalidate();
            return socket;
        } finally {
            Shared.TRUST.end(socket);
        }
    }
}
