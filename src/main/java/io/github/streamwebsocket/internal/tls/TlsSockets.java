package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.TlsSettings;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.StandardConstants;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Makes a client's TLS sockets over connected ones, their handshake not yet begun. Sockets of BouncyCastle share one
 * context; one that has a client's key gets a context of its own, which costs 0.6 ms.
 */
final class TlsSockets {

    private final TrustManager trust;
    private final SSLContext shared;

    /**
     * Makes the maker.
     *
     * @param trust judges the servers of BouncyCastle's sockets; those of the user's own context have their own
     */
    TlsSockets(TrustManager trust) {
        this.trust = trust;
        this.shared = context(new KeyManager[0]);
    }

    private SSLContext context(KeyManager... keys) {
        try {
            return TlsProvider.context(keys, new TrustManager[] {trust});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS is not available", e);
        }
    }

    /**
     * Makes a socket whose close leaves {@code raw} open.
     *
     * @param name the server's: a name, or an address as numbers
     * @throws IOException when the user's own context makes none, or none that speaks the versions wanted
     */
    SSLSocket layered(Socket raw, String name, TlsSettings settings) throws IOException {
        SSLContext own = settings.context();
        return own == null ? ours(raw, name, settings) : of(own, raw, name, settings);
    }

    /** Without the peer's name, under which BouncyCastle files sessions for later; SNI is given apart. */
    private SSLSocket ours(Socket raw, String name, TlsSettings settings) throws IOException {
        X509ExtendedKeyManager keys = settings.clientKeys();
        SSLContext context = keys == null ? shared : context(keys);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, noName(), raw.getPort(), false);
        NamedGroups groups = NamedGroups.wanted(settings.namedGroups());
        TlsProvider.configure(socket, settings.lowestVersion(), groups, SniName.of(name));
        return socket;
    }

    /**
     * With the peer's name, by which the context's trust manager judges. Versions only go up from what the context
     * enables; suites, and groups unless they were asked for, stay the context's.
     */
    private static SSLSocket of(SSLContext context, Socket raw, String name, TlsSettings settings) throws IOException {
        @Nullable String dnsName = SniName.of(name);
        Socket made =
                context.getSocketFactory().createSocket(raw, dnsName == null ? name : dnsName, raw.getPort(), false);
        if (!(made instanceof SSLSocket socket)) {
            throw new SSLException("expected an SSLSocket from the SSLContext but it made a "
                    + made.getClass().getName());
        }
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(enabled(parameters.getProtocols(), settings));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(dnsName == null ? List.of() : List.of(new ServerName(dnsName)));
        parameters.setApplicationProtocols(new String[] {TlsProvider.HTTP_1_1});
        if (!settings.namedGroups().isEmpty()) {
            parameters.setNamedGroups(settings.namedGroups().toArray(new String[0]));
        }
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static String[] enabled(String[] protocols, TlsSettings settings) throws SSLException {
        List<String> wanted = List.of(TlsProvider.protocols(settings.lowestVersion()));
        String[] enabled = Arrays.stream(protocols).filter(wanted::contains).toArray(String[]::new);
        if (enabled.length == 0) {
            throw new SSLException("expected an SSLContext that enables one of " + wanted + " but it enables "
                    + Arrays.toString(protocols));
        }
        return enabled;
    }

    @SuppressWarnings("NullAway") // the factory takes null, though its declaration does not say so
    private static String noName() {
        return null;
    }

    /** A host name as it is: SNIHostName would refuse one with an underscore, and such names exist. */
    private static final class ServerName extends SNIServerName {
        ServerName(String dnsName) {
            super(StandardConstants.SNI_HOST_NAME, dnsName.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
