package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.internal.ClientSettings;
import io.github.streamwebsocket.internal.net.ConnectScope;
import io.github.streamwebsocket.internal.net.Loopback;
import io.github.streamwebsocket.testing.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JDK's servers sign the handshake with keys of all kinds, and with a key that is not the certificate's. */
@Timeout(60)
class ServerSignatureTest {
    private static final TestAuthority AUTHORITY = TestAuthority.named("Authority");

    private static X509Certificate server(KeyPair keys) throws Exception {
        X509v3CertificateBuilder certificate = AUTHORITY.certificateOf("server", keys.getPublic());
        certificate.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")));
        return AUTHORITY.sign(certificate);
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
        KeyPair keys = TestAuthority.keys(kind);
        ServerCredential credential = new ServerCredential(List.of(server(keys)), keys.getPrivate());
        try (JdkTlsServer server = JdkTlsServer.echoing(credential, protocol);
                ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30));
                SSLSocket socket = handshake(scope, server.port(), AUTHORITY.certificate())) {
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
        SSLContext context = Credentials.jdkContext(
                List.of(server(TestAuthority.keys(kind))),
                TestAuthority.keys(kind).getPrivate());
        try (JdkTlsServer server = JdkTlsServer.echoing(context, protocol);
                ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30))) {
            X509Certificate anchor = AUTHORITY.certificate();
            WebSocketConnectException refused =
                    assertThrows(WebSocketConnectException.class, () -> handshake(scope, server.port(), anchor));
            assertTrue(refused.getMessage().contains("decrypt_error"), refused::toString);
        }
    }
}
