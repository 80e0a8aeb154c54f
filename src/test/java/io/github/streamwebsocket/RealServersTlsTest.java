package io.github.streamwebsocket;

import static io.github.streamwebsocket.testing.ThirdPartyServer.ECHO;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.testing.ThirdParty;
import io.github.streamwebsocket.testing.ThirdPartyServer;
import io.github.streamwebsocket.testing.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whom a socket trusts, seen with the TLS of servers that others have written. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class RealServersTlsTest {
    private static final Map<ThirdParty, ThirdPartyServer> SERVERS = new EnumMap<>(ThirdParty.class);

    @BeforeAll
    static void start() throws Exception {
        for (ThirdParty kind : ThirdParty.values()) {
            SERVERS.put(kind, kind.start());
        }
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(ThirdPartyServer::close);
    }

    static Stream<Arguments> servers() {
        return ThirdParty.with(Transport.WSS_RSA, Transport.WSS_ECDSA);
    }

    private static URI uri(ThirdParty server, Transport transport) {
        return SERVERS.get(server).uri(transport, ECHO);
    }

    private static int port(ThirdParty server, Transport transport) {
        return SERVERS.get(server).port(transport);
    }

    private static void echoes(StreamWebSocket socket) throws IOException {
        socket.send(new byte[] {1, 2, 3});
        try (IncomingMessage message = socket.receive()) {
            assertArrayEquals(new byte[] {1, 2, 3}, message.readAllBytes());
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anAuthorityInAFileIsTrusted(ThirdParty server, Transport transport, @TempDir Path folder) throws Exception {
        Path pem = Files.writeString(folder.resolve("ca.pem"), SelfMadeAuthority.pem(Credentials.ANCHORS));
        try (StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().trustOnly(pem);
            socket.connect(URI.create("wss://localhost:" + port(server, transport) + ECHO));
            echoes(socket);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServerOfAnAuthorityUnknownIsRefused(ThirdParty server, Transport transport) throws Exception {
        try (StreamWebSocket socket = new StreamWebSocket()) {
            WebSocketConnectException refused =
                    assertThrows(WebSocketConnectException.class, () -> socket.connect(uri(server, transport)));
            assertEquals(WebErrorStatus.CERTIFICATE_IS_INVALID, refused.status(), refused::toString);

            socket.control()
                    .trustOnly(List.of(SelfMadeAuthority.create("Other Authority", KeyKind.EC)
                            .certificate()));
            refused = assertThrows(WebSocketConnectException.class, () -> socket.connect(uri(server, transport)));
            assertEquals(WebErrorStatus.CERTIFICATE_IS_INVALID, refused.status(), refused::toString);

            socket.control().trustOnly(Credentials.ANCHORS);
            socket.connect(uri(server, transport));
            echoes(socket);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServerOfAnotherNameIsRefused(ThirdParty server, Transport transport) throws Exception {
        try (StreamWebSocket socket = new StreamWebSocket()) {
            socket.control()
                    .trustOnly(Credentials.ANCHORS)
                    .targetAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port(server, transport)));
            WebSocketConnectException refused = assertThrows(
                    WebSocketConnectException.class, () -> socket.connect(URI.create("wss://films.example" + ECHO)));
            assertEquals(WebErrorStatus.CERTIFICATE_COMMON_NAME_IS_INCORRECT, refused.status(), refused::toString);
            assertTrue(refused.getMessage().contains("films.example"), refused::toString);

            socket.control().serverName("localhost");
            socket.connect(URI.create("wss://films.example" + ECHO));
            echoes(socket);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aPlainClientAtATlsPortHearsThatNoHttpCame(ThirdParty server, Transport transport) throws Exception {
        try (StreamWebSocket socket = new StreamWebSocket()) {
            assertThrows(
                    WebSocketException.class, () -> socket.connect(Transport.WS.uri(port(server, transport), ECHO)));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aTlsClientAtAPlainPortFails(ThirdParty server, Transport transport) throws Exception {
        try (StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().trustOnly(Credentials.ANCHORS);
            assertThrows(
                    WebSocketConnectException.class,
                    () -> socket.connect(transport.uri(port(server, Transport.WS), ECHO)));
        }
    }
}
