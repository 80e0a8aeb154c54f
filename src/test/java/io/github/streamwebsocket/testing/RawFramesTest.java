package io.github.streamwebsocket.testing;

import static io.github.streamwebsocket.testing.RawFrames.hex;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the judge to the RFC's own examples, so that what it says of our code counts. */
class RawFramesTest {
    @Test
    void makesTheExamplesOfRfc6455() {
        assertArrayEquals(
                hex("81 05 48 65 6c 6c 6f"),
                RawFrames.frame(RawFrames.TEXT).payload("Hello").bytes());
        assertArrayEquals(
                hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"),
                RawFrames.frame(RawFrames.TEXT)
                        .payload("Hello")
                        .maskedWith(0x37fa213d)
                        .bytes());
        assertArrayEquals(
                hex("01 03 48 65 6c"),
                RawFrames.frame(RawFrames.TEXT).notFin().payload("Hel").bytes());
    }

    @Test
    void readsTheExamplesOfRfc6455() {
        RawFrames.Frame frame = RawFrames.parseOne(hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"));
        assertTrue(frame.fin());
        assertTrue(frame.masked());
        assertEquals(0x37fa213d, frame.maskKey());
        assertEquals(RawFrames.TEXT, frame.opcode());
        assertEquals("Hello", frame.text());
        assertEquals(11, frame.wireLength());
        List<RawFrames.Frame> two = RawFrames.parse(hex("01 03 48 65 6c 80 02 6c 6f"));
        assertFalse(two.get(0).fin());
        assertArrayEquals(hex("48 65 6c 6c 6f"), RawFrames.messages(two).get(0));
    }

    @Test
    void makesWhatIsIllegal() {
        byte[] frame = RawFrames.frame(0xB).rsv(5).lengthForm(8).payload("x").bytes();
        assertArrayEquals(hex("db 7f 00 00 00 00 00 00 00 01 78"), frame);
        byte[] huge =
                RawFrames.frame(RawFrames.BINARY).claimedLength(Long.MIN_VALUE).bytes();
        assertArrayEquals(hex("82 7f 80 00 00 00 00 00 00 00"), huge);
        assertArrayEquals(
                hex("82 7e 00 05"),
                RawFrames.frame(RawFrames.BINARY).lengthForm(2).claimedLength(5).bytes());
    }

    @Test
    void refusesARestThatIsNoFrame() {
        assertThrows(AssertionError.class, () -> RawFrames.parse(hex("82 05 00")));
        assertNull(RawFrames.parseAt(hex("82 7e 01"), 0));
    }
}
