package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.cli.SelfMadeAuthority;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates for the tests of TLS, made once, and the JDK's own TLS as the independent peer. */
public final class Credentials {

    public static final SelfMadeAuthority AUTHORITY = SelfMadeAuthority.create("Test Authority", KeyKind.EC);
    public static final ServerCredential EC = issue(KeyKind.EC, "localhost", "127.0.0.1", "::1");
    public static final ServerCredential RSA = issue(KeyKind.RSA, "localhost", "127.0.0.1", "::1");
    public static final List<X509Certificate> ANCHORS = List.of(AUTHORITY.certificate());

    private static final char[] PASSWORD = "test".toCharArray();

    /** BouncyCastle reports every refused certificate with a stack trace; held here so that it is not collected. */
    private static final Logger BOUNCY_CASTLE = Logger.getLogger("org.bouncycastle");

    static {
        BOUNCY_CASTLE.setLevel(Level.OFF);
    }

    private Credentials() {}

    /** What the test authority issues for these names. */
    public static ServerCredential issue(KeyKind kind, String... names) {
        return of(AUTHORITY.issue(kind, names));
    }

    /** The same for a time of one's own. */
    public static ServerCredential issue(KeyKind kind, Instant notBefore, Instant notAfter, String... names) {
        return of(AUTHORITY.issue(kind, notBefore, notAfter, names));
    }

    /** What an authority nobody trusts issues for localhost. */
    public static ServerCredential strange(KeyKind kind) {
        return of(SelfMadeAuthority.create("Stranger", kind).issue(kind, "localhost"));
    }

    private static ServerCredential of(SelfMadeAuthority.Credential issued) {
        return new ServerCredential(issued.chain(), issued.privateKey());
    }

    public static ServerCredential of(KeyKind kind) {
        return kind == KeyKind.EC ? EC : RSA;
    }

    /** A context of SunJSSE that has these credentials and trusts the test authority. */
    public static SSLContext jdkContext(ServerCredential... credentials) throws Exception {
        KeyStore keys = emptyStore();
        for (int i = 0; i < credentials.length; i++) {
            put(keys, "key" + i, credentials[i].chain(), credentials[i].privateKey());
        }
        return jdkContext(keys);
    }

    /** The same, for a key that need not be the certificate's. */
    static SSLContext jdkContext(List<X509Certificate> chain, PrivateKey key) throws Exception {
        KeyStore keys = emptyStore();
        put(keys, "key", chain, key);
        return jdkContext(keys);
    }

    private static KeyStore emptyStore() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static void put(KeyStore store, String name, List<X509Certificate> chain, PrivateKey key)
            throws GeneralSecurityException {
        store.setKeyEntry(name, key, PASSWORD, chain.toArray(new Certificate[0]));
    }

    private static SSLContext jdkContext(KeyStore keys) throws Exception {
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("SunX509", "SunJSSE");
        keyManagers.init(keys, PASSWORD);
        KeyStore anchors = emptyStore();
        anchors.setCertificateEntry("anchor", AUTHORITY.certificate());
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX", "SunJSSE");
        trustManagers.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }
}
