package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.x509.TrustAnchors;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The authorities of the JDK's default trust store, wherever {@code javax.net.ssl.trustStore} says it is. Read when first
 * needed and kept, as the JDK's own default context keeps them.
 */
final class DefaultAnchors {

    private static volatile @Nullable TrustAnchors known;

    private DefaultAnchors() {}

    static TrustAnchors get() throws GeneralSecurityException {
        TrustAnchors anchors = known;
        if (anchors == null) {
            anchors = new TrustAnchors(read());
            known = anchors; // two threads may both have read it, to the same result
        }
        return anchors;
    }

    private static List<X509Certificate> read() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        List<X509Certificate> authorities = new ArrayList<>();
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                Collections.addAll(authorities, x509.getAcceptedIssuers());
            }
        }
        return authorities;
    }
}
