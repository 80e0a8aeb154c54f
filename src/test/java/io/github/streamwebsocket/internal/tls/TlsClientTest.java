package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketCertificateException;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.ClientSettings;
import io.github.streamwebsocket.internal.ServerValidation;
import io.github.streamwebsocket.internal.net.Await;
import io.github.streamwebsocket.internal.net.ConnectScope;
import io.github.streamwebsocket.internal.net.LiveThreads;
import io.github.streamwebsocket.internal.net.Loopback;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our client against the JDK's server. */
@Isolated("it looks at all threads")
@Timeout(60)
class TlsClientTest {

    private static final ClientSettings TRUSTING = Loopback.settings(Credentials.ANCHORS, null);

    private static SSLSocket handshake(ConnectScope scope, int port, String host, ClientSettings settings)
            throws IOException {
        Socket raw = scope.register(new Socket(InetAddress.getLoopbackAddress(), port));
        return TlsClient.handshake(scope, raw, host, settings);
    }

    private static WebSocketException refused(JdkTlsServer server, String host, ClientSettings settings) {
        try (ConnectScope scope = ConnectScope.begin(host, Duration.ofSeconds(30))) {
            return assertThrows(WebSocketConnectException.class, () -> handshake(scope, server.port(), host, settings));
        }
    }

    @ParameterizedTest
    @CsvSource({"EC, TLSv1.3", "EC, TLSv1.2", "RSA, TLSv1.3", "RSA, TLSv1.2"})
    void bytesGoThroughToServersOfBothKeysAndVersions(KeyKind key, String protocol) throws Exception {
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.of(key), protocol);
                ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30));
                SSLSocket socket = handshake(scope, server.port(), "localhost", TRUSTING)) {
            assertEquals(protocol, socket.getSession().getProtocol());
            assertTrue(socket.getSession().getCipherSuite().contains("_GCM_"));
            byte[] sent = "hello".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
            Thread writer = Thread.ofVirtual().start(() -> {
                try {
                    socket.getOutputStream().write(sent);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertArrayEquals(sent, socket.getInputStream().readNBytes(sent.length));
            Await.end(writer);
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost, localhost", "LOCALHOST., localhost", "127.0.0.1, ''", "::1, ''", "[::1], ''"})
    void theServerIsToldTheNameButNeverAnAddress(String host, String serverName) throws Exception {
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.EC);
                ConnectScope scope = ConnectScope.begin(host, Duration.ofSeconds(30))) {
            handshake(scope, server.port(), host, TRUSTING).close();
            assertEquals(serverName, requestedName(server.outcome.get(10, TimeUnit.SECONDS)));
        }
    }

    @Test
    void theServerNameOfTheSettingsGoesBeforeTheHost() throws Exception {
        ServerCredential elsewhere = Credentials.issue(KeyKind.EC, "elsewhere.example");
        ClientSettings settings = Loopback.settings(Credentials.ANCHORS, "elsewhere.example");
        try (JdkTlsServer server = JdkTlsServer.echoing(elsewhere);
                ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30))) {
            handshake(scope, server.port(), "localhost", settings).close();
            assertEquals("elsewhere.example", requestedName(server.outcome.get(10, TimeUnit.SECONDS)));
        }
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.EC)) {
            WebSocketException refused = refused(server, "localhost", settings);
            assertEquals(WebErrorStatus.CERTIFICATE_COMMON_NAME_IS_INCORRECT, refused.status());
        }
    }

    private static String requestedName(SSLSocket socket) {
        StringBuilder names = new StringBuilder();
        for (SNIServerName name : ((ExtendedSSLSession) socket.getSession()).getRequestedServerNames()) {
            names.append(((SNIHostName) name).getAsciiName());
        }
        return names.toString();
    }

    @Test
    void aCertificateForAnotherHostIsRefusedAndTheServerIsTold() throws Exception {
        ServerCredential other = Credentials.issue(KeyKind.EC, "a.example", "b.example");
        try (JdkTlsServer server = JdkTlsServer.echoing(other)) {
            WebSocketException refused = refused(server, "localhost", TRUSTING);
            assertEquals(WebErrorStatus.CERTIFICATE_COMMON_NAME_IS_INCORRECT, refused.status());
            assertEquals(
                    "certificate of localhost is not trusted: INVALID_NAME (valid for: a.example, b.example)",
                    refused.getMessage());
            assertNotNull(refused.getCause());
            assertSees("certificate_unknown", server);
        }
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void aCertificateOfAStrangersAuthorityIsRefusedAndTheServerIsTold(KeyKind key) throws Exception {
        ServerCredential strange = Credentials.strange(key);
        try (JdkTlsServer server = JdkTlsServer.echoing(strange)) {
            WebSocketException refused = refused(server, "localhost", TRUSTING);
            assertEquals(WebErrorStatus.CERTIFICATE_IS_INVALID, refused.status());
            assertTrue(
                    refused.getMessage().startsWith("certificate of localhost is not trusted: UNTRUSTED ("),
                    refused::getMessage);
            assertTrue(refused.getMessage().contains("Stranger"), refused::getMessage);
            assertSees("unknown_ca", server);
        }
    }

    @Test
    void withoutAnchorsTheDefaultTrustStoreDecides() throws Exception {
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.EC)) {
            WebSocketException refused = refused(server, "localhost", Loopback.settings(List.of(), null));
            assertEquals(WebErrorStatus.CERTIFICATE_IS_INVALID, refused.status());
            assertTrue(refused.getMessage().contains("Test Authority"), refused::getMessage);
        }
    }

    @Test
    void aCertificateThatIsAnAnchorItselfIsTrusted() throws Exception {
        ServerCredential strange = Credentials.strange(KeyKind.EC);
        ClientSettings pinned = Loopback.settings(List.of(strange.chain().get(0)), null);
        try (JdkTlsServer server = JdkTlsServer.echoing(strange);
                ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30))) {
            handshake(scope, server.port(), "localhost", pinned).close();
            assertNotNull(server.outcome.get(10, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void anExpiredCertificateIsRefusedAndTheServerIsTold(String protocol) throws Exception {
        Instant ended = Instant.now().minus(Duration.ofDays(324)).minusSeconds(60);
        ServerCredential expired = Credentials.issue(KeyKind.EC, ended.minus(Duration.ofDays(30)), ended, "a.example");
        try (JdkTlsServer server = JdkTlsServer.echoing(expired, protocol)) {
            WebSocketException refused = refused(server, "example.org", TRUSTING);
            assertEquals(WebErrorStatus.CERTIFICATE_EXPIRED, refused.status());
            assertEquals(
                    "certificate of example.org is not trusted: EXPIRED (ended "
                            + ended.atOffset(ZoneOffset.UTC).toLocalDate()
                            + ", 324 days ago), INVALID_NAME (valid for: a.example)",
                    refused.getMessage());
            assertSees("certificate_expired", server);
        }
    }

    @Test
    void aCertificateFromTheFutureIsRefused() throws Exception {
        ServerCredential future = Credentials.issue(
                KeyKind.EC, Instant.parse("2120-01-01T00:00:00Z"), Instant.parse("2120-02-01T00:00:00Z"), "localhost");
        try (JdkTlsServer server = JdkTlsServer.echoing(future)) {
            WebSocketException refused = refused(server, "localhost", TRUSTING);
            assertEquals(WebErrorStatus.CERTIFICATE_EXPIRED, refused.status());
            assertTrue(refused.getMessage().contains("2120-01-01"), refused::getMessage);
        }
    }

    private static void assertSees(String alert, JdkTlsServer server) throws Exception {
        Throwable failure = server.failure();
        assertInstanceOf(SSLHandshakeException.class, failure);
        assertTrue(failure.getMessage().contains(alert), failure::getMessage);
    }

    /**
     * A server of TLS 1.2 written out by hand that has sent more than the client wants to read, and goes on sending
     * before it looks for an answer: with a plain close its next write would meet RST, and it would never see the alert.
     */
    @Test
    void aServerThatIsStillSendingGetsTheAlertToo() throws Exception {
        try (Loopback.Pair pair = Loopback.pair();
                ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30))) {
            CompletableFuture<String> received = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    byte[] certificate = Credentials.EC.chain().get(0).getEncoded();
                    received.complete(HexFormat.of().formatHex(sendAndThenRead(pair.server(), certificate)));
                } catch (IOException | GeneralSecurityException e) {
                    received.completeExceptionally(e);
                }
            });
            ClientSettings trustingOthers = Loopback.settings(
                    List.of(Credentials.issue(KeyKind.EC, "a").chain().get(0)), null);
            WebSocketException refused = assertThrows(
                    WebSocketException.class,
                    () -> TlsClient.handshake(scope, scope.register(pair.client()), "localhost", trustingOthers));
            assertEquals(WebErrorStatus.CERTIFICATE_IS_INVALID, refused.status());
            String hex = received.get(10, TimeUnit.SECONDS);
            assertTrue(hex.endsWith("15" + "0303" + "0002" + "02" + "30"), hex); // fatal unknown_ca
        }
    }

    /** A server that proves its name with what is no certificate: nobody gets to judge that. */
    @ParameterizedTest
    @ValueSource(strings = {"00", "3003020101", "30820fff30", "300a3003020101300306010030"})
    void aCertificateThatCannotBeReadIsRefusedAndTheServerIsTold(String hex) throws Exception {
        List<ServerCertificates> facts = new ArrayList<>();
        ClientSettings settings = Loopback.validated(Credentials.ANCHORS, new ServerValidation(facts::add, List::of));
        try (Loopback.Pair pair = Loopback.pair();
                ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30))) {
            CompletableFuture<byte[]> received = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    received.complete(
                            sendAndThenRead(pair.server(), HexFormat.of().parseHex(hex)));
                } catch (IOException e) {
                    received.completeExceptionally(e);
                }
            });
            WebSocketCertificateException refused = assertThrows(
                    WebSocketCertificateException.class,
                    () -> TlsClient.handshake(scope, scope.register(pair.client()), "localhost", settings));
            assertEquals(WebErrorStatus.CERTIFICATE_CONTAINS_ERRORS, refused.status());
            assertEquals(List.of(ChainValidationResult.OTHER_ERRORS), refused.serverCertificateErrors());
            assertEquals(List.of(refused.certificates()), facts);
            assertEquals(2, received.get(10, TimeUnit.SECONDS)[5]); // a fatal alert
        }
    }

    private static byte[] sendAndThenRead(Socket server, byte[] certificate) throws IOException {
        server.setTcpNoDelay(true);
        InputStream in = server.getInputStream();
        in.readNBytes(3);
        in.readNBytes(ByteBuffer.wrap(in.readNBytes(2)).getShort()); // the ClientHello's record
        server.getOutputStream().write(flightAndMore(certificate));
        Await.until("the alert is there", () -> available(server) > 0);
        for (int i = 0; i < 10; i++) {
            server.getOutputStream().write(0);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        byte[] alert = in.readAllBytes();
        server.close();
        return alert;
    }

    private static byte[] flightAndMore(byte[] encoded) throws IOException {
        ByteArrayOutputStream flight = new ByteArrayOutputStream();
        // version 3.3, random, no session, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, no compression
        flight.write(handshakeMessage(2, HexFormat.of().parseHex("0303" + "11".repeat(32) + "00" + "c02b" + "00")));
        ByteBuffer list = ByteBuffer.allocate(6 + encoded.length);
        list.put((byte) 0).putShort((short) (encoded.length + 3));
        list.put((byte) 0).putShort((short) encoded.length).put(encoded);
        flight.write(handshakeMessage(11, list.array()));
        flight.write(handshakeMessage(14, new byte[0]));
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        records.write(new byte[] {22, 3, 3, (byte) (flight.size() >> 8), (byte) flight.size()});
        flight.writeTo(records);
        records.write(new byte[1_000]);
        return records.toByteArray();
    }

    private static byte[] handshakeMessage(int type, byte[] body) {
        return ByteBuffer.allocate(4 + body.length)
                .put((byte) type)
                .put((byte) 0)
                .putShort((short) body.length)
                .put(body)
                .array();
    }

    @Test
    void theAlertOfTheServerIsNamed() throws Exception {
        SSLContext context = Credentials.jdkContext(Credentials.EC);
        try (JdkTlsServer server = new JdkTlsServer(
                context, listener -> listener.setEnabledCipherSuites(onlyRsa(listener)), socket -> {})) {
            WebSocketException failure = refused(server, "localhost", TRUSTING);
            assertEquals(WebErrorStatus.CANNOT_CONNECT, failure.status());
            assertEquals(
                    "the TLS handshake with localhost failed: the peer sent the alert handshake_failure(40)",
                    failure.getMessage());
        }
    }

    /** Suites this server has no certificate for. */
    private static String[] onlyRsa(SSLServerSocket listener) {
        listener.setEnabledProtocols(new String[] {"TLSv1.2"});
        return new String[] {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"};
    }

    @Test
    void aServerThatSpeaksNoTlsIsCannotConnect() throws Exception {
        try (Loopback.Pair pair = Loopback.pair();
                ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30))) {
            pair.server()
                    .getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            pair.server().shutdownOutput();
            WebSocketException failure = assertThrows(
                    WebSocketException.class,
                    () -> TlsClient.handshake(scope, scope.register(pair.client()), "localhost", TRUSTING));
            assertEquals(WebErrorStatus.CANNOT_CONNECT, failure.status());
            assertTrue(
                    failure.getMessage().startsWith("the TLS handshake with localhost failed: "), failure::getMessage);
            assertTrue(pair.client().isClosed());
        }
    }

    @Test
    void aServerThatEndsInTheHandshakeIsCannotConnect() throws Exception {
        try (Loopback.Pair pair = Loopback.pair();
                ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30))) {
            pair.server().shutdownOutput();
            WebSocketException failure = assertThrows(
                    WebSocketException.class,
                    () -> TlsClient.handshake(scope, scope.register(pair.client()), "localhost", TRUSTING));
            assertEquals(WebErrorStatus.CANNOT_CONNECT, failure.status());
            assertEquals(
                    "the TLS handshake with localhost failed: the peer ended the connection, or nothing could be"
                            + " agreed on (handshake_failure(40))",
                    failure.getMessage());
        }
    }

    @Test
    void theDeadlineEndsAHandshakeThatIsNeverAnswered() throws Exception {
        try (Loopback.Pair pair = Loopback.pair();
                ConnectScope scope = ConnectScope.begin("localhost:443", Duration.ofMillis(300))) {
            WebSocketException failure = assertThrows(
                    WebSocketException.class,
                    () -> TlsClient.handshake(scope, scope.register(pair.client()), "localhost", TRUSTING));
            assertEquals(WebErrorStatus.TIMEOUT, failure.status());
            assertEquals(
                    "no connection to localhost:443 within 0.3 s: the TLS handshake was under way",
                    failure.getMessage());
            assertTrue(pair.client().isClosed());
        }
        Await.until("no thread is left", () -> LiveThreads.named("connect").isEmpty());
    }

    @Test
    void cancellationEndsAHandshakeThatIsNeverAnswered() throws Exception {
        try (Loopback.Pair pair = Loopback.pair();
                ConnectScope scope = ConnectScope.begin("localhost:443", Duration.ofSeconds(60))) {
            Thread canceller = Thread.ofVirtual().start(() -> {
                Await.until("the hello is there", () -> available(pair.server()) > 0);
                scope.cancel();
            });
            WebSocketException failure = assertThrows(
                    WebSocketException.class,
                    () -> TlsClient.handshake(scope, scope.register(pair.client()), "localhost", TRUSTING));
            assertEquals(WebErrorStatus.OPERATION_CANCELED, failure.status());
            Await.end(canceller);
        }
        Await.until("no thread is left", () -> LiveThreads.named("connect").isEmpty());
    }

    @Test
    void interruptingTheVirtualThreadEndsTheHandshake() throws Exception {
        CompletableFuture<WebErrorStatus> status = new CompletableFuture<>();
        try (Loopback.Pair pair = Loopback.pair();
                ConnectScope scope = ConnectScope.begin("localhost:443", Duration.ZERO)) {
            Thread connecting = Thread.ofVirtual().start(() -> {
                try {
                    TlsClient.handshake(scope, scope.register(pair.client()), "localhost", TRUSTING);
                } catch (WebSocketException e) {
                    status.complete(Thread.currentThread().isInterrupted() ? e.status() : WebErrorStatus.UNKNOWN);
                }
            });
            Await.until("the hello is there", () -> available(pair.server()) > 0);
            connecting.interrupt();
            assertEquals(WebErrorStatus.OPERATION_CANCELED, status.get(10, TimeUnit.SECONDS));
        }
    }

    private static int available(Socket socket) {
        try {
            return socket.getInputStream().available();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A resumed session would skip every check of the certificate. */
    @Test
    void aSecondConnectionToTheSameServerResumesNothing() throws Exception {
        List<String> sessions = Collections.synchronizedList(new ArrayList<>());
        try (SSLServerSocket listener = (SSLServerSocket) Credentials.jdkContext(Credentials.EC)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            listener.setEnabledProtocols(new String[] {"TLSv1.2"}); // in 1.3 BouncyCastle resumes nothing anyway
            Thread server = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < 2; i++) {
                        SSLSocket socket = (SSLSocket) listener.accept();
                        sessions.add(
                                HexFormat.of().formatHex(socket.getSession().getId()));
                        socket.getInputStream().readAllBytes();
                    }
                } catch (IOException e) {
                    sessions.add(e.toString());
                }
            });
            for (int i = 0; i < 2; i++) {
                try (ConnectScope scope = ConnectScope.begin("localhost", Duration.ofSeconds(30))) {
                    handshake(scope, listener.getLocalPort(), "localhost", TRUSTING)
                            .close();
                }
            }
            Await.end(server);
        }
        assertEquals(2, sessions.size());
        assertEquals(64, sessions.get(0).length(), sessions::toString);
        assertEquals(64, sessions.get(1).length(), sessions::toString);
        assertNotEquals(sessions.get(0), sessions.get(1));
    }

    @Test
    void aSocketNobodySpokeForIsRefused() {
        TrustBySocket trust = new TrustBySocket();
        assertThrows(
                java.security.cert.CertificateException.class,
                () -> trust.checkServerTrusted(
                        Credentials.EC.chain().toArray(new X509Certificate[0]), "UNKNOWN", socket()));
    }

    private static @Nullable Socket socket() {
        return new Socket();
    }
}
