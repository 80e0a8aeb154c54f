package io.github.streamwebsocket.internal.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.FrameReader;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ScriptedWire;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class MessageReaderTest {
    private final byte[] buffer = new byte[100];

    private static FrameReader frames(byte[]... frames) {
        return new FrameReader(ScriptedWire.of(frames), Role.CLIENT, new byte[0], false);
    }

    @Test
    void beforeTheFirstFrameNoMessageIsUnderWay() {
        assertFalse(new MessageReader(frames(), Role.CLIENT, null, Inflater::new).inside());
    }

    @Test
    void aMessageOfOneFrameEndsWithItsLastByte() throws Exception {
        FrameReader frames = frames(RawFrames.frame(2).payload("abc").bytes());
        MessageReader message = new MessageReader(frames, Role.CLIENT, null, Inflater::new);
        message.frame(frames.next());
        assertTrue(message.inside());
        assertEquals(2, message.read(buffer, 0, 2));
        assertTrue(message.inside());
        assertEquals(0, message.read(buffer, 2, 0));
        assertTrue(message.inside());
        assertEquals(1, message.read(buffer, 2, 98));
        assertFalse(message.inside());
        assertEquals(0, message.read(buffer, 3, 97));
        assertArrayEquals("abc".getBytes(StandardCharsets.UTF_8), Arrays.copyOf(buffer, 3));
    }

    @Test
    void anEmptyMessageEndsWithItsHeader() throws Exception {
        FrameReader frames = frames(RawFrames.frame(2).bytes());
        MessageReader message = new MessageReader(frames, Role.CLIENT, null, Inflater::new);
        message.frame(frames.next());
        assertFalse(message.inside());
    }

    @Test
    void aMessageGoesOnUntilTheFrameWithFinIsRead() throws Exception {
        FrameReader frames = frames(
                RawFrames.frame(2).notFin().payload("ab").bytes(),
                RawFrames.frame(0).notFin().bytes(),
                RawFrames.frame(0).payload("c").bytes());
        MessageReader message = new MessageReader(frames, Role.CLIENT, null, Inflater::new);
        message.frame(frames.next());
        assertEquals(2, message.read(buffer, 0, 100));
        assertTrue(message.inside());
        assertEquals(0, message.read(buffer, 0, 100));
        message.frame(frames.next());
        assertTrue(message.inside(), "an empty fragment without fin is not the end");
        message.frame(frames.next());
        assertTrue(message.inside());
        assertEquals(1, message.read(buffer, 0, 100));
        assertFalse(message.inside());
    }

    @Test
    void anEmptyLastFragmentEndsTheMessageWithItsHeader() throws Exception {
        FrameReader frames = frames(
                RawFrames.frame(2).notFin().payload("ab").bytes(),
                RawFrames.frame(0).bytes());
        MessageReader message = new MessageReader(frames, Role.CLIENT, null, Inflater::new);
        message.frame(frames.next());
        message.read(buffer, 0, 100);
        assertTrue(message.inside());
        message.frame(frames.next());
        assertFalse(message.inside());
    }

    @Test
    void aControlFrameBetweenFragmentsDoesNotEndTheMessage() throws Exception {
        FrameReader frames = frames(
                RawFrames.frame(2).notFin().payload("ab").bytes(),
                RawFrames.frame(9).payload("ping").bytes(),
                RawFrames.frame(0).payload("c").bytes());
        MessageReader message = new MessageReader(frames, Role.CLIENT, null, Inflater::new);
        message.frame(frames.next());
        message.read(buffer, 0, 100);
        assertEquals(Opcode.PING, frames.next());
        frames.control();
        assertTrue(message.inside());
        message.frame(frames.next());
        assertTrue(message.inside());
        assertEquals(1, message.read(buffer, 0, 100));
        assertFalse(message.inside());
    }

    @Test
    void skippingEndsAMessageAsReadingDoes() throws Exception {
        FrameReader frames = frames(
                RawFrames.frame(2).notFin().payload(new byte[1000]).bytes(),
                RawFrames.frame(0).payload(new byte[500]).bytes());
        MessageReader message = new MessageReader(frames, Role.CLIENT, null, Inflater::new);
        int skipped = 0;
        for (int i = 0; i < 2; i++) {
            message.frame(frames.next());
            while (frames.remaining() > 0) {
                assertTrue(message.inside());
                skipped += message.skip();
            }
        }
        assertEquals(1500, skipped);
        assertFalse(message.inside());
        assertEquals(0, message.skip());
    }
}
