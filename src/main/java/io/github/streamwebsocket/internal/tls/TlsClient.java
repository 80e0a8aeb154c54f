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
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

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
        static final SSLContext CONTEXT = context();

        private static SSLContext context() {
            try {
                return TlsProvider.context(new KeyManager[0], new TrustManager[] {TRUST});
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("TLS is not available", e);
            }
        }
    }

    /**
     * Makes a TLS socket over a connected one, on which the handshake is done and the server proven to be who was asked
     * for. Blocks for the server, until the scope ends. Closing the result sends close_notify and leaves {@code raw}
     * open; when the handshake fails, {@code raw} is closed, after a bounded wait for the server to see why.
     *
     * @param raw the connected socket, registered with the scope
     * @param host the URI's host: a name, or an address as numbers; {@link ClientSettings#serverName} goes before it
     * @throws WebSocketException a {@link WebSocketCertificateException} when the server's certificate is refused, by the
     *     validation or a handler of the application, for which this blocks too; CANNOT_CONNECT, CONNECTION_RESET ... when the handshake fails otherwise; TIMEOUT, OPERATION_CANCELED when the attempt ends
     *     first
     */
    public static SSLSocket handshake(ConnectScope scope, Socket raw, String host, ClientSettings settings)
            throws WebSocketException {
        String name = settings.serverName() == null ? withoutBrackets(host) : settings.serverName();
        scope.enter(STEP);
        try {
            return handshake(
                    raw, name, settings, new TrustDecision(name, settings.tls(), settings.validation(), scope));
        } catch (IOException | RuntimeException e) {
            WebSocketConnectException fault = HandshakeFault.describe(name, e);
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
        if (settings.tls().context() != null) {
            SSLSocket socket = layered(raw, name, settings.tls().context());
            socket.startHandshake();
            ContextTrust.check(socket, decision);
            return socket;
        }
        ServerTrust trust = new ServerTrust(name, settings.tls(), decision);
        SSLSocket socket = layered(raw, name);
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

    /** By the application's own context, whose trust manager looks at the name as HTTPS does. */
    private static SSLSocket layered(Socket raw, String name, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, name, raw.getPort(), false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(serverNames(name));
        socket.setSSLParameters(parameters);
        return socket;
    }

    /** Without the peer's name, under which BouncyCastle files sessions for later; SNI is given apart. */
    private static SSLSocket layered(Socket raw, String name) throws IOException {
        SSLSocket socket =
                (SSLSocket) Shared.CONTEXT.getSocketFactory().createSocket(raw, noName(), raw.getPort(), false);
        SSLParameters parameters = TlsProvider.parameters(socket);
        parameters.setServerNames(serverNames(name));
        socket.setSSLParameters(parameters);
        return socket;
    }

    @SuppressWarnings("NullAway") // the factory takes null, though its declaration does not say so
    private static String noName() {
        return null;
    }

    /** An address is no server name (RFC 6066 3); an empty list keeps the provider from adding one of its own. */
    private static List<SNIServerName> serverNames(String name) {
        @Nullable String dnsName = SniName.of(name);
        // As bytes: as text it would refuse names with an underscore, which exist.
        return dnsName == null ? List.of() : List.of(new SNIHostName(dnsName.getBytes(StandardCharsets.US_ASCII)));
    }
}
