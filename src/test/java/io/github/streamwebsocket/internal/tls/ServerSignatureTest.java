package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.internal.ClientSettings;
import io.github.streamwebsocket.internal.net.ConnectScope;
import io.github.streamwebsocket.internal.net.Loopback;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's servers sign the handshake with keys of all kinds, and with a key that is not the certificate's. */
@Timeout(60)
class ServerSignatureTest {
    private static final X500Name AUTHORITY = new X500Name("CN=Authority");
    private static final KeyPair AUTHORITY_KEYS = keys("secp256r1");

    private static KeyPair keys(String kind) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind.startsWith("secp") ? "EC" : kind);
            if (kind.startsWith("secp")) {
                generator.initialize(new ECGenParameterSpec(kind));
            }
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Date inDays(int days) {
        return Date.from(Instant.now().plus(Duration.ofDays(days)));
    }

    private static X509v3CertificateBuilder builder(X500Name subject, KeyPair keys) {
        return new JcaX509v3CertificateBuilder(
                AUTHORITY, BigInteger.TWO, inDays(-1), inDays(1), subject, keys.getPublic());
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder) throws Exception {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(
                        new JcaContentSignerBuilder("SHA256withECDSA").build(AUTHORITY_KEYS.getPrivate())));
    }

    private static X509Certificate authority() throws Exception {
        X509v3CertificateBuilder builder = builder(AUTHORITY, AUTHORITY_KEYS);
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign));
        return signed(builder);
    }

    private static X509Certificate server(KeyPair keys) throws Exception {
        X509v3CertificateBuilder builder = builder(new X500Name("CN=server"), keys);
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
        return signed(builder);
    }

    private static SSLSocket handshake(ConnectScope scope, int port, X509Certificate anchor) throws IOException {
        ClientSettings settings = Loopback.settings(List.of(anchor), null);
        return TlsClient.handshake(
                scope, scope.register(new Socket(InetAddress.getLoopbackAddress(), port)), "localhost", settings);
    }

    @ParameterizedTest
    @CsvSource({
        "secp256r1, TLSv1.3", "secp256r1, TLSv1.2", "secp384r1, TLSv1.3", "secp384r1, TLSv1.2",
        "secp521r1, TLSv1.3", "secp521r1, TLSv1.2", "Ed25519, TLSv1.3", "Ed25519, TLSv1.2",
        "Ed448, TLSv1.3", "Ed448, TLSv1.2"
    })
    void ofAnyKindIsVerified(String kind, String protocol) throws Exception {
        KeyPair keys = keys(kind);
        ServerCredential credential = new ServerCredential(List.of(server(keys)), keys.getPrivate());
        try (JdkTlsServer server = JdkTlsServer.echoing(credential, protocol);
                ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30));
                SSLSocket socket = handshake(scope, server.port(), authority())) {
            assertEquals(protocol, socket.getSession().getProtocol());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "secp256r1, TLSv1.3",
        "secp256r1, TLSv1.2",
        "secp521r1, TLSv1.3",
        "Ed25519, TLSv1.3",
        "Ed25519, TLSv1.2",
        "Ed448, TLSv1.3",
        "RSA, TLSv1.3",
        "RSA, TLSv1.2"
    })
    void ofAnotherKeyThanTheCertificatesIsRefused(String kind, String protocol) throws Exception {
        SSLContext context =
                Credentials.jdkContext(List.of(server(keys(kind))), keys(kind).getPrivate());
        try (JdkTlsServer server = JdkTlsServer.echoing(context, protocol);
                ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30))) {
            X509Certificate anchor = authority();
            WebSocketConnectException refused =
                    assertThrows(WebSocketConnectException.class, () -> handshake(scope, server.port(), anchor));
            assertTrue(refused.getMessage().contains("decrypt_error"), refused::toString);
        }
    }
}
