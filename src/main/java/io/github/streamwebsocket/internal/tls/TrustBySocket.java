package io.github.streamwebsocket.internal.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Lets many sockets share one TLS context although each has its own {@link ServerTrust}: a context for each costs 0.6 ms
 * and 15 KiB of heap a connection. A socket nobody has spoken for is refused.
 */
final class TrustBySocket extends X509ExtendedTrustManager {

    private final Map<Socket, ServerTrust> underway = new ConcurrentHashMap<>();

    /** Speaks for a socket whose handshake the calling thread does next. */
    void begin(Socket socket, ServerTrust trust) {
        underway.put(socket, trust);
        Tls13Staples.begin();
    }

    void end(Socket socket) {
        underway.remove(socket);
        Tls13Staples.end();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, @Nullable Socket socket)
            throws CertificateException {
        ServerTrust trust = socket == null ? null : underway.get(socket);
        if (trust == null || socket == null) {
            throw new CertificateException("no handshake of ours is under way on this socket");
        }
        trust.check(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a server is trusted on a socket of ours only");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("a server is trusted on a socket of ours only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("only servers are judged here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("only servers are judged here");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("only servers are judged here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
