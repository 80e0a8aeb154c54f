package io.github.streamwebsocket.internal.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebSocketProtocolException;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.FrameReader;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.ScriptedWire;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compressed data that a peer cuts short, anywhere, is never taken for a shorter message (RFC 7692 7.2.2). */
@Timeout(60)
class CutDeflateTest {
    private static byte[] read(byte[] compressed, boolean keepsContext) throws IOException {
        DeflateParameters agreed = new DeflateParameters(false, !keepsContext, 15, 15, 6, 0);
        ScriptedWire wire =
                ScriptedWire.of(RawFrames.frame(2).rsv(4).payload(compressed).bytes());
        FrameReader frames = new FrameReader(wire, Role.CLIENT, new byte[0], true);
        MessageReader message = new MessageReader(frames, Role.CLIENT, agreed, () -> new Inflater(true));
        try {
            message.frame(Objects.requireNonNull(frames.next()));
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            while (message.underWay()) {
                payload.write(buffer, 0, message.read(buffer, 0, buffer.length));
            }
            return payload.toByteArray();
        } finally {
            message.close();
        }
    }

    /** Skewed bytes, so that blocks get codes of their own. */
    private static byte[] skewed(Random random, int size) {
        byte[] bytes = new byte[size];
        int spread = 2 + random.nextInt(60);
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (32 + (int) Math.abs(random.nextGaussian() * spread));
        }
        return bytes;
    }

    private static byte[] deflated(byte[] bytes, int level, int strategy) {
        Deflater deflater = new Deflater(level, true);
        deflater.setStrategy(strategy);
        deflater.setInput(bytes);
        byte[] room = new byte[2 * bytes.length + 100];
        int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH); // nothing when a strategy was set
        length += deflater.deflate(room, length, room.length - length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(room, length - 4);
    }

    @ParameterizedTest
    @CsvSource({
        "codes of its own, true, 6, 0",
        "codes of its own, false, 6, 0",
        "no matches, true, 6, 2",
        "no matches, false, 6, 2",
        "stored, true, 0, 0",
        "stored, false, 0, 0",
    })
    void isRefusedOrWhole(String blocks, boolean keepsContext, int level, int strategy) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        for (int size : new int[] {1, 2, 10, 100, 300, 1000, 3000}) {
            byte[] message = skewed(random, size);
            byte[] compressed = deflated(message, level, strategy);
            assertEquals(message.length, read(compressed, keepsContext).length);
            int first = compressed[0] == 0 ? 2 : 1; // 00 alone is an empty message (7.2.3.6)
            for (int cut = first; cut < compressed.length; cut++) {
                refusedOrWhole(message, Arrays.copyOf(compressed, cut), keepsContext, seed);
            }
        }
    }

    private static void refusedOrWhole(byte[] message, byte[] cut, boolean keepsContext, long seed) throws Exception {
        try {
            byte[] read = read(cut, keepsContext);
            assertTrue(
                    Arrays.equals(message, read), // all that is missing may be bits that no byte stands for
                    () -> "took " + cut.length + " bytes for a message of " + read.length + ", not " + message.length
                            + "; seed " + seed);
        } catch (WebSocketProtocolException refused) {
            assertEquals(1007, refused.closeCode());
        }
    }
}
