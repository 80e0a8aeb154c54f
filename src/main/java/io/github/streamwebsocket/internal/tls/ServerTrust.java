package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.ServerCertificates;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.TlsSettings;
import io.github.streamwebsocket.internal.x509.Certificate;
import io.github.streamwebsocket.internal.x509.ChainValidator;
import io.github.streamwebsocket.internal.x509.RevocationMaterial;
import io.github.streamwebsocket.internal.x509.TrustAnchors;
import io.github.streamwebsocket.internal.x509.ValidationPolicy;
import io.github.streamwebsocket.internal.x509.ValidationPolicy.KeyUse;
import io.github.streamwebsocket.internal.x509.ValidationRequest;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.jsse.BCExtendedSSLSession;
import org.bouncycastle.jsse.BCSSLSocket;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;

/** Judges the server in one handshake of BouncyCastle's: the chain first, then what the application wants besides. */
final class ServerTrust {

    /** How BCJSSE names the key exchange in which the server's key decrypts: TLS 1.2 with static RSA. */
    private static final String STATIC_RSA = "KE:RSA";

    private final String host;
    private final TlsSettings settings;
    private final TrustAnchors anchors;
    private final TrustDecision decision;

    /**
     * Makes the judge for one handshake.
     *
     * @param host the name, or address as numbers, that the certificate must have
     * @throws GeneralSecurityException when the JDK's trust store is asked for and cannot be used
     */
    ServerTrust(String host, TlsSettings settings, TrustDecision decision) throws GeneralSecurityException {
        this.host = host;
        this.settings = settings;
        this.anchors =
                settings.trustAnchors().isEmpty() ? DefaultAnchors.get() : new TrustAnchors(settings.trustAnchors());
        this.decision = decision;
    }

    /**
     * Checks the chain that the server sent. Returns when it may be connected to; otherwise throws a {@link
     * TlsFatalAlert}, although the trust manager's signature does not know it: of a CertificateException BouncyCastle
     * would make certificate_unknown, whatever is wrong.
     */
    void check(X509Certificate[] chain, String authType, Socket socket) {
        ServerCertificates found = ChainValidator.validate(new ValidationRequest(
                Arrays.stream(chain).map(Certificate::of).toList(),
                host,
                anchors,
                Instant.now(),
                ValidationPolicy.tlsServer(
                        settings.weakAlgorithmsRefused(),
                        authType.equals(STATIC_RSA) ? KeyUse.KEY_ENCIPHERMENT : KeyUse.DIGITAL_SIGNATURE),
                new RevocationMaterial(
                        settings.revocation(), settings.revocationLists(), settings.ocspResponses(), stapled(socket))));
        try {
            decision.decide(found);
        } catch (CertificateRefusedException e) {
            throw unchecked(new TlsFatalAlert(e.alert(), e));
        } catch (WebSocketException e) {
            throw unchecked(new TlsFatalAlert(AlertDescription.user_canceled, e));
        }
    }

    /** What the server stapled, one for each certificate it sent; an empty one stands for a certificate without. */
    private static List<byte[]> stapled(Socket socket) {
        List<byte[]> stapled = Tls13Staples.responses();
        if (!stapled.isEmpty()) {
            return stapled;
        }
        BCExtendedSSLSession session = socket instanceof BCSSLSocket ours ? ours.getBCHandshakeSession() : null;
        return session == null ? List.of() : session.getStatusResponses();
    }

    /** Throws anything past the compiler; declared to return so that a caller can throw the call. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the cast is not checked, which is the point
    private static <E extends Throwable> RuntimeException unchecked(Throwable checked) throws E {
        throw (E) checked;
    }
}
