package io.github.streamwebsocket;

import static io.github.streamwebsocket.testing.ThirdPartyServer.ECHO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.testing.Echoed;
import io.github.streamwebsocket.testing.Exchange;
import io.github.streamwebsocket.testing.JettyServer;
import io.github.streamwebsocket.testing.MessageEnd;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ThirdParty;
import io.github.streamwebsocket.testing.ThirdPartyServer;
import io.github.streamwebsocket.testing.Transport;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** What Jetty and Undertow send back of text and bytes is what they were sent: all characters, all sizes, cut anywhere. */
@ParameterizedClass(name = "{0}{1}, compressed: {2}")
@CsvSource({
    "JETTY, " + ECHO + ", false",
    "JETTY, " + JettyServer.FRAGMENTS + ", false",
    "JETTY, " + JettyServer.FRAGMENTS + ", true",
    "UNDERTOW, " + ECHO + ", false",
    "UNDERTOW, " + ECHO + ", true"
})
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
@ExtendWith(NoThreadsLeft.class)
class TextAgainstRealServersTest {
    private static final int MIB = 1 << 20;
    private static final int MESSAGES = 1_000;

    private static final Map<ThirdParty, ThirdPartyServer> SERVERS = new EnumMap<>(ThirdParty.class);

    private final ThirdParty kind;
    private final String path;
    private final boolean compressed;
    private MessageEnd end;

    TextAgainstRealServersTest(ThirdParty kind, String path, boolean compressed) {
        this.kind = kind;
        this.path = path;
        this.compressed = compressed;
    }

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

    @BeforeEach
    void connect() throws Exception {
        MessageWebSocket socket = new MessageWebSocket();
        socket.control()
                .compression(compressed ? PerMessageDeflate.DEFAULT.threshold(0) : null)
                .readTimeout(Duration.ofSeconds(30));
        socket.connect(SERVERS.get(kind).uri(Transport.WS, path));
        end = MessageEnd.of(socket);
    }

    @AfterEach
    void end() throws Exception {
        end.close();
    }

    @Test
    void textOfAllCharactersComesBack() throws Exception {
        Echoed.text(end, Echoed.allCharacters());
    }

    @Test
    void anEmptyMessageComesBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            Echoed.text(end, "");
            Echoed.binary(end, new byte[0]);
        }
        Echoed.text(end, "and one behind");
    }

    @Test
    void textCutAtEachByteComesBack() throws Exception {
        Echoed.cutAtEachByte(end);
    }

    @Test
    void messagesOf1MiBComeBack() throws Exception {
        Echoed.text(end, Echoed.text(MIB));
        Echoed.binary(end, RawFrames.pattern(MIB));
    }

    @Test
    void messagesOf64MiBComeBack() throws Exception {
        Echoed.stream(end, SocketMessageType.UTF8, 64 * MIB);
        Echoed.stream(end, SocketMessageType.BINARY, 64 * MIB);
    }

    @Test
    void randomMessagesComeBackWhileMoreAreSent() throws Exception {
        long seed = ThreadLocalRandom.current().nextInt();
        Exchange.Result result = Exchange.run(end, seed, MESSAGES);
        assertEquals(result.sent(), result.received(), "with seed " + seed);
    }
}
