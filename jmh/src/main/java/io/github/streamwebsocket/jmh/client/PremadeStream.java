package io.github.streamwebsocket.jmh.client;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * A message that never ends, made of the same section over and over, in the fragments that our library makes of it:
 * with its header each is 65,536 bytes, so that sections and fragments do not begin at the same places. As the key's
 * length divides both the section's and the fragment's, one masked copy of the section, repeated, has every fragment in
 * it; only its header is put in front of it when it is sent.
 */
final class PremadeStream {
    /** Payload of a fragment. */
    private static final int FRAGMENT = 65_528;
    /** Header of a fragment: 2 bytes, 2 of length, 4 of mask key. */
    private static final int HEAD = 8;

    private final byte[] section;
    private final ByteBuffer masked;
    private final int key;

    /** Where in the section the next fragment begins. */
    private int next;
    /** What is in sections that were given, and in no fragment so far. */
    private int pending;

    private int opcode = 2;

    PremadeStream(byte[] section) {
        if (section.length % 4 != 0) {
            throw new IllegalArgumentException("expected a section of a multiple of 4 bytes but was " + section.length);
        }
        this.section = section;
        key = new SecureRandom().nextInt();
        masked = ByteBuffer.allocate(HEAD + section.length + FRAGMENT);
        masked.position(HEAD);
        while (masked.hasRemaining()) {
            masked.put(section, 0, Math.min(section.length, masked.remaining()));
        }
        for (int i = HEAD; i < masked.capacity(); i += 4) {
            masked.putInt(i, masked.getInt(i) ^ key);
        }
    }

    /** Sends what is full now: as in our library, what does not fill a fragment waits for more. */
    void send(byte[] more, OutputStream out) throws IOException {
        if (more != section) {
            throw new IllegalArgumentException("expected the section that was sent before");
        }
        for (pending += section.length; pending >= FRAGMENT; pending -= FRAGMENT) {
            long covered = masked.getLong(next);
            masked.put(next, (byte) opcode);
            masked.put(next + 1, (byte) (0x80 | 126));
            masked.putShort(next + 2, (short) FRAGMENT);
            masked.putInt(next + 4, key);
            out.write(masked.array(), next, HEAD + FRAGMENT);
            masked.putLong(next, covered);
            opcode = 0;
            next = (next + FRAGMENT) % section.length;
        }
    }
}
