package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.ServerValidation;
import io.github.streamwebsocket.internal.TlsSettings;
import io.github.streamwebsocket.internal.net.ConnectScope;
import io.github.streamwebsocket.internal.net.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.BCSSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our server against the JDK's client, and against our own. */
@Timeout(60)
class TlsServerTest {

    private static CompletableFuture<SSLSocket> accept(ServerSocket listener, TlsServer server) {
        CompletableFuture<SSLSocket> accepted = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                accepted.complete(server.handshake(listener.accept()));
            } catch (Throwable e) {
                accepted.completeExceptionally(e);
            }
        });
        return accepted;
    }

    private static SSLSocket jdkClient(ServerSocket listener) throws Exception {
        return (SSLSocket) Credentials.jdkContext()
                .getSocketFactory()
                .createSocket(
                        new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort()), "localhost", 0, true);
    }

    @ParameterizedTest
    @CsvSource({"EC, TLSv1.3", "EC, TLSv1.2", "RSA, TLSv1.3", "RSA, TLSv1.2"})
    void theJdksClientIsServedWithBothKeysAndVersions(KeyKind key, String protocol) throws Exception {
        try (ServerSocket listener = Loopback.listen();
                SSLSocket client = jdkClient(listener)) {
            CompletableFuture<SSLSocket> accepted = accept(listener, new TlsServer(List.of(Credentials.of(key))));
            client.setEnabledProtocols(new String[] {protocol});
            client.startHandshake();
            exchange(client, accepted.get(10, TimeUnit.SECONDS));
            assertEquals(protocol, client.getSession().getProtocol());
            assertTrue(client.getSession().getCipherSuite().contains("_AES_128_GCM_"));
        }
    }

    @Test
    void ourOwnClientIsServed() throws Exception {
        try (ServerSocket listener = Loopback.listen();
                ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30))) {
            CompletableFuture<SSLSocket> accepted = accept(listener, new TlsServer(List.of(Credentials.RSA)));
            Socket raw = scope.register(new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
            SSLSocket client =
                    TlsClient.handshake(scope, raw, "localhost", Loopback.settings(Credentials.ANCHORS, null));
            exchange(client, accepted.get(10, TimeUnit.SECONDS));
        }
    }

    private static void exchange(SSLSocket client, SSLSocket server) throws IOException {
        client.getOutputStream().write(1);
        assertEquals(1, server.getInputStream().read());
        server.getOutputStream().write(2);
        assertEquals(2, client.getInputStream().read());
        server.close();
        assertEquals(-1, client.getInputStream().read());
    }

    @ParameterizedTest
    @CsvSource({"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, EC", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, RSA"})
    void ofTwoCredentialsTheClientGetsTheOneItCanVerify(String suite, String algorithm) throws Exception {
        try (ServerSocket listener = Loopback.listen();
                SSLSocket client = jdkClient(listener)) {
            CompletableFuture<SSLSocket> accepted =
                    accept(listener, new TlsServer(List.of(Credentials.EC, Credentials.RSA)));
            client.setEnabledProtocols(new String[] {"TLSv1.2"});
            client.setEnabledCipherSuites(new String[] {suite});
            client.startHandshake();
            accepted.get(10, TimeUnit.SECONDS);
            X509Certificate certificate = (X509Certificate) client.getSession().getPeerCertificates()[0];
            assertEquals(algorithm, certificate.getPublicKey().getAlgorithm());
        }
    }

    /** Post-quantum key exchange needs algorithms from both providers. */
    @Test
    void theHybridGroupX25519Mlkem768CanBeAgreedOn() throws Exception {
        try (ServerSocket listener = Loopback.listen();
                Socket raw = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
            CompletableFuture<SSLSocket> accepted = accept(listener, new TlsServer(List.of(Credentials.EC)));
            TrustBySocket trust = new TrustBySocket();
            SSLSocket client = (SSLSocket)
                    TlsProvider.context(new javax.net.ssl.KeyManager[0], new javax.net.ssl.TrustManager[] {trust})
                            .getSocketFactory()
                            .createSocket(raw, "localhost", 0, false);
            BCSSLParameters parameters = ((BCSSLSocket) client).getParameters();
            parameters.setNamedGroups(new String[] {"X25519MLKEM768", "secp256r1"});
            parameters.setEarlyKeyShares(new String[] {"X25519MLKEM768"});
            ((BCSSLSocket) client).setParameters(parameters);
            try (ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30))) {
                TlsSettings settings = TlsSettings.trusting(Credentials.ANCHORS);
                TrustDecision decision = new TrustDecision("localhost", settings, ServerValidation.NONE, scope);
                trust.begin(client, new ServerTrust("localhost", settings, decision));
                client.startHandshake();
            }
            assertEquals("TLSv1.3", client.getSession().getProtocol());
            exchange(client, accepted.get(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void aClientWithOnlyOldVersionsIsRefusedAndSeesTheAlert() throws Exception {
        try (ServerSocket listener = Loopback.listen();
                Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
            CompletableFuture<SSLSocket> accepted = accept(listener, new TlsServer(List.of(Credentials.EC)));
            client.getOutputStream().write(TLS_1_0_HELLO);
            byte[] alert = client.getInputStream().readAllBytes();
            assertEquals(7, alert.length);
            assertEquals(21, alert[0]); // a record of type alert,
            assertEquals(2, alert[5]); // fatal,
            assertEquals(70, alert[6]); // protocol_version
            client.close();
            ExecutionException failure =
                    assertThrows(ExecutionException.class, () -> accepted.get(10, TimeUnit.SECONDS));
            WebSocketConnectException ours = (WebSocketConnectException) failure.getCause();
            assertEquals(WebErrorStatus.CANNOT_CONNECT, ours.status());
            assertTrue(ours.getMessage().startsWith("the TLS handshake with /127.0.0.1:"), ours::getMessage);
        }
    }

    /** Record header, ClientHello of version 3.1 with 32 bytes of random, no session, one suite, null compression. */
    private static final byte[] TLS_1_0_HELLO = hello();

    private static byte[] hello() {
        byte[] hello = new byte[5 + 4 + 41];
        byte[] head = {22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 1};
        System.arraycopy(head, 0, hello, 0, head.length);
        byte[] tail = {0, 0, 2, (byte) 0xc0, 0x13, 1, 0};
        System.arraycopy(tail, 0, hello, hello.length - tail.length, tail.length);
        return hello;
    }

    @Test
    void theAlertOfAClientIsNamed() throws Exception {
        try (ServerSocket listener = Loopback.listen();
                Socket client = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
            CompletableFuture<SSLSocket> accepted = accept(listener, new TlsServer(List.of(Credentials.EC)));
            client.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 46});
            assertEquals(-1, client.getInputStream().read());
            client.close();
            ExecutionException failure =
                    assertThrows(ExecutionException.class, () -> accepted.get(10, TimeUnit.SECONDS));
            String message = failure.getCause().getMessage();
            assertTrue(message.endsWith("failed: the peer sent the alert certificate_unknown(46)"), message);
        }
    }

    @Test
    void noCredentialAndForeignKeysAreTheCallersMistake() {
        assertThrows(IllegalArgumentException.class, () -> new TlsServer(List.of()));
        assertThrows(
                IllegalArgumentException.class, () -> new ServerCredential(List.of(), Credentials.EC.privateKey()));
        IllegalArgumentException foreign = assertThrows(
                IllegalArgumentException.class,
                () -> new ServerCredential(Credentials.EC.chain(), Credentials.RSA.privateKey()));
        assertEquals(
                "expected the private key of the certificate for CN=localhost (EC) but was another RSA key",
                foreign.getMessage());
        ServerCredential other = Credentials.issue(KeyKind.EC, "other");
        assertThrows(
                IllegalArgumentException.class, () -> new ServerCredential(Credentials.EC.chain(), other.privateKey()));
    }
}
