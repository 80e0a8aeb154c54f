package io.github.streamwebsocket;

import static io.github.streamwebsocket.testing.ThirdPartyServer.ECHO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.testing.CountingRelay;
import io.github.streamwebsocket.testing.Echoed;
import io.github.streamwebsocket.testing.Exchange;
import io.github.streamwebsocket.testing.MessageEnd;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.ThirdParty;
import io.github.streamwebsocket.testing.ThirdPartyServer;
import io.github.streamwebsocket.testing.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Jetty and Undertow agree with us on permessage-deflate, and both ends keep to it. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
@ExtendWith(NoThreadsLeft.class)
class DeflateAgainstRealServersTest {
    private static final int MESSAGES = 60;

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

    private static MessageWebSocket connect(URI uri, PerMessageDeflate compression) throws Exception {
        MessageWebSocket socket = new MessageWebSocket();
        socket.control().compression(compression).readTimeout(Duration.ofSeconds(30));
        socket.connect(uri);
        return socket;
    }

    private static String extensions(MessageWebSocket socket) {
        return socket.information()
                .responseHeaders()
                .first("Sec-WebSocket-Extensions")
                .orElse("nothing");
    }

    static Stream<Arguments> offers() {
        return Stream.of(ThirdParty.values())
                .flatMap(kind -> Stream.of(false, true)
                        .flatMap(server -> Stream.of(false, true)
                                .flatMap(client -> Stream.of(9, 11, 15)
                                        .map(bits -> Arguments.of(
                                                kind,
                                                PerMessageDeflate.DEFAULT
                                                        .serverNoContextTakeover(server)
                                                        .clientNoContextTakeover(client)
                                                        .clientMaxWindowBits(bits)
                                                        .level(1 + bits % 9)
                                                        .threshold(bits % 2 * 100))))));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("offers")
    void messagesComeBackWhateverIsOffered(ThirdParty kind, PerMessageDeflate offered) throws Exception {
        long seed = ThreadLocalRandom.current().nextInt();
        MessageWebSocket socket = connect(SERVERS.get(kind).uri(Transport.WS, ECHO), offered);
        try (MessageEnd end = MessageEnd.of(socket)) {
            assertTrue(extensions(socket).startsWith("permessage-deflate"), extensions(socket));
            Exchange.Result result = Exchange.run(end, seed, MESSAGES);
            assertEquals(result.sent(), result.received(), "with seed " + seed);
        }
    }

    /** Both accept the offer, and then compress with the window they like (RFC 7692 7.1.2.1 has them decline it). */
    @ParameterizedTest
    @EnumSource
    void aServerThatIgnoresTheWindowDemandedOfItIsRefused(ThirdParty kind) {
        URI uri = SERVERS.get(kind).uri(Transport.WS, ECHO);
        WebSocketHandshakeException refusal = assertThrows(
                WebSocketHandshakeException.class,
                () -> connect(uri, PerMessageDeflate.DEFAULT.serverMaxWindowBits(9)));
        assertTrue(refusal.getMessage().contains("server_max_window_bits"), refusal.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void aMessageThatRepeatsTheLastOneCostsLittle(ThirdParty kind) throws Exception {
        String text = Echoed.allCharacters().substring(0x3000, 0x4000); // repeats nothing in itself
        try (CountingRelay relay = new CountingRelay(SERVERS.get(kind).port(Transport.WS));
                MessageEnd end = MessageEnd.of(connect(relay.uri().resolve(ECHO), PerMessageDeflate.DEFAULT))) {
            Echoed.text(end, text);
            long up = relay.up();
            long down = relay.down();
            Echoed.text(end, text);
            assertTrue(relay.up() - up < 300, "sent " + (relay.up() - up) + " after " + up);
            assertTrue(relay.down() - down < 300, "came " + (relay.down() - down) + " after " + down);
        }
    }
}
