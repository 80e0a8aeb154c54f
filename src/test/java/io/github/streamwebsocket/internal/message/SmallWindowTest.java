package io.github.streamwebsocket.internal.message;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a smaller window was agreed, nothing refers back further: what a window's bytes became is whole by itself. */
class SmallWindowTest {

    private static MessageDeflater deflater(int windowBits) {
        return new MessageDeflater(true, windowBits, () -> new Deflater(9, true), () -> new IOException("closed"));
    }

    private static byte[] takeAll(MessageDeflater deflater, int room, boolean flush) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] target = new byte[room];
        for (int count = deflater.take(target, 0, room, flush);
                count > 0;
                count = deflater.take(target, 0, room, flush)) {
            out.write(target, 0, count);
        }
        return out.toByteArray();
    }

    private static byte[] inflate(Inflater inflater, byte[] compressed, int length) throws Exception {
        byte[] out = new byte[length + 1];
        inflater.setInput(compressed);
        int count = 0;
        for (int more = inflater.inflate(out); more > 0; more = inflater.inflate(out, count, out.length - count)) {
            count += more;
        }
        return Arrays.copyOf(out, count);
    }

    /** The same bytes over and over: worth a reference as far back as there is one. */
    private static byte[] repetitive(int length) {
        byte[] phrase = new byte[200];
        new Random(5).nextBytes(phrase);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = phrase[i % phrase.length];
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14})
    void eachWindowIsWholeByItself(int windowBits) throws Exception {
        int window = 1 << windowBits;
        byte[] bytes = repetitive(5 * window);
        MessageDeflater deflater = deflater(windowBits);
        for (int at = 0; at < bytes.length; at += window) {
            deflater.give(bytes, at, window);
            byte[] compressed = takeAll(deflater, 1 + window / 7, false);
            Inflater fresh = new Inflater(true);
            assertArrayEquals(Arrays.copyOfRange(bytes, at, at + window), inflate(fresh, compressed, window));
            fresh.end();
        }
        deflater.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 12, 14, 15})
    void messagesOfAnyLengthComeOutWhole(int windowBits) throws Exception {
        Random random = new Random(windowBits);
        MessageDeflater deflater = deflater(windowBits);
        Inflater inflater = new Inflater(true);
        int window = 1 << windowBits;
        for (int i = 0; i < 300; i++) {
            int length = i % 3 == 0 ? window * (i % 4) : random.nextInt(3 * window);
            byte[] bytes = repetitive(length);
            deflater.give(bytes, 0, length);
            byte[] compressed = takeAll(deflater, MessageDeflater.LEAST_ROOM + random.nextInt(300), true);
            assertArrayEquals(bytes, inflate(inflater, compressed, length), "message " + i + " of " + length);
            if (length > 0) {
                byte[] end = Arrays.copyOfRange(compressed, compressed.length - 4, compressed.length);
                assertArrayEquals(MessageDeflater.TAIL, end);
            } else {
                assertEquals(0, i == 0 ? 0 : compressed.length);
            }
            deflater.endMessage();
        }
        inflater.end();
        deflater.close();
    }
}
