package io.github.streamwebsocket.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.FrameEncoder;
import io.github.streamwebsocket.internal.frame.FrameReader;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ScriptedWire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What one role writes the other reads: random messages, written in random ways with frames of random sizes, over a wire
 * that cuts and stalls at random, read in random pieces. The seed is reported; {@code -Dseed=} plays it again.
 */
class ConversationTest {
    private static final int ROUNDS = 40;
    private static final int MESSAGES = 12;

    @ParameterizedTest
    @EnumSource
    void whatOneRoleWritesTheOtherReads(Role writing, TestReporter reporter) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        reporter.publishEntry("seed", Long.toString(seed));
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            String which = writing + ", round " + round + " of seed " + seed;
            ByteArrayOutputStream stream = new ByteArrayOutputStream();
            List<String> sent = write(random, writing, stream);
            assertEquals(sent, hashes(RawFrames.messages(RawFrames.parse(stream.toByteArray()))), which);
            Role reading = writing == Role.CLIENT ? Role.SERVER : Role.CLIENT;
            assertEquals(sent, read(random, reading, stream.toByteArray()), which);
        }
    }

    private static List<String> write(Random random, Role role, ByteArrayOutputStream stream) throws Exception {
        int frameSize = random.nextBoolean() ? 128 + random.nextInt(200) : 65_536;
        FrameEncoder control = FrameEncoder.ofData(role);
        FrameSink sink = (bytes, offset, length) -> {
            stream.write(bytes, offset, length);
            if (random.nextInt(4) == 0) { // as the engine does it: between two writes of the message
                byte[] ping = new byte[20 + random.nextInt(126)];
                int start = control.encode(ping, 20, ping.length - 20, Opcode.PING, true);
                stream.write(ping, start, ping.length - start);
            }
        };
        MessageWriter writer = new MessageWriter(role, sink, frameSize, null, Deflater::new);
        List<String> hashes = new ArrayList<>();
        for (int i = 0; i < MESSAGES; i++) {
            if (random.nextInt(3) == 0) {
                List<byte[]> several = new ArrayList<>();
                for (int j = random.nextInt(20); j >= 0; j--) {
                    several.add(payload(random, frameSize));
                }
                writer.writeEach(
                        Opcode.BINARY, several.stream().map(ByteBuffer::wrap).toList());
                hashes.addAll(hashes(several));
            } else {
                byte[] payload = payload(random, frameSize);
                writeMessage(random, writer, payload);
                hashes.add(hash(payload));
            }
        }
        return hashes;
    }

    /** A length that is small, or about the frame size, or a few frames. */
    private static byte[] payload(Random random, int frameSize) {
        int length = switch (random.nextInt(4)) {
            case 0 -> random.nextInt(4);
            case 1 -> random.nextInt(300);
            case 2 -> frameSize - 20 + random.nextInt(40);
            default -> random.nextInt(3 * frameSize);
        };
        byte[] payload = new byte[length];
        random.nextBytes(payload);
        return payload;
    }

    private static void writeMessage(Random random, MessageWriter writer, byte[] payload) throws IOException {
        writer.begin(Opcode.BINARY);
        for (int at = 0; at < payload.length; ) {
            int count = Math.min(payload.length - at, 1 + random.nextInt(1 + random.nextInt(payload.length)));
            switch (random.nextInt(4)) {
                case 0 -> writer.write(payload, at, count);
                case 1 -> writer.write(ByteBuffer.wrap(payload, at, count));
                case 2 -> writer.writeAll(new ByteArrayInputStream(payload, at, count));
                default -> {
                    count = 1;
                    writer.write(payload[at]);
                }
            }
            if (random.nextInt(10) == 0) {
                writer.flush();
            }
            at += count;
        }
        writer.complete();
    }

    private static List<String> read(Random random, Role role, byte[] stream) throws Exception {
        ScriptedWire wire = new ScriptedWire();
        int leftover = Math.min(stream.length, random.nextInt(400));
        for (int at = leftover; at < stream.length; ) {
            int count = Math.min(stream.length - at, 1 + random.nextInt(random.nextBoolean() ? 20_000 : 300));
            wire.then(Arrays.copyOfRange(stream, at, at + count));
            if (random.nextInt(3) == 0) {
                wire.thenTimeout();
            }
            at += count;
        }
        FrameReader frames = new FrameReader(wire, role, Arrays.copyOf(stream, leftover), false);
        MessageReader message = new MessageReader(frames, role, null, Inflater::new);
        List<String> hashes = new ArrayList<>();
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[100_000];
        while (true) {
            Opcode opcode = patiently(frames::next);
            if (opcode == null) {
                assertFalse(message.inside());
                assertEquals(stream.length - leftover, frames.received());
                return hashes;
            }
            if (opcode.control()) {
                patiently(frames::control);
                continue;
            }
            assertEquals(opcode == Opcode.CONTINUATION, message.inside());
            message.frame(opcode);
            while (frames.remaining() > 0) {
                int most = 1 + random.nextInt(random.nextBoolean() ? 100 : buffer.length);
                int count = patiently(() -> message.read(buffer, 0, most));
                assertTrue(count > 0 && count <= most);
                digest.update(buffer, 0, count);
                if (random.nextInt(20) == 0) {
                    frames.quiet();
                }
            }
            if (!message.inside()) {
                hashes.add(HexFormat.of().formatHex(digest.digest()));
            }
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    private static <T> T patiently(Step<T> step) throws IOException {
        while (true) {
            try {
                return step.run();
            } catch (SocketTimeoutException e) {
                // as an application does that goes on reading
            }
        }
    }

    private static List<String> hashes(List<byte[]> messages) throws Exception {
        List<String> hashes = new ArrayList<>();
        for (byte[] message : messages) {
            hashes.add(hash(message));
        }
        return hashes;
    }

    private static String hash(byte[] message) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message));
    }
}
