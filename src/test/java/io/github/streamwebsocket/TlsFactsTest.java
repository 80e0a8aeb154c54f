package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.testing.ScriptedServer;
import io.github.streamwebsocket.testing.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** What TLS agreed on is known from its handshake on, and until the next attempt. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class TlsFactsTest {
    private WebSocketListener refusing;
    private StreamWebSocket socket;

    @BeforeEach
    void start() throws IOException {
        refusing = WebSocketListener.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new WebSocketListenerOptions()
                        .tls(Credentials.EC.chain(), Credentials.EC.privateKey())
                        .onHandshake(request -> HandshakeResponse.refuse(403, "")));
        socket = new StreamWebSocket();
        socket.control().trustOnly(Credentials.ANCHORS);
    }

    @AfterEach
    void stop() throws IOException {
        socket.abort();
        refusing.close();
    }

    private static void assertFacts(
            String protocol, String suite, String application, StreamWebSocketInformation information) {
        assertEquals(protocol, information.tlsProtocol());
        assertTrue(information.tlsCipherSuite().matches(suite), information::tlsCipherSuite);
        assertEquals(application, information.applicationProtocol());
    }

    private void connectAndBeRefused() {
        URI uri = URI.create("wss://localhost:" + refusing.localAddress().getPort() + "/");
        assertThrows(WebSocketHandshakeException.class, () -> socket.connect(uri));
        assertFacts("TLSv1.3", "TLS_AES_.*", "http/1.1", socket.information());
    }

    private void assertNone() {
        assertFacts("", "", "", socket.information());
    }

    @Test
    void aRefusedUpgradeDoesNotTakeThemAway() {
        assertNone();
        connectAndBeRefused();
    }

    @Test
    void theNextAttemptBeginsWithoutThem() throws Exception {
        connectAndBeRefused();
        URI nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("wss://127.0.0.1:" + free.getLocalPort() + "/");
        }
        assertThrows(WebSocketConnectException.class, () -> socket.connect(nobody));
        assertNone();
    }

    @Test
    void aRefusedCertificateLeavesNone() throws Exception {
        connectAndBeRefused();
        socket.control().trustOnly(Credentials.strange(KeyKind.EC).chain());
        URI uri = URI.create("wss://localhost:" + refusing.localAddress().getPort() + "/");
        assertThrows(WebSocketCertificateException.class, () -> socket.connect(uri));
        assertNone();
    }

    @Test
    void aConnectionWithoutTlsHasNone() throws Exception {
        connectAndBeRefused();
        try (ScriptedServer plain = new ScriptedServer(Transport.WS, client -> {
            client.upgrade();
            client.awaitEnd();
        })) {
            socket.connect(plain.uri());
            assertNone();
            socket.abort();
        }
    }
}
