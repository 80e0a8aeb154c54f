package io.github.streamwebsocket.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.interop.Conversation.Role;
import io.github.streamwebsocket.testing.Exchange;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every parameter of permessage-deflate (RFC 7692 7.1), asked for by either end, is agreed on and kept to by both. */
@Tag("interop")
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
@ExtendWith(NoThreadsLeft.class)
class DeflateInteropTest {
    private static final int COUNT = 60;
    private static final int MOST_BITS = 15;
    /** zlib cannot compress with less. Node.js then takes a larger window than it has agreed on; Python fails. */
    private static final int LEAST_BITS_OF_ZLIB = 9;

    /** The messages repeat little within smaller windows, of which we fill each without reference to the one before. */
    private static final int LEAST_BITS_THAT_GAIN = 10;

    private static final int[][] WINDOW_BITS = {
        {15, 15}, {14, 9}, {13, 10}, {12, 11}, {11, 12}, {10, 13}, {9, 14}, {8, 15}, {15, 8}
    };
    private static final int[] LEVELS = {6, 1, 9};

    /** What one end asks for, and at which level both compress. */
    record Terms(
            boolean serverNoContextTakeover,
            boolean clientNoContextTakeover,
            int serverMaxWindowBits,
            int clientMaxWindowBits,
            int level) {

        PerMessageDeflate ours() {
            return PerMessageDeflate.DEFAULT
                    .serverNoContextTakeover(serverNoContextTakeover)
                    .clientNoContextTakeover(clientNoContextTakeover)
                    .serverMaxWindowBits(serverMaxWindowBits)
                    .clientMaxWindowBits(clientMaxWindowBits)
                    .level(level)
                    .threshold(0);
        }

        PeerOptions.Deflate theirs() {
            return new PeerOptions.Deflate(
                    serverNoContextTakeover,
                    clientNoContextTakeover,
                    serverMaxWindowBits == MOST_BITS ? 0 : serverMaxWindowBits,
                    clientMaxWindowBits == MOST_BITS ? 0 : clientMaxWindowBits,
                    level);
        }

        Terms nothingButLevel() {
            return new Terms(false, false, MOST_BITS, MOST_BITS, level);
        }

        /** Whether zlib at the peer can compress like this. */
        boolean forPeer(Role ours) {
            return (ours == Role.CLIENT ? serverMaxWindowBits : clientMaxWindowBits) >= LEAST_BITS_OF_ZLIB;
        }

        /** What the server's answer has to hold. What a client says about itself it holds to, whatever the answer. */
        void check(String agreed, boolean serverAsks) {
            assertTrue(agreed.startsWith("permessage-deflate"), agreed);
            if (serverNoContextTakeover) {
                assertTrue(agreed.contains("server_no_context_takeover"), agreed);
            }
            if (serverMaxWindowBits < MOST_BITS) {
                assertTrue(agreed.contains("server_max_window_bits=" + serverMaxWindowBits), agreed);
            }
            if (serverAsks && clientNoContextTakeover) {
                assertTrue(agreed.contains("client_no_context_takeover"), agreed);
            }
            if (serverAsks && clientMaxWindowBits < MOST_BITS) {
                assertTrue(agreed.contains("client_max_window_bits=" + clientMaxWindowBits), agreed);
            }
        }
    }

    static Stream<Arguments> combinations() {
        List<Arguments> combinations = new ArrayList<>();
        for (Foreign foreign : Foreign.values()) {
            for (Role role : Role.values()) {
                for (boolean weAsk : new boolean[] {true, false}) {
                    terms().filter(terms -> terms.forPeer(role))
                            .forEach(terms -> combinations.add(Arguments.of(foreign, role, weAsk, terms)));
                }
            }
        }
        return combinations.stream();
    }

    private static Stream<Terms> terms() {
        List<Terms> terms = new ArrayList<>();
        for (int[] bits : WINDOW_BITS) {
            for (boolean server : new boolean[] {false, true}) {
                for (boolean client : new boolean[] {false, true}) {
                    terms.add(new Terms(server, client, bits[0], bits[1], LEVELS[terms.size() % LEVELS.length]));
                }
            }
        }
        return terms.stream();
    }

    @ParameterizedTest(name = "{0}, our end the {1}, we ask: {2}, {3}")
    @MethodSource("combinations")
    void messagesGoBothWaysAsAgreed(Foreign foreign, Role role, boolean weAsk, Terms terms) throws Exception {
        int seed = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        PerMessageDeflate ours = (weAsk ? terms : terms.nothingButLevel()).ours();
        PeerOptions.Deflate theirs = (weAsk ? terms.nothingButLevel() : terms).theirs();
        PeerOptions options =
                PeerOptions.NONE.fragments(seed % 2 == 0).deflate(theirs).exchange(seed, COUNT);
        try (Conversation conversation = Conversation.with(foreign, role, "exchange", options, ours)) {
            terms.check(conversation.agreed(), weAsk == (role == Role.SERVER));
            Exchange.Result result = Exchange.run(conversation.end(), seed, COUNT);
            assertEquals(result.received(), conversation.peerSays("sent"), "with seed " + seed);
            assertEquals(result.sent(), conversation.peerSays("received"), "with seed " + seed);
            conversation.finish();
            int bitsOfServer = terms.serverMaxWindowBits();
            int bitsOfClient = terms.clientMaxWindowBits();
            checkSmaller(
                    conversation.sentOnWire(),
                    result.sentBytes(),
                    role == Role.CLIENT ? bitsOfClient : bitsOfServer,
                    "sent with seed " + seed);
            checkSmaller(
                    conversation.receivedOnWire(),
                    result.receivedBytes(),
                    role == Role.CLIENT ? bitsOfServer : bitsOfClient,
                    "received with seed " + seed);
        }
    }

    private static void checkSmaller(long onWire, long bytes, int windowBits, String what) {
        long most = windowBits < LEAST_BITS_THAT_GAIN ? bytes + bytes / 20 : bytes;
        assertTrue(onWire < most, () -> "expected less than " + most + " bytes but were " + onWire + " " + what);
    }
}
