package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.internal.PeerText;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * What a TLS handshake agreed on.
 *
 * @param protocol the version as JSSE writes it, such as {@code TLSv1.3}; "" without TLS
 * @param cipherSuite the suite as IANA registers it; "" without TLS
 * @param applicationProtocol what ALPN selected (RFC 7301); "" when the server selected nothing
 */
public record TlsFacts(String protocol, String cipherSuite, String applicationProtocol) {

    /** Of a connection without TLS. */
    public static final TlsFacts NONE = new TlsFacts("", "", "");

    /**
     * Returns the facts of a socket whose handshake is done.
     *
     * @throws WebSocketConnectException when the server selected a protocol we did not offer. The JDK's TLS refuses
     *     that itself (RFC 7301 3.2), BouncyCastle's lets it pass.
     */
    public static TlsFacts of(SSLSocket socket, String peer) throws WebSocketConnectException {
        String selected = socket.getApplicationProtocol();
        if (selected == null) {
            selected = "";
        }
        if (!selected.isEmpty() && !selected.equals(TlsProvider.HTTP_1_1)) {
            throw new WebSocketConnectException(
                    WebErrorStatus.CANNOT_CONNECT,
                    "the TLS handshake with " + peer + " failed: expected ALPN " + TlsProvider.HTTP_1_1
                            + " or none but the server selected " + PeerText.quote(selected),
                    null);
        }
        SSLSession session = socket.getSession();
        return new TlsFacts(session.getProtocol(), session.getCipherSuite(), selected);
    }
}
