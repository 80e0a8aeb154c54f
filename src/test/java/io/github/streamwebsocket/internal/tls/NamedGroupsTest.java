package io.github.streamwebsocket.internal.tls;

import static io.github.streamwebsocket.internal.tls.RecordedSocket.SECP256R1;
import static io.github.streamwebsocket.internal.tls.RecordedSocket.SECP384R1;
import static io.github.streamwebsocket.internal.tls.RecordedSocket.SECP521R1;
import static io.github.streamwebsocket.internal.tls.RecordedSocket.X25519;
import static io.github.streamwebsocket.internal.tls.RecordedSocket.X25519MLKEM768;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.TlsVersion;
import io.github.streamwebsocket.internal.TlsSettings;
import io.github.streamwebsocket.internal.net.Await;
import io.github.streamwebsocket.internal.net.Loopback;
import io.github.streamwebsocket.testing.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which groups are offered, which get a key share at once, and what servers make of it. */
@Timeout(60)
class NamedGroupsTest {

    private static final String HYBRID = "X25519MLKEM768";

    /** BouncyCastle takes a signature of ECDSA only when its curve is among the groups: so there is none in the chain. */
    private static final ServerCredential ALL_RSA = selfSigned("RSA");

    private static final TlsSockets SOCKETS = new TlsSockets(new RecordingTrust());

    @Test
    void theFirstHybridAndTheFirstClassicalGroupGetAShare() {
        assertEquals(List.of(HYBRID, "x25519"), NamedGroups.wanted(List.of()).early());
        assertEquals(
                List.of("secp384r1", "SecP256r1MLKEM768"),
                NamedGroups.of(List.of("secp384r1", "x25519", "SecP256r1MLKEM768", HYBRID))
                        .early());
        assertEquals(List.of("x448"), NamedGroups.of(List.of("x448", "x25519")).early());
        assertEquals(List.of(HYBRID), NamedGroups.of(List.of(HYBRID)).early());
    }

    /** Connects and gives up: only what the client sends first matters. */
    private static ByteBuffer helloOf(TlsSettings settings) throws IOException {
        try (ServerSocket listener = Loopback.listen();
                RecordedSocket raw = new RecordedSocket(listener.getLocalPort());
                Socket server = listener.accept()) {
            SSLSocket socket = SOCKETS.layered(raw, "localhost", settings);
            server.shutdownOutput();
            assertThrows(IOException.class, socket::startHandshake);
            return raw.clientHellos().get(0);
        }
    }

    @Test
    void theHelloOffersTheHybridGroupFirstAndSharesOfBothKinds() throws Exception {
        ByteBuffer hello = helloOf(TestTls.groups());
        assertEquals(
                List.of(X25519MLKEM768, X25519, SECP256R1, SECP384R1, SECP521R1),
                RecordedSocket.supportedGroups(hello));
        assertEquals(List.of(X25519MLKEM768, X25519), RecordedSocket.keyShares(hello));
    }

    @Test
    void groupsOfOnesOwnAreOfferedInTheirOrder() throws Exception {
        ByteBuffer hello = helloOf(TestTls.groups("secp384r1", "secp256r1", HYBRID));
        assertEquals(List.of(SECP384R1, SECP256R1, X25519MLKEM768), RecordedSocket.supportedGroups(hello));
        assertEquals(List.of(SECP384R1, X25519MLKEM768), RecordedSocket.keyShares(hello));
    }

    /** BouncyCastle leaves out what it does not have with a line in its log only. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X25519MLKEM768",
                "SecP256r1MLKEM768",
                "SecP384r1MLKEM1024",
                "x25519",
                "x448",
                "secp256r1",
                "secp384r1",
                "secp521r1",
                "ffdhe2048",
                "ffdhe3072",
                "ffdhe4096"
            })
    void everyGroupThatIsKnownByNameIsOffered(String name) throws Exception {
        ByteBuffer hello = helloOf(TestTls.groups(name));
        assertEquals(1, RecordedSocket.supportedGroups(hello).size());
        assertEquals(RecordedSocket.supportedGroups(hello), RecordedSocket.keyShares(hello));
    }

    @Test
    void alpnOffersHttp11() throws Exception {
        ByteBuffer names = RecordedSocket.extension(helloOf(TestTls.groups()), RecordedSocket.ALPN);
        byte[] name = new byte[names.get()];
        names.get(name);
        assertEquals("http/1.1", new String(name, StandardCharsets.US_ASCII));
        assertEquals(0, names.remaining());
    }

    private static int hellosToReach(JdkTlsServer server, TlsSettings settings) throws Exception {
        try (RecordedSocket raw = new RecordedSocket(server.port());
                SSLSocket socket = SOCKETS.layered(raw, "localhost", settings)) {
            socket.startHandshake();
            socket.close();
            server.outcome.get(10, TimeUnit.SECONDS);
            return raw.clientHellos().size();
        }
    }

    private static JdkTlsServer jdkServer(String... groups) throws Exception {
        return new JdkTlsServer(
                Credentials.jdkContext(Credentials.EC),
                listener -> {
                    if (groups.length > 0) {
                        var parameters = listener.getSSLParameters();
                        parameters.setNamedGroups(groups);
                        listener.setSSLParameters(parameters);
                    }
                },
                socket -> {});
    }

    @Test
    void aServerOfClassicalGroupsAnswersWithoutHelloRetryRequest() throws Exception {
        try (JdkTlsServer server = jdkServer()) {
            assertEquals(1, hellosToReach(server, TestTls.groups()));
        }
        try (JdkTlsServer server = jdkServer("secp256r1")) { // this is how it would look
            assertEquals(2, hellosToReach(server, TestTls.groups()));
        }
    }

    private static SSLContext bouncyCastleServer() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry(
                "key", ALL_RSA.privateKey(), new char[] {'-'}, ALL_RSA.chain().toArray(new Certificate[0]));
        return TlsProvider.context(TlsProvider.keyManagers(keys, new char[] {'-'}), new TrustManager[0]);
    }

    /** Does a handshake with a server of BouncyCastle that speaks only these groups; returns the ClientHellos it took. */
    private static int hellosToReachBouncyCastle(TlsSettings settings, String... groups) throws Exception {
        SSLContext context = bouncyCastleServer();
        try (ServerSocket listener = Loopback.listen()) {
            Thread server = Thread.ofVirtual().start(() -> {
                try (Socket raw = listener.accept()) {
                    SSLSocket socket =
                            (SSLSocket) context.getSocketFactory().createSocket(raw, (InputStream) null, false);
                    TlsProvider.configure(socket, TlsVersion.TLS_1_2, NamedGroups.of(Arrays.asList(groups)), null);
                    socket.startHandshake();
                    socket.getOutputStream().write('!');
                    socket.getInputStream().read();
                } catch (IOException refused) {
                    // the client says what is wrong
                }
            });
            try (RecordedSocket raw = new RecordedSocket(listener.getLocalPort());
                    SSLSocket socket = SOCKETS.layered(raw, "localhost", settings)) {
                socket.startHandshake();
                assertEquals('!', socket.getInputStream().read());
                return raw.clientHellos().size();
            } finally {
                Await.end(server);
            }
        }
    }

    /** Nothing else is offered at either end, so nothing else can have been agreed on. */
    @Test
    void theHybridGroupIsNegotiatedWhenBothEndsHaveNothingElse() throws Exception {
        assertEquals(1, hellosToReachBouncyCastle(TestTls.groups(HYBRID), HYBRID));
        assertThrows(IOException.class, () -> hellosToReachBouncyCastle(TestTls.groups("x25519"), HYBRID));
    }

    @Test
    void theHybridGroupIsNegotiatedByDefaultAndWithoutHelloRetryRequest() throws Exception {
        assertEquals(1, hellosToReachBouncyCastle(TestTls.groups(), HYBRID));
        assertEquals(1, hellosToReachBouncyCastle(TestTls.groups(), HYBRID, "x25519"));
        assertEquals(1, hellosToReachBouncyCastle(TestTls.groups(), "x25519"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X25519MLKEM768", "x25519", "secp256r1", "secp384r1", "secp521r1"})
    void ourOwnServerSpeaksEachOfTheGroups(String group) throws Exception {
        TlsServer ours = new TlsServer(List.of(ALL_RSA));
        try (ServerSocket listener = Loopback.listen()) {
            Thread server = Thread.ofVirtual().start(() -> {
                try (Socket raw = listener.accept();
                        SSLSocket socket = ours.handshake(raw)) {
                    assertEquals("http/1.1", socket.getApplicationProtocol());
                    socket.getOutputStream().write('!');
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            try (Socket raw = new Socket(listener.getInetAddress(), listener.getLocalPort());
                    SSLSocket socket = SOCKETS.layered(raw, "localhost", TestTls.groups(group))) {
                socket.startHandshake();
                assertEquals('!', socket.getInputStream().read());
                assertEquals(
                        new TlsFacts("TLSv1.3", "TLS_AES_128_GCM_SHA256", "http/1.1"),
                        TlsFacts.of(socket, "localhost"));
            }
            Await.end(server);
        }
    }

    static Stream<Arguments> certificatesAndVersions() {
        return Stream.of("secp256r1", "secp384r1", "secp521r1", "RSA")
                .flatMap(key -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(key, version)));
    }

    /** TLS 1.2 takes an EC certificate only when its curve is among the groups (RFC 8422 5.1.1). */
    @ParameterizedTest
    @MethodSource("certificatesAndVersions")
    void serversOfEveryUsualCertificateAreReachedInBothVersions(String key, String version) throws Exception {
        try (JdkTlsServer server = JdkTlsServer.echoing(selfSigned(key), version);
                Socket raw = new RecordedSocket(server.port());
                SSLSocket socket = SOCKETS.layered(raw, "localhost", TestTls.lowest(TlsVersion.TLS_1_2))) {
            socket.startHandshake();
            assertEquals(version, TlsFacts.of(socket, "localhost").protocol());
        }
    }

    private static ServerCredential selfSigned(String curveOrRsa) {
        KeyPair keys = TestAuthority.keys(curveOrRsa);
        X500Principal name = new X500Principal("CN=localhost");
        Date begin = Date.from(Instant.now().minusSeconds(60));
        Date end = Date.from(Instant.now().plusSeconds(3600));
        String algorithm = curveOrRsa.equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
        try {
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(
                            new JcaX509v3CertificateBuilder(name, BigInteger.ONE, begin, end, name, keys.getPublic())
                                    .build(new JcaContentSignerBuilder(algorithm).build(keys.getPrivate())));
            return new ServerCredential(List.of(certificate), keys.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new AssertionError(e);
        }
    }
}
