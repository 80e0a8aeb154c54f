package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DistinctBuffersTest {
    private static ByteBuffer buffer(int position, int limit) {
        return ByteBuffer.allocate(10).position(position).limit(limit);
    }

    private static void assertRefused(List<ByteBuffer> buffers, int second) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> DistinctBuffers.of(buffers));
        assertEquals(
                "expected each buffer once but that of message " + second + " is there a second time", e.getMessage());
    }

    @Test
    void aBufferThatIsThereTwiceIsRefusedAndKeepsWhatItHas() {
        ByteBuffer twice = buffer(2, 7);
        assertRefused(List.of(twice, twice), 1);
        assertRefused(List.of(buffer(0, 1), twice, buffer(0, 1), buffer(3, 3), twice), 4);
        assertEquals(2, twice.position());
        assertEquals(7, twice.limit());
        ByteBuffer empty = buffer(3, 3);
        assertRefused(List.of(empty, buffer(0, 1), empty), 2);
    }

    @Test
    void equalBuffersAndViewsOfOneArrayAreNotTheSame() {
        ByteBuffer one = buffer(2, 7).mark();
        ByteBuffer other = one.duplicate();
        ByteBuffer empty = buffer(0, 0);
        List<ByteBuffer> all = DistinctBuffers.of(List.of(one, other, empty, buffer(0, 0), one.asReadOnlyBuffer()));
        assertEquals(5, all.size());
        assertSame(one, all.get(0));
        assertEquals(2, one.position());
        assertEquals(5, other.remaining());
        one.get();
        one.reset(); // the mark is kept
        assertEquals(2, one.position());
    }

    @Test
    @Timeout(20)
    void manyBuffersTakeNoTimeToSpeakOf() {
        List<ByteBuffer> many = new ArrayList<>();
        for (int i = 0; i < 1_000_000; i++) {
            many.add(i % 2 == 0 ? buffer(0, 10) : buffer(10, 10));
        }
        assertEquals(1_000_000, DistinctBuffers.of(many).size());
    }
}
