package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What clients prove their names with, from an authority for clients, and servers of the JDK that ask for it. */
public final class ClientCredentials {

    private static final char[] PASSWORD = "test".toCharArray();
    private static final KeyPair AUTHORITY_KEYS = keys("secp256r1");
    private static final X500Principal AUTHORITY_NAME = new X500Principal("CN=Client Authority");

    /** The authority's certificate. */
    public static final X509Certificate AUTHORITY = authority();

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
        KeyPair keys = keys(kind == KeyKind.EC ? "secp256r1" : "RSA");
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    AUTHORITY_NAME,
                    BigInteger.valueOf(System.nanoTime()),
                    Date.from(notBefore),
                    Date.from(notAfter),
                    new X500Principal("CN=" + name),
                    keys.getPublic());
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_clientAuth));
            return new Credential(List.of(signed(builder), AUTHORITY), keys.getPrivate());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Keys on a curve, or of 2048 bit RSA. */
    static KeyPair keys(String curveOrRsa) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(curveOrRsa.equals("RSA") ? "RSA" : "EC");
            if (curveOrRsa.equals("RSA")) {
                generator.initialize(2048);
            } else {
                generator.initialize(new ECGenParameterSpec(curveOrRsa));
            }
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate authority() {
        try {
            Instant notBefore = Instant.now().minus(Duration.ofHours(1));
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    AUTHORITY_NAME,
                    BigInteger.ONE,
                    Date.from(notBefore),
                    Date.from(notBefore.plus(Duration.ofDays(90))),
                    AUTHORITY_NAME,
                    AUTHORITY_KEYS.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
            return signed(builder);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static X509Certificate signed(JcaX509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(AUTHORITY_KEYS.getPrivate())));
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
