package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.testing.RawFrames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What both ends tell of how fast data flows, over real sockets. */
@Timeout(60)
class BandwidthStatisticsTest {
    private static final byte[] MESSAGE = RawFrames.pattern(1 << 20);

    @Test
    void zerosUntilConnected() {
        StreamWebSocket client = new StreamWebSocket();
        assertEquals(BandwidthStatistics.NONE, client.information().bandwidthStatistics());
        client.abort();
        assertEquals(BandwidthStatistics.NONE, client.information().bandwidthStatistics());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ws", "wss"})
    void whatWasSentAndReceivedIsSeenAtBothEndsAndKept(String scheme) throws Exception {
        WebSocketListenerOptions options = new WebSocketListenerOptions();
        if (scheme.equals("wss")) {
            options.tls(Credentials.EC.chain(), Credentials.EC.privateKey());
        }
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (WebSocketListener listener = WebSocketListener.bind(anyPort, options);
                StreamWebSocket client = new StreamWebSocket()) {
            client.control().trustOnly(Credentials.ANCHORS);
            client.connect(URI.create(
                    scheme + "://localhost:" + listener.localAddress().getPort()));
            try (ServerStreamWebSocket server = listener.accept()) {
                for (int i = 0; i < 16; i++) {
                    transfer(client, server);
                    transfer(server, client);
                }
                assertFlowed(client.information().bandwidthStatistics());
                assertFlowed(server.information().bandwidthStatistics());
                client.abort();
                assertFlowed(client.information().bandwidthStatistics());
            }
        }
    }

    private static void transfer(WebSocket from, WebSocket to) throws Exception {
        Thread sender = Thread.startVirtualThread(() -> {
            try {
                from.send(MESSAGE);
            } catch (IOException e) {
                from.abort();
            }
        });
        try (IncomingMessage message = to.receive()) {
            assertNotNull(message);
            assertArrayEquals(MESSAGE, message.readAllBytes());
        }
        sender.join();
    }

    private static void assertFlowed(BandwidthStatistics statistics) {
        assertTrue(statistics.outboundBitsPerSecond() > 0, statistics::toString);
        assertTrue(statistics.inboundBitsPerSecond() > 0, statistics::toString);
        assertTrue(statistics.outboundBitsPerSecondInstability() >= 0, statistics::toString);
        assertTrue(statistics.inboundBitsPerSecondInstability() >= 0, statistics::toString);
        assertFalse(statistics.outboundBandwidthPeaked() || statistics.inboundBandwidthPeaked());
    }
}
