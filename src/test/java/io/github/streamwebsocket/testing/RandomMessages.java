package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.SocketMessageType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Random messages, the same for the same seed: text and binary, many small and few of up to 100 KB. They repeat
 * themselves, and what others before them held, at every distance: work for compression.
 */
public final class RandomMessages {
    private static final int BYTES = 30_000;
    private static final int CHARACTERS = 12_000;

    /** A message to be sent. */
    public static final class Message {
        private final SocketMessageType type;
        private final byte[] payload;

        private Message(SocketMessageType type, byte[] payload) {
            this.type = type;
            this.payload = payload;
        }

        public SocketMessageType type() {
            return type;
        }

        public byte[] payload() {
            return payload;
        }

        /** What a text message says. */
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    private final SplittableRandom random;
    private final byte[] bytes = new byte[BYTES];
    private final int[] characters;

    public RandomMessages(long seed) {
        random = new SplittableRandom(seed);
        random.nextBytes(bytes);
        characters = IntStream.generate(this::scalarValue).limit(CHARACTERS).toArray();
    }

    private int scalarValue() {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> random.nextInt(0x80, 0x800);
            case 2 -> random.nextInt(0x800, Character.MIN_SURROGATE);
            case 3 -> random.nextInt(Character.MAX_SURROGATE + 1, 0x1_0000);
            case 4 -> random.nextInt(0x1_0000, Character.MAX_CODE_POINT + 1);
            default -> random.nextInt(0x20, 0x7F);
        };
    }

    public Message next() {
        int kind = random.nextInt(20);
        int size = random.nextInt(kind < 14 ? 200 : kind < 19 ? 4_000 : 100_000);
        SocketMessageType type = random.nextBoolean() ? SocketMessageType.UTF8 : SocketMessageType.BINARY;
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        while (payload.size() < size) {
            byte[] part = type == SocketMessageType.UTF8 ? text() : binary();
            int times = random.nextInt(4) == 0 ? 1 + random.nextInt(10) : 1;
            for (int i = 0; i < times; i++) {
                payload.writeBytes(part);
            }
        }
        return new Message(type, payload.toByteArray());
    }

    private byte[] text() {
        int from = random.nextInt(characters.length);
        return new String(characters, from, Math.min(characters.length - from, sectionLength()))
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] binary() {
        int from = random.nextInt(bytes.length);
        return Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + sectionLength()));
    }

    private int sectionLength() {
        return 1 + random.nextInt(random.nextBoolean() ? 100 : 1_000);
    }
}
