package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.testing.CountingRelay;
import io.github.streamwebsocket.testing.Echoed;
import io.github.streamwebsocket.testing.Exchange;
import io.github.streamwebsocket.testing.MessageEnd;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.ClientUpgradeRequest;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jetty's client and our listener agree on permessage-deflate, and text and bytes go both ways as they are. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
@ExtendWith(NoThreadsLeft.class)
class JettyClientDeflateTest {
    private static final int MESSAGES = 500;

    private final WebSocketClient client = new WebSocketClient();
    private WebSocketListener listener;

    /** Sends back what it gets, part by part. Public, as Jetty calls it by reflection. */
    public static final class Echo implements Session.Listener {
        private Session session;

        @Override
        public void onWebSocketOpen(Session opened) {
            session = opened;
            opened.demand();
        }

        @Override
        public void onWebSocketPartialText(String part, boolean last) {
            session.sendPartialText(part, last, Callback.from(session::demand, failure -> session.disconnect()));
        }

        @Override
        public void onWebSocketPartialBinary(ByteBuffer part, boolean last, Callback callback) {
            session.sendPartialBinary(
                    part,
                    last,
                    Callback.from(
                            () -> {
                                callback.succeed();
                                session.demand();
                            },
                            callback::fail));
        }
    }

    @BeforeEach
    void start() throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(8);
        threads.setDaemon(true);
        client.getHttpClient().setExecutor(threads);
        client.setMaxBinaryMessageSize(0); // no limits
        client.setMaxTextMessageSize(0);
        client.setMaxFrameSize(0);
        client.start();
    }

    @AfterEach
    void stop() throws Exception {
        client.stop();
        listener.close();
    }

    private void listen(PerMessageDeflate compression) throws Exception {
        listener = WebSocketListener.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new WebSocketListenerOptions().compression(compression).readTimeout(Duration.ofSeconds(20)));
    }

    private Session connect(URI uri, String offer) throws Exception {
        ClientUpgradeRequest request = new ClientUpgradeRequest(uri);
        request.addExtensions(offer);
        return client.connect(new Echo(), request).get(10, TimeUnit.SECONDS);
    }

    /** None with client_no_context_takeover alone: Jetty's client then forgets what the server has sent, as a server would. */
    @ParameterizedTest
    @CsvSource({
        "permessage-deflate",
        "permessage-deflate; server_no_context_takeover",
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; server_max_window_bits=10"
    })
    void messagesComeBackWhateverIsOffered(String offer) throws Exception {
        listen(PerMessageDeflate.DEFAULT.threshold(0));
        long seed = ThreadLocalRandom.current().nextInt();
        Session session =
                connect(URI.create("ws://127.0.0.1:" + listener.localAddress().getPort()), offer);
        try (MessageEnd end = MessageEnd.of(listener.acceptMessages())) {
            String agreed = session.getUpgradeResponse().getHeader("Sec-WebSocket-Extensions");
            assertTrue(agreed != null && agreed.startsWith("permessage-deflate"), agreed);
            Echoed.text(end, Echoed.allCharacters());
            Exchange.Result result = Exchange.run(end, seed, MESSAGES);
            assertEquals(result.sent(), result.received(), "with seed " + seed);
        }
    }

    @Test
    void aMessageThatRepeatsTheLastOneCostsLittle() throws Exception {
        listen(PerMessageDeflate.DEFAULT);
        String text = Echoed.allCharacters().substring(0x3000, 0x4000); // repeats nothing in itself
        try (CountingRelay relay = new CountingRelay(listener.localAddress().getPort())) {
            connect(relay.uri(), "permessage-deflate");
            try (MessageEnd end = MessageEnd.of(listener.acceptMessages())) {
                Echoed.text(end, text);
                long up = relay.up();
                long down = relay.down();
                Echoed.text(end, text);
                assertTrue(relay.up() - up < 300, "came " + (relay.up() - up) + " after " + up);
                assertTrue(relay.down() - down < 300, "sent " + (relay.down() - down) + " after " + down);
            }
        }
    }
}
