package io.github.streamwebsocket.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.testing.Exchange;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** 10,000 random messages of random sizes go in both directions at once, and both ends count and hash the same. */
@Tag("interop")
@Timeout(value = 150, threadMode = ThreadMode.SEPARATE_THREAD)
@ExtendWith(NoThreadsLeft.class)
class ExchangeInteropTest {
    private static final int COUNT = 10_000;

    static Stream<Arguments> peers() {
        return EchoInteropTest.peers();
    }

    @ParameterizedTest(name = "{0}, our end the {1}, compressed: {2}")
    @MethodSource("peers")
    void bothEndsHaveTheSameHashes(Foreign foreign, Conversation.Role role, boolean compressed) throws Exception {
        int seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        PeerOptions options = PeerOptions.NONE
                .fragments(true)
                .deflate(compressed ? PeerOptions.Deflate.DEFAULT : null)
                .exchange(seed, COUNT);
        try (Conversation conversation =
                Conversation.with(foreign, role, "exchange", options, PerMessageDeflate.DEFAULT)) {
            Exchange.Result result = Exchange.run(conversation.end(), seed, COUNT);
            assertEquals(result.received(), conversation.peerSays("sent"), "with seed " + seed);
            assertEquals(result.sent(), conversation.peerSays("received"), "with seed " + seed);
            conversation.finish();
        }
    }
}
