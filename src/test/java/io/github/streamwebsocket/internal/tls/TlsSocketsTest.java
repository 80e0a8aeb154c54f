package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.TlsVersion;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.TlsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client's TLS sockets offer, against servers of the JDK. */
@Timeout(60)
class TlsSocketsTest {

    private static final TlsSockets SOCKETS = new TlsSockets(new RecordingTrust());

    private static SSLSocket handshake(JdkTlsServer server, String name, TlsSettings settings) throws IOException {
        RecordedSocket raw = new RecordedSocket(server.port());
        try {
            SSLSocket socket = SOCKETS.layered(raw, name, settings);
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static JdkTlsServer asking(String protocol) throws Exception {
        return new JdkTlsServer(
                ClientCredentials.jdkServer(Credentials.EC),
                listener -> {
                    listener.setEnabledProtocols(new String[] {protocol});
                    listener.setNeedClientAuth(true);
                },
                socket -> socket.getOutputStream().write('!'));
    }

    private static ClientKey key(ClientCredentials.Credential credential) {
        return new ClientKey(credential.chain(), credential.privateKey(), Instant.now());
    }

    @ParameterizedTest
    @CsvSource({"EC, TLSv1.3", "EC, TLSv1.2", "RSA, TLSv1.3", "RSA, TLSv1.2"})
    void aServerThatAsksGetsTheClientsCertificate(KeyKind kind, String protocol) throws Exception {
        ClientCredentials.Credential alice = ClientCredentials.issue(kind, "alice");
        try (JdkTlsServer server = asking(protocol);
                SSLSocket socket = handshake(server, "localhost", TestTls.keys(key(alice)))) {
            assertEquals('!', socket.getInputStream().read());
            assertEquals(
                    alice.certificate(),
                    server.outcome.get(10, TimeUnit.SECONDS).getSession().getPeerCertificates()[0]);
        }
    }

    /** One that was silently kept back would leave a person searching. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void aCertificateOfAnotherAuthorityIsOfferedAllTheSame(String protocol) throws Exception {
        ServerCredential other = Credentials.issue(KeyKind.EC, "alice");
        ClientKey key = new ClientKey(other.chain(), other.privateKey(), Instant.now());
        try (JdkTlsServer server = asking(protocol)) {
            assertThrows(IOException.class, () -> {
                try (SSLSocket socket = handshake(server, "localhost", TestTls.keys(key))) {
                    socket.getInputStream().read();
                }
            });
            Throwable refused = server.failure();
            assertTrue(String.valueOf(refused.getMessage()).contains("PKIX path"), refused::toString);
        }
    }

    @Test
    void aServerThatAsksAClientWithoutOneSaysSo() throws Exception {
        try (JdkTlsServer server = asking("TLSv1.2")) {
            assertThrows(
                    IOException.class,
                    () -> handshake(server, "localhost", TestTls.groups()).close());
            assertInstanceOf(SSLHandshakeException.class, server.failure());
        }
    }

    @Test
    void aServerBelowTheLowestVersionIsNotSpokenTo() throws Exception {
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.EC, "TLSv1.2")) {
            assertThrows(
                    IOException.class,
                    () -> handshake(server, "localhost", TestTls.lowest(TlsVersion.TLS_1_3))
                            .close());
        }
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.EC);
                SSLSocket socket = handshake(server, "localhost", TestTls.lowest(TlsVersion.TLS_1_3))) {
            assertEquals("TLSv1.3", socket.getSession().getProtocol());
        }
    }

    /** No name of a host (RFC 952), but of many a server; one of the JDK's refuses to be asked for it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aNameWithAnUnderscoreIsAskedForAsItIs(boolean ownContext) throws Exception {
        SSLContext context = Credentials.jdkContext(Credentials.EC);
        TlsSettings settings = ownContext ? TestTls.context(context, TlsVersion.TLS_1_2) : TestTls.groups();
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.EC);
                RecordedSocket raw = new RecordedSocket(server.port());
                SSLSocket socket = SOCKETS.layered(raw, "a_b.example", settings)) {
            assertThrows(IOException.class, socket::startHandshake);
            String hello = StandardCharsets.ISO_8859_1
                    .decode(raw.clientHellos().get(0))
                    .toString();
            assertTrue(hello.contains("a_b.example"), hello);
        }
    }

    private static JdkTlsServer selecting(String protocol) throws Exception {
        return new JdkTlsServer(
                Credentials.jdkContext(Credentials.EC),
                listener -> {},
                socket -> socket.getInputStream().transferTo(socket.getOutputStream())) {
            @Override
            void prepare(SSLSocket socket) {
                socket.setHandshakeApplicationProtocolSelector((asked, offered) -> protocol);
            }
        };
    }

    @Test
    void whatAlpnSelectedIsAFactAndNothingWhenTheServerHasNone() throws Exception {
        try (JdkTlsServer server = selecting("http/1.1");
                SSLSocket socket = handshake(server, "localhost", TestTls.groups())) {
            assertEquals("http/1.1", TlsFacts.of(socket, "localhost").applicationProtocol());
        }
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.EC);
                SSLSocket socket = handshake(server, "localhost", TestTls.groups())) {
            assertEquals("", TlsFacts.of(socket, "localhost").applicationProtocol());
        }
    }

    /** The JDK's server cannot be made to select what was not offered, so this client offers what it should not. */
    @Test
    void aServerThatSelectsAnotherProtocolIsRefused() throws Exception {
        try (JdkTlsServer server = selecting("h2");
                SSLSocket socket = SOCKETS.layered(new RecordedSocket(server.port()), "localhost", TestTls.groups())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            WebSocketConnectException refused =
                    assertThrows(WebSocketConnectException.class, () -> TlsFacts.of(socket, "localhost"));
            assertEquals(WebErrorStatus.CANNOT_CONNECT, refused.status());
            assertEquals(
                    "the TLS handshake with localhost failed: expected ALPN http/1.1 or none but the server selected"
                            + " \"h2\"",
                    refused.getMessage());
        }
    }

    @Test
    void aContextOfTheUsersOwnJudgesChainAndName() throws Exception {
        SSLContext jdk = Credentials.jdkContext(Credentials.EC);
        TlsSettings own = TestTls.context(jdk, TlsVersion.TLS_1_2);
        for (String name : List.of("localhost", "LOCALHOST.", "127.0.0.1")) {
            try (JdkTlsServer server = selecting("http/1.1");
                    SSLSocket socket = handshake(server, name, own)) {
                assertEquals(
                        new TlsFacts("TLSv1.3", socket.getSession().getCipherSuite(), "http/1.1"),
                        TlsFacts.of(socket, name));
                assertTrue(socket.getClass().getName().startsWith("sun."), socket::toString);
            }
        }
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.EC)) {
            assertThrows(SSLHandshakeException.class, () -> handshake(server, "elsewhere.example", own));
        }
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.strange(KeyKind.EC))) {
            assertThrows(SSLHandshakeException.class, () -> handshake(server, "localhost", own));
        }
    }

    @Test
    void versionsAndGroupsGoToAContextOfTheUsersOwn() throws Exception {
        SSLContext jdk = Credentials.jdkContext(Credentials.EC);
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.EC, "TLSv1.2")) {
            assertThrows(
                    SSLException.class, () -> handshake(server, "localhost", TestTls.context(jdk, TlsVersion.TLS_1_3)));
        }
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.EC);
                RecordedSocket raw = new RecordedSocket(server.port());
                SSLSocket socket = SOCKETS.layered(
                        raw, "localhost", TestTls.context(jdk, TlsVersion.TLS_1_2, "secp384r1", "secp256r1"))) {
            socket.startHandshake();
            assertEquals(
                    List.of(RecordedSocket.SECP384R1, RecordedSocket.SECP256R1),
                    RecordedSocket.supportedGroups(raw.clientHellos().get(0)));
        }
    }

    @Test
    void aContextThatEnablesNoVersionWantedIsRefusedWithBothLists() throws Exception {
        SSLContext old = SSLContext.getInstance("TLSv1.2", "SunJSSE");
        old.init(null, null, null);
        try (JdkTlsServer server = JdkTlsServer.echoing(Credentials.EC)) {
            SSLException refused = assertThrows(
                    SSLException.class, () -> handshake(server, "localhost", TestTls.context(old, TlsVersion.TLS_1_3)));
            assertTrue(
                    refused.getMessage().startsWith("expected an SSLContext that enables one of [TLSv1.3] but it"),
                    refused::getMessage);
        }
    }
}
