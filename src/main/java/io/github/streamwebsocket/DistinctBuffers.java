package io.github.streamwebsocket;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Buffers of which none is there twice: the first message would consume it, and the second would go out empty. */
final class DistinctBuffers {
    private DistinctBuffers() {}

    /**
     * Checks the buffers.
     *
     * @return an unmodifiable list of them
     * @throws IllegalArgumentException if one is there twice
     */
    static List<ByteBuffer> of(List<ByteBuffer> messages) {
        ByteBuffer[] all = Objects.requireNonNull(messages, "messages").toArray(ByteBuffer[]::new);
        for (int i = 0; i < all.length; i++) {
            if (all[i] == null) {
                throw new NullPointerException("messages[" + i + "]");
            }
        }
        if (all.length > 1 && consumingMeetsAnEmptyOne(all)) {
            checkByIdentity(all);
        }
        return Collections.unmodifiableList(Arrays.asList(all));
    }

    /**
     * Consumes one after another, as sending does, and puts them back. A buffer that is there twice is empty the second
     * time, so where none is empty none is there twice: a few nanoseconds a buffer, where asking for the identity of each
     * would cost as much as to send a small message.
     */
    private static boolean consumingMeetsAnEmptyOne(ByteBuffer[] all) {
        int[] positions = new int[all.length];
        int consumed = 0;
        while (consumed < all.length && all[consumed].hasRemaining()) {
            positions[consumed] = all[consumed].position();
            all[consumed].position(all[consumed].limit());
            consumed++;
        }
        for (int i = 0; i < consumed; i++) {
            all[i].position(positions[i]);
        }
        return consumed < all.length;
    }

    private static void checkByIdentity(ByteBuffer[] all) {
        Set<ByteBuffer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < all.length; i++) {
            if (!seen.add(all[i])) {
                throw new IllegalArgumentException(
                        "expected each buffer once but that of message " + i + " is there a second time");
            }
        }
    }
}
