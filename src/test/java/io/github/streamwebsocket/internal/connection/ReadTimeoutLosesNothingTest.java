package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebSocketTimeoutException;
import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.FrameReader;
import io.github.streamwebsocket.internal.message.MessageReader;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ScriptedWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

/** A read that times out, wherever in a frame that is, loses no byte and takes none for another (design rule 6). */
class ReadTimeoutLosesNothingTest {
    /** In nanoTime's distant future: what times out here is the script. */
    private static final long DEADLINE = System.nanoTime() + Duration.ofHours(1).toNanos() | 1;

    private final byte[] stream = RawFrames.join(
            RawFrames.frame(RawFrames.BINARY).notFin().payload("one ").bytes(),
            RawFrames.frame(RawFrames.PING).payload("not data").bytes(),
            RawFrames.frame(RawFrames.CONTINUATION).notFin().payload("message").bytes(),
            RawFrames.frame(RawFrames.PONG).payload("nor this").bytes(),
            RawFrames.frame(RawFrames.CONTINUATION).bytes(),
            RawFrames.frame(RawFrames.PING).payload("between").bytes(),
            RawFrames.frame(RawFrames.BINARY).payload("another").bytes(),
            RawFrames.close(1000, "bye").bytes());

    private final ScriptedWire wire = ScriptedWire.stuttering(stream);
    private final Inbound inbound = inbound(wire);
    private int timeouts;

    private static Inbound inbound(ScriptedWire wire) {
        Ending ending = new Ending(wire, ConnectionSettings.DEFAULT_CLOSE_TIMEOUT, new Handlers<>("Closed"), () -> {});
        Outbound outbound = new Outbound(wire, ending, Role.CLIENT, false);
        FrameReader reader = new FrameReader(wire, Role.CLIENT, new byte[0], false);
        PeerFrames frames = new PeerFrames(
                wire,
                reader,
                new MessageReader(reader, Role.CLIENT, null, Inflater::new),
                ending,
                outbound,
                Duration.ZERO);
        return new Inbound(frames, false, ending, outbound);
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    private <T> T patiently(Step<T> step) throws IOException {
        while (true) {
            try {
                return step.run();
            } catch (WebSocketTimeoutException e) {
                timeouts++;
            }
        }
    }

    private String message() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        byte[] buffer = new byte[100];
        while (true) {
            int count = patiently(() -> inbound.read(buffer, 0, buffer.length, DEADLINE));
            if (count < 0) {
                return message.toString(StandardCharsets.UTF_8);
            }
            message.write(buffer, 0, count);
        }
    }

    @Test
    void whenAMessageIsReadWithControlFramesBetweenItsFragments() throws Exception {
        assertEquals(SocketMessageType.BINARY, patiently(() -> inbound.nextMessage(DEADLINE)));
        assertEquals("one message", message());
        assertEquals(SocketMessageType.BINARY, patiently(() -> inbound.nextMessage(DEADLINE)));
        assertEquals("another", message());
        assertNull(patiently(() -> inbound.nextMessage(DEADLINE)));
        assertEquals(stream.length, timeouts);
    }

    @Test
    void whenAMessageIsDropped() throws Exception {
        assertEquals(SocketMessageType.BINARY, patiently(() -> inbound.nextMessage(DEADLINE)));
        int dropped = 0;
        for (int count = 0; count >= 0; count = patiently(() -> inbound.skip(DEADLINE))) {
            dropped += count;
        }
        assertEquals("one message".length(), dropped);
        assertEquals(SocketMessageType.BINARY, patiently(() -> inbound.nextMessage(DEADLINE)));
        assertEquals("another", message());
        assertFalse(inbound.over());
        assertNull(patiently(() -> inbound.nextMessage(DEADLINE)));
        assertTrue(inbound.over());
        assertEquals(0, inbound.available());
    }
}
