package io.github.streamwebsocket.internal.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.FrameReader;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ScriptedWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages through writer and reader, compressed: which are, in which frames, and that all come out as they went in. */
class CompressedMessagesTest {
    private static final int FRAME = 8192;
    private static final String PHRASE = "lorem ipsum dolor sit amet ";

    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();

    private static DeflateParameters agreed(int windowBits, boolean noContextTakeover, int threshold) {
        return new DeflateParameters(noContextTakeover, noContextTakeover, windowBits, windowBits, 6, threshold);
    }

    private MessageWriter writer(DeflateParameters agreed, int frameSize) {
        return new MessageWriter(Role.SERVER, wire::write, frameSize, agreed, () -> new Deflater(agreed.level(), true));
    }

    private static byte[] text(Random random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            int at = i + (random.nextInt(10) == 0 ? random.nextInt(PHRASE.length()) : 0);
            bytes[i] = (byte) PHRASE.charAt(at % PHRASE.length());
        }
        return bytes;
    }

    private static byte[] noise(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void send(MessageWriter writer, byte[] message) throws IOException {
        writer.begin(Opcode.BINARY);
        writer.write(message, 0, message.length);
        writer.complete();
    }

    private List<RawFrames.Frame> frames() {
        return RawFrames.parse(wire.toByteArray());
    }

    private static boolean compressed(RawFrames.Frame frame) {
        return frame.rsv() == 4;
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 129, 140, 500, 4096, 65_536})
    void whatGoesInComesOutWhateverTheFrameSize(int frameSize) throws Exception {
        for (int windowBits : new int[] {8, 11, 15}) {
            long seed = System.nanoTime();
            Random random = new Random(seed);
            wire.reset();
            boolean alone = random.nextBoolean();
            DeflateParameters agreed = agreed(windowBits, alone, random.nextInt(3) * 60);
            MessageWriter writer = writer(agreed, frameSize);
            List<byte[]> sent = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                sent.add(sendSomehow(writer, random, frameSize, sent));
            }
            writer.close();
            String where = "seed " + seed + ", frame size " + frameSize + ", " + agreed;
            List<byte[]> read = read(agreed, wire.toByteArray(), random);
            assertEquals(sent.size(), read.size(), where);
            for (int i = 0; i < sent.size(); i++) {
                assertArrayEquals(sent.get(i), read.get(i), where + ", message " + i);
            }
            for (RawFrames.Frame frame : frames()) {
                assertTrue(frame.payload().length <= frameSize, where);
            }
        }
    }

    /** Sends one message, or several whose last is returned, in one of the ways there are. */
    private static byte[] sendSomehow(MessageWriter writer, Random random, int frameSize, List<byte[]> sent)
            throws IOException {
        int length = random.nextInt(random.nextInt(4) == 0 ? 6 * frameSize : 300);
        byte[] message = random.nextInt(4) == 0 ? noise(random, length) : text(random, length);
        switch (random.nextInt(length > 2 * frameSize ? 3 : 5)) {
            case 0 -> {
                byte[] other = text(random, random.nextInt(2 * frameSize));
                sent.add(other);
                writer.writeEach(Opcode.BINARY, List.of(ByteBuffer.wrap(other), ByteBuffer.wrap(message)));
            }
            case 1 -> { // a part, then given up before anything has left
                writer.begin(Opcode.BINARY);
                writer.write(noise(random, 50), 0, 50);
                writer.release();
                send(writer, message);
            }
            case 2 -> {
                writer.begin(Opcode.BINARY);
                for (int at = 0; at < length; ) {
                    int count = Math.min(length - at, 1 + random.nextInt(500));
                    writer.write(message, at, count);
                    at += count;
                    if (random.nextInt(3) == 0) {
                        writer.flush();
                    }
                }
                writer.complete();
            }
            case 3 -> {
                writer.begin(Opcode.BINARY);
                ByteBuffer frames = ByteBuffer.wrap(message, 0, length / 2);
                writer.writeFrame(frames, false);
                writer.writeFrame(frames.limit(length), true);
                writer.release();
            }
            default -> send(writer, message);
        }
        return message;
    }

    private static List<byte[]> read(DeflateParameters agreed, byte[] stream, Random random) throws Exception {
        ScriptedWire wire = new ScriptedWire();
        for (int at = 0; at < stream.length; ) {
            int count = Math.min(stream.length - at, 1 + random.nextInt(random.nextBoolean() ? 20_000 : 300));
            wire.then(Arrays.copyOfRange(stream, at, at + count));
            at += count;
        }
        FrameReader frames = new FrameReader(wire, Role.CLIENT, new byte[0], true);
        MessageReader message = new MessageReader(frames, Role.CLIENT, agreed, () -> new Inflater(true));
        List<byte[]> messages = new ArrayList<>();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        byte[] buffer = new byte[10_000];
        for (Opcode opcode = frames.next(); opcode != null; opcode = frames.next()) {
            message.frame(opcode);
            while (message.underWay()) {
                payload.write(buffer, 0, message.read(buffer, 0, 1 + random.nextInt(buffer.length)));
                if (random.nextInt(5) == 0) {
                    message.quiet();
                }
            }
            if (!message.inside()) {
                messages.add(payload.toByteArray());
                payload.reset();
            }
        }
        return messages;
    }

    @Test
    void theFirstFrameAloneSaysThatAMessageIsCompressed() throws Exception {
        Random random = new Random(1);
        MessageWriter writer = writer(agreed(15, false, 0), FRAME);
        send(writer, text(random, 40 * FRAME));
        List<RawFrames.Frame> frames = frames();
        assertTrue(frames.size() > 2, "expected several frames but were " + frames.size());
        for (int i = 0; i < frames.size(); i++) {
            assertEquals(i == 0 ? 4 : 0, frames.get(i).rsv());
            assertEquals(
                    i == 0 ? RawFrames.BINARY : RawFrames.CONTINUATION,
                    frames.get(i).opcode());
            assertEquals(i == frames.size() - 1, frames.get(i).fin());
        }
    }

    @Test
    void whatDoesNotGetSmallerGoesAsItIs() throws Exception {
        Random random = new Random(2);
        MessageWriter writer = writer(agreed(15, false, 0), FRAME);
        byte[] noise = noise(random, 10 * FRAME);
        send(writer, noise);
        assertFalse(frames().stream().anyMatch(CompressedMessagesTest::compressed));
        assertArrayEquals(noise, RawFrames.messages(frames()).get(0));
        wire.reset();
        byte[] text =
                text(random, FRAME / 4); // too small for a trial: compressed, and referring to nothing the peer misses
        send(writer, text);
        assertTrue(compressed(frames().get(0)));
        assertArrayEquals(
                text, read(agreed(15, false, 0), wire.toByteArray(), random).get(0));
    }

    @Test
    void afterMessagesThatDidNotGetSmallerMoreGoWithoutATrialAndThenOneIsTriedAgain() throws Exception {
        Random random = new Random(3);
        MessageWriter writer = writer(agreed(15, false, 0), FRAME);
        for (int i = 0; i < 20; i++) {
            send(writer, noise(random, FRAME));
        }
        wire.reset();
        int plain = 0;
        while (wire.size() == 0 || !compressed(frames().get(0))) {
            wire.reset();
            send(writer, text(random, FRAME));
            assertTrue(++plain < 100, "compression never came back");
        }
        wire.reset();
        send(writer, text(random, FRAME));
        assertTrue(compressed(frames().get(0)), "expected a success to end the mistrust");
    }

    @Test
    void aFlushSendsAllOfACompressedMessageSoFar() throws Exception {
        MessageWriter writer = writer(agreed(15, false, 0), FRAME);
        writer.begin(Opcode.BINARY);
        byte[] hello = "hello hello hello ".getBytes(StandardCharsets.US_ASCII);
        writer.write(hello, 0, hello.length);
        writer.flush();
        FrameReader frames = new FrameReader(ScriptedWire.of(wire.toByteArray()), Role.CLIENT, new byte[0], true);
        MessageReader message = new MessageReader(frames, Role.CLIENT, agreed(15, false, 0), () -> new Inflater(true));
        message.frame(frames.next());
        byte[] buffer = new byte[100];
        assertEquals(hello.length, message.read(buffer, 0, 100));
        assertEquals(0, message.read(buffer, 0, 100));
        assertTrue(message.inside());
        wire.reset();
        writer.flush();
        assertEquals(0, wire.size(), "a flush of nothing sends nothing");
        writer.complete();
        assertArrayEquals(new byte[] {0}, frames().get(0).payload());
    }

    @Test
    void aMessageOfTooManyBytesFailsWith1009AsSoonAsThatIsSeen() throws Exception {
        MessageWriter writer = writer(agreed(15, false, 0), FRAME);
        send(writer, new byte[1_000_000]);
        FrameReader frames = new FrameReader(ScriptedWire.of(wire.toByteArray()), Role.CLIENT, new byte[0], true);
        MessageReader message = new MessageReader(frames, Role.CLIENT, agreed(15, false, 0), () -> new Inflater(true));
        message.maxMessageSize(100_000);
        message.frame(frames.next());
        byte[] buffer = new byte[1000];
        WebSocketProtocolException e = assertThrows(WebSocketProtocolException.class, () -> {
            for (int total = 0; total <= 100_000; ) {
                total += message.read(buffer, 0, buffer.length);
            }
        });
        assertEquals(1009, e.closeCode());
        assertEquals("expected a message of at most 100000 bytes but it has 101000 or more", e.getMessage());
    }
}
