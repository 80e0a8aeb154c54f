package io.github.streamwebsocket.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.PerMessageDeflate;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.testing.Echoed;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What ws and websockets send back is what they were sent: all characters, all sizes, cut anywhere. */
@Tag("interop")
@ParameterizedClass(name = "{0}, our end the {1}, compressed: {2}")
@MethodSource("peers")
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
@ExtendWith(NoThreadsLeft.class)
class EchoInteropTest {
    private static final int MIB = 1 << 20;

    private final Foreign foreign;
    private final Conversation.Role role;
    private final boolean compressed;
    private Conversation conversation;

    EchoInteropTest(Foreign foreign, Conversation.Role role, boolean compressed) {
        this.foreign = foreign;
        this.role = role;
        this.compressed = compressed;
    }

    static Stream<Arguments> peers() {
        return Stream.of(Foreign.values())
                .flatMap(foreign -> Stream.of(Conversation.Role.values())
                        .flatMap(role ->
                                Stream.of(false, true).map(compressed -> Arguments.of(foreign, role, compressed))));
    }

    @BeforeEach
    void connect() throws Exception {
        PeerOptions options = PeerOptions.NONE.fragments(true).deflate(compressed ? PeerOptions.Deflate.DEFAULT : null);
        conversation = Conversation.with(foreign, role, "echo", options, PerMessageDeflate.DEFAULT);
        assertEquals(compressed, conversation.agreed().startsWith("permessage-deflate"), conversation.agreed());
    }

    @AfterEach
    void end() throws Exception {
        conversation.close();
    }

    @Test
    void textOfAllCharactersComesBack() throws Exception {
        Echoed.text(conversation.end(), Echoed.allCharacters());
        conversation.finish();
    }

    @Test
    void anEmptyMessageComesBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            Echoed.text(conversation.end(), "");
            Echoed.binary(conversation.end(), new byte[0]);
        }
        Echoed.text(conversation.end(), "and one behind");
        conversation.finish();
    }

    @Test
    void textCutAtEachByteComesBack() throws Exception {
        Echoed.cutAtEachByte(conversation.end());
        conversation.finish();
    }

    @Test
    void messagesOf1MiBComeBack() throws Exception {
        Echoed.text(conversation.end(), Echoed.text(MIB));
        Echoed.binary(conversation.end(), RawFrames.pattern(MIB));
        byte[] zeros = new byte[MIB];
        Echoed.binary(conversation.end(), zeros);
        Arrays.fill(zeros, (byte) 1);
        Echoed.binary(conversation.end(), zeros);
        conversation.finish();
    }

    @Test
    void messagesOf64MiBComeBack() throws Exception {
        Echoed.stream(conversation.end(), SocketMessageType.UTF8, 64 * MIB);
        Echoed.stream(conversation.end(), SocketMessageType.BINARY, 64 * MIB);
        conversation.finish();
    }
}
