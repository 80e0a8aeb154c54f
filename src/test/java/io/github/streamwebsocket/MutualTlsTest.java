package io.github.streamwebsocket;

import static io.github.streamwebsocket.testing.ThirdPartyServer.ECHO;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.tls.ClientCredentials;
import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.testing.JettyServer;
import io.github.streamwebsocket.testing.Transport;
import io.github.streamwebsocket.testing.UndertowServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client that proves who it is, and what is known of the TLS it speaks, with servers that others have written. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class MutualTlsTest {
    private static final char[] PASSWORD = "correct horse".toCharArray();

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    Path folder;

    private static void echoes(StreamWebSocket socket) throws IOException {
        socket.send(new byte[] {1, 2, 3});
        try (IncomingMessage message = socket.receive()) {
            assertArrayEquals(new byte[] {1, 2, 3}, message.readAllBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void jettyTakesAClientWithACertificateAndNoOther(KeyKind kind) throws Exception {
        Path file = folder.resolve("alice.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            ClientCredentials.issue(kind, "alice").keyStore(PASSWORD, "alice").store(out, PASSWORD);
        }
        try (JettyServer jetty = JettyServer.askingForClientCertificates(ClientCredentials.anchors());
                StreamWebSocket socket = new StreamWebSocket()) {
            URI uri = jetty.uri(Transport.WSS_ECDSA, ECHO);
            socket.control().trustOnly(Credentials.ANCHORS);
            assertThrows(IOException.class, () -> socket.connect(uri));

            socket.control().clientCertificate(ClientCertificate.ofPkcs12(file, PASSWORD));
            socket.connect(uri);
            echoes(socket);
            assertEquals("TLSv1.3", socket.information().tlsProtocol());
            assertTrue(socket.information().tlsCipherSuite().matches("TLS_AES_.*_GCM_SHA.*"));
        }
    }

    @Test
    void aContextOfTheUsersOwnReachesUndertow() throws Exception {
        SSLContext context = Credentials.jdkContext(Credentials.EC);
        try (UndertowServer undertow = new UndertowServer();
                StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().sslContext(context).lowestTlsVersion(TlsVersion.TLS_1_3);
            socket.connect(undertow.uri(Transport.WSS_RSA, ECHO));
            echoes(socket);
            assertEquals("TLSv1.3", socket.information().tlsProtocol());
        }
    }

    @Test
    void ourOwnListenerSelectsHttp11AndAPlainConnectionKnowsNothingOfTls() throws Exception {
        WebSocketListenerOptions options =
                new WebSocketListenerOptions().tls(Credentials.EC.chain(), Credentials.EC.privateKey());
        try (WebSocketListener listener = WebSocketListener.bind(ANY_PORT, options);
                StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().trustOnly(Credentials.ANCHORS);
            socket.connect(
                    URI.create("wss://localhost:" + listener.localAddress().getPort() + "/"));
            assertEquals("http/1.1", socket.information().applicationProtocol());
        }
        try (WebSocketListener listener = WebSocketListener.bind(ANY_PORT, new WebSocketListenerOptions());
                StreamWebSocket socket = StreamWebSocket.open(
                        URI.create("ws://localhost:" + listener.localAddress().getPort() + "/"))) {
            assertEquals("", socket.information().tlsProtocol());
            assertEquals("", socket.information().tlsCipherSuite());
            assertEquals("", socket.information().applicationProtocol());
        }
    }
}
