package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.testing.TestAuthority;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/** What clients prove their names with, from an authority for clients, and servers of the JDK that ask for it. */
public final class ClientCredentials {

    private static final char[] PASSWORD = "test".toCharArray();
    private static final TestAuthority ISSUER = TestAuthority.named("Client Authority");

    /** The authority's certificate. */
    public static final X509Certificate AUTHORITY = ISSUER.certificate();

    private ClientCredentials() {}

    /** A certificate chain and the key of its first. */
    public record Credential(List<X509Certificate> chain, PrivateKey privateKey) {
        public X509Certificate certificate() {
            return chain.get(0);
        }

        /** A key store of type PKCS12 that has this under each of these aliases. */
        public KeyStore keyStore(char[] password, String... aliases) throws Exception {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (String alias : aliases) {
                store.setKeyEntry(alias, privateKey, password, chain.toArray(new Certificate[0]));
            }
            return store;
        }
    }

    public static Credential issue(KeyKind kind, String name) {
        Instant notBefore = Instant.now().minus(Duration.ofHours(1));
        return issue(kind, name, notBefore, notBefore.plus(Duration.ofDays(90)), KeyUsage.digitalSignature);
    }

    public static Credential issue(KeyKind kind, String name, Instant notBefore, Instant notAfter, int keyUsage) {
        KeyPair keys = TestAuthority.keys(kind == KeyKind.EC ? "secp256r1" : "RSA");
        X509v3CertificateBuilder certificate =
                ISSUER.certificateOf(name, keys.getPublic(), notBefore, Duration.between(notBefore, notAfter));
        try {
            certificate.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
            certificate.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
        } catch (CertIOException e) {
            throw new AssertionError(e);
        }
        return new Credential(List.of(ISSUER.sign(certificate), AUTHORITY), keys.getPrivate());
    }

    /** A context of SunJSSE for a server that trusts clients of the authority. */
    public static SSLContext jdkServer(ServerCredential server) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", server.privateKey(), PASSWORD, server.chain().toArray(new Certificate[0]));
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("SunX509", "SunJSSE");
        keyManagers.init(keys, PASSWORD);
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance("PKIX", "SunJSSE");
        trustManagers.init(anchors());
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    /** A key store whose one entry is the authority. */
    public static KeyStore anchors() throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("anchor", AUTHORITY);
        return anchors;
    }
}
