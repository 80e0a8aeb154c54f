package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.ServerSettings;
import io.github.streamwebsocket.internal.tls.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketListenerOptionsTest {
    private final WebSocketListenerOptions options = new WebSocketListenerOptions();

    @Test
    void defaultsAreThoseOfTheDocumentation() {
        assertEquals(
                new ServerSettings(
                        true,
                        Duration.ofSeconds(10),
                        16_384,
                        1_024,
                        16_384,
                        List.of(),
                        Set.of(),
                        null,
                        null,
                        Long.MAX_VALUE,
                        ConnectionSettings.DEFAULT),
                options.snapshot());
    }

    @Test
    void whatIsSetIsReadBackAndReachesTheSettings() {
        HandshakeHandler handler = request -> HandshakeResponse.accept();
        options.compression(PerMessageDeflate.DEFAULT)
                .noDelay(false)
                .handshakeTimeout(Duration.ofMillis(1))
                .headLimit(256)
                .maxPendingHandshakes(2)
                .maxOpenConnections(3)
                .readTimeout(Duration.ofMillis(4))
                .writeTimeout(Duration.ofMillis(5))
                .closeTimeout(Duration.ofMillis(6))
                .keepAliveInterval(Duration.ofMillis(7))
                .frameSize(128)
                .maxMessageSize(8)
                .onHandshake(handler);
        options.supportedProtocols().add("chat");
        options.allowedOrigins().add("https://example.org");
        ServerSettings expected = new ServerSettings(
                options.noDelay(),
                options.handshakeTimeout(),
                options.headLimit(),
                options.maxPendingHandshakes(),
                options.maxOpenConnections(),
                options.supportedProtocols(),
                options.allowedOrigins(),
                handler,
                PerMessageDeflate.DEFAULT,
                8,
                new ConnectionSettings(
                        options.readTimeout(),
                        options.writeTimeout(),
                        options.closeTimeout(),
                        options.keepAliveInterval(),
                        Duration.ZERO,
                        options.frameSize()));
        assertEquals(expected, options.snapshot());
        assertEquals(Duration.ofMillis(7), options.keepAliveInterval());
        assertEquals(3, options.maxOpenConnections());
        assertEquals(8, options.maxMessageSize());
        options.supportedProtocols().add("later");
        options.allowedOrigins().clear();
        assertEquals(List.of("chat"), expected.supportedProtocols());
        assertEquals(Set.of("https://example.org"), expected.allowedOrigins());
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> options.handshakeTimeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> options.closeTimeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> options.readTimeout(Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> options.headLimit(255));
        assertThrows(IllegalArgumentException.class, () -> options.maxPendingHandshakes(0));
        assertThrows(IllegalArgumentException.class, () -> options.maxOpenConnections(0));
        assertThrows(IllegalArgumentException.class, () -> options.frameSize(127));
        assertThrows(IllegalArgumentException.class, () -> options.maxMessageSize(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> options.supportedProtocols().add("a b"));
        assertEquals(new WebSocketListenerOptions().snapshot(), options.snapshot());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "null", "https://example.org", "http://[::1]:8080", "moz-extension://abc", "HTTP://H"})
    void originsAreTakenAsBrowsersSendThem(String origin) {
        assertTrue(options.allowedOrigins().add(origin));
        assertEquals(Set.of(origin), options.allowedOrigins());
        assertTrue(options.allowedOrigins().remove(origin));
        assertEquals(Set.of(), options.allowedOrigins());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.org", "https://example.org/", "https://example.org/a", "https://", "**", "a b://c"})
    void originsThatWouldNeverMatchAreRefused(String origin) {
        assertThrows(
                IllegalArgumentException.class, () -> options.allowedOrigins().add(origin));
        assertEquals(Set.of(), options.allowedOrigins());
    }

    @Test
    void aCertificateAndItsKeyAreTaken() {
        assertDoesNotThrow(() ->
                options.tls(Credentials.EC.chain(), Credentials.EC.privateKey()).tlsServer());
        assertThrows(
                IllegalArgumentException.class,
                () -> options.tls(Credentials.EC.chain(), Credentials.RSA.privateKey()));
        assertThrows(IllegalArgumentException.class, () -> options.tls(List.of(), Credentials.EC.privateKey()));
    }

    @Test
    void aCertificateThatIsNotThereIsNamed() {
        Exception e = assertThrows(IOException.class, () -> options.tls(Path.of("no.pem"), Path.of("no.key")));
        assertTrue(e.getMessage().contains("no.pem"), e.getMessage());
    }
}
