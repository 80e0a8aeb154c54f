package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketError;
import io.github.streamwebsocket.internal.PeerText;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges the certificate chain of one server: the JDK's path validation to a trusted authority, then the name. What is
 * refused is said in words a user can act on.
 */
final class ServerTrust {

    /** The JDK's default trust store; read when first needed, kept as the JDK's own default context keeps it. */
    private static volatile @Nullable X509ExtendedTrustManager defaultAuthorities;

    private final String host;
    private final X509ExtendedTrustManager authorities;

    /**
     * Makes the judge for one handshake.
     *
     * @param host the name, or address as numbers, that the certificate must have
     * @param anchors the only authorities trusted; empty: the JDK's default trust store
     * @throws GeneralSecurityException when the JDK's trust store, or an anchor, cannot be used
     */
    ServerTrust(String host, List<X509Certificate> anchors) throws GeneralSecurityException {
        this.host = host;
        this.authorities = anchors.isEmpty() ? defaultAuthorities() : authorities(keyStore(anchors));
    }

    private static X509ExtendedTrustManager defaultAuthorities() throws GeneralSecurityException {
        X509ExtendedTrustManager known = defaultAuthorities;
        if (known == null) {
            known = authorities(null);
            defaultAuthorities = known;
        }
        return known;
    }

    private static X509ExtendedTrustManager authorities(@Nullable KeyStore anchors) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                return extended;
            }
        }
        throw new GeneralSecurityException("the default TrustManagerFactory has no X509ExtendedTrustManager");
    }

    private static KeyStore keyStore(List<X509Certificate> anchors) throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(null, null);
        } catch (IOException e) {
            throw new GeneralSecurityException("an empty key store cannot be made", e);
        }
        for (int i = 0; i < anchors.size(); i++) {
            store.setCertificateEntry(Integer.toString(i), anchors.get(i));
        }
        return store;
    }

    /**
     * Checks the chain that the server sent.
     *
     * @throws CertificateRefusedException when it may not be trusted, or is for another host
     */
    void check(X509Certificate[] chain, String authType, Socket socket) throws CertificateRefusedException {
        try {
            authorities.checkServerTrusted(chain, authType, socket);
        } catch (CertificateException e) {
            throw refusal(chain, e);
        }
        CertificateNames.check(chain[0], host);
    }

    /** The JDK says "unable to find valid certification path" for most faults; a date that is over tells more. */
    private CertificateRefusedException refusal(X509Certificate[] chain, CertificateException fault) {
        for (X509Certificate certificate : chain) {
            try {
                certificate.checkValidity();
            } catch (CertificateExpiredException e) {
                return refusal(
                        WebErrorStatus.CERTIFICATE_EXPIRED,
                        "has expired: " + which(certificate, chain) + " was valid until "
                                + certificate.getNotAfter().toInstant(),
                        fault);
            } catch (CertificateNotYetValidException e) {
                return refusal(
                        WebErrorStatus.CERTIFICATE_EXPIRED,
                        "is not valid yet: " + which(certificate, chain) + " is valid from "
                                + certificate.getNotBefore().toInstant(),
                        fault);
            }
        }
        if (hasNoPath(fault)) {
            X509Certificate last = chain[chain.length - 1];
            return refusal(
                    WebErrorStatus.CERTIFICATE_IS_INVALID,
                    "is not trusted: no trusted authority leads to it (it was issued by "
                            + PeerText.shown(last.getIssuerX500Principal().getName()) + ")",
                    fault);
        }
        WebErrorStatus status = WebSocketError.getStatus(fault);
        return refusal(
                status == WebErrorStatus.UNKNOWN ? WebErrorStatus.CERTIFICATE_IS_INVALID : status,
                "is not valid: " + PeerText.shown(String.valueOf(fault.getMessage())),
                fault);
    }

    private CertificateRefusedException refusal(WebErrorStatus status, String what, CertificateException fault) {
        return new CertificateRefusedException(status, "the certificate of " + host + " " + what, fault);
    }

    private static String which(X509Certificate certificate, X509Certificate[] chain) {
        return certificate.equals(chain[0])
                ? "it"
                : "its issuer "
                        + PeerText.shown(certificate.getSubjectX500Principal().getName());
    }

    private static boolean hasNoPath(Throwable fault) {
        for (Throwable link = fault; link != null; link = link.getCause()) {
            if (link instanceof CertPathBuilderException) {
                return true;
            }
        }
        return false;
    }
}
