package io.github.streamwebsocket.jmh.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom a client trusts: the peer and nobody else, in each of the forms that libraries ask for.
 *
 * @param certificate the peer's, which it has signed itself
 * @param store holds the certificate
 * @param context the JDK's own TLS, which trusts the certificate
 */
public record Trust(X509Certificate certificate, KeyStore store, SSLContext context) {

    /** Trusts the one whose key and certificate lie in a PKCS#12 file. */
    public static Trust of(Path pkcs12, char[] password) throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(pkcs12)) {
            keys.load(in, password);
        }
        X509Certificate certificate =
                (X509Certificate) keys.getCertificate(keys.aliases().nextElement());
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("peer", certificate);
        TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(null, managers.getTrustManagers(), null);
        return new Trust(certificate, store, context);
    }
}
