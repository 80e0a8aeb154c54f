package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.TlsVersion;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.internal.net.LingeringClose;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** The server's end of TLS handshakes, with one set of credentials. For any number of threads. */
public final class TlsServer {

    /** The key store lives in memory and nowhere else; its API wants a password. */
    private static final char[] PASSWORD = {'-'};

    private final SSLContext context;

    /**
     * Makes a server's end.
     *
     * @param credentials at least one; of several, such as one with an RSA and one with an EC key, each client gets the
     *     first it can verify
     * @throws IllegalArgumentException when there are none, or a key cannot be used
     */
    public TlsServer(List<ServerCredential> credentials) {
        if (credentials.isEmpty()) {
            throw new IllegalArgumentException("expected at least one credential");
        }
        try {
            context =
                    TlsProvider.context(TlsProvider.keyManagers(keyStore(credentials), PASSWORD), new TrustManager[0]);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the credentials cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore keyStore(List<ServerCredential> credentials) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (int i = 0; i < credentials.size(); i++) {
            ServerCredential credential = credentials.get(i);
            Certificate[] chain = credential.chain().toArray(new Certificate[0]);
            store.setKeyEntry(Integer.toString(i), credential.privateKey(), PASSWORD, chain);
        }
        return store;
    }

    /**
     * Makes a TLS socket over an accepted one, on which the handshake is done. Blocks for the client; whoever calls
     * bounds that by closing {@code raw}. Closing the result sends close_notify and leaves {@code raw} open; when the
     * handshake fails, {@code raw} is closed, after a bounded wait for the client to see why.
     *
     * @throws WebSocketConnectException when the handshake fails
     */
    public SSLSocket handshake(Socket raw) throws WebSocketConnectException {
        try {
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(raw, nothingRead(), false);
            TlsProvider.configure(socket, TlsVersion.TLS_1_2, NamedGroups.DEFAULT, null);
            socket.startHandshake();
            return socket;
        } catch (IOException | RuntimeException e) {
            WebSocketConnectException failure =
                    HandshakeFault.describe(String.valueOf(raw.getRemoteSocketAddress()), e, "");
            LingeringClose.close(raw, TlsClient.DRAIN_BYTES, TlsClient.DRAIN_MILLIS);
            throw failure;
        }
    }

    /** This form of createSocket is the one for servers; nothing was read off the socket before. */
    @SuppressWarnings("NullAway") // null is allowed and means nothing
    private static InputStream nothingRead() {
        return null;
    }
}
