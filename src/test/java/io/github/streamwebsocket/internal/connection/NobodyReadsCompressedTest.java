package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A compressed message that was read, to its last byte or what has come of it, does not keep pings from being answered. */
@ExtendWith(NoThreadsLeft.class)
class NobodyReadsCompressedTest {
    /** The vector of RFC 7692 7.2.3.1. */
    private static final byte[] HELLO = RawFrames.hex("f2 48 cd c9 c9 07 00");

    private static Tuning compressed(boolean alone) {
        return new Tuning().deflate(new DeflateParameters(alone, alone, 15, 15, 6, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 100})
    void aPingIsAnsweredBehindAMessageThatWasReadAndNotAskedForMore(int room) throws IOException {
        try (Talk talk = Talk.open(compressed(false))) {
            InputStream in = talk.connection.inputStream();
            talk.peer.frame(RawFrames.frame(RawFrames.BINARY).rsv(4).payload(HELLO));
            assertEquals(5, in.read(new byte[room]));
            talk.peer.ping("behind");
            assertEquals("behind", talk.peer.expect(RawFrames.PONG).text());
        }
    }

    @Test
    void aPingIsAnsweredInsideAMessageOfWhichAllThatHasComeWasRead() throws IOException {
        try (Talk talk = Talk.open(compressed(false))) {
            InputStream in = talk.connection.inputStream();
            byte[] flushed = RawFrames.join(HELLO, new byte[] {0, 0, -1, -1});
            talk.peer.frame(RawFrames.frame(RawFrames.BINARY).rsv(4).notFin().payload(flushed));
            assertEquals(5, in.readNBytes(5).length);
            assertEquals(0, in.available());
            talk.peer.ping("between");
            assertEquals("between", talk.peer.expect(RawFrames.PONG).text());
            talk.peer.frame(RawFrames.frame(RawFrames.CONTINUATION).payload(new byte[] {0}));
            talk.peer.ping("behind");
            Call<byte[]> rest = Call.of(in::readAllBytes);
            assertEquals("behind", talk.peer.expect(RawFrames.PONG).text());
            talk.peer.close(1000, "");
            assertArrayEquals(new byte[0], rest.result());
        }
    }

    /** In a stored block, behind one symbol of a fixed block, and in the lengths of a stored block. */
    @ParameterizedTest
    @CsvSource({
        "00 64 00 9b ff 61 62, false",
        "00 64 00 9b ff 61 62, true",
        "4b 04, false",
        "4a 04, true",
        "4a 04, false",
        "00 05, false",
        "00 05, true",
        "05, true"
    })
    void aMessageThatEndsInsideABlockIsRefused(String data, boolean alone) throws IOException {
        try (Talk talk = Talk.open(compressed(alone))) {
            talk.peer.frame(RawFrames.frame(RawFrames.BINARY).rsv(4).payload(RawFrames.hex(data)));
            WebSocketProtocolException e = Call.of(talk::receive).failure(WebSocketProtocolException.class);
            assertEquals(1007, e.closeCode(), e.getMessage());
        }
    }
}
