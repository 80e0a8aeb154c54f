package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.Soon;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An idle connection is small, whatever went through it before. */
@ExtendWith(NoThreadsLeft.class)
class IdleConnectionTest {
    private static final int CONNECTIONS = 400;
    /** Not so much that a kept look-ahead of a busy reader, or even a sender's buffer, would fit in. */
    private static final int LIMIT = 12_000;

    @Test
    void buffersAreGivenUp() throws IOException {
        byte[] payload = RawFrames.pattern(40_000);
        List<Talk> talks = new ArrayList<>(CONNECTIONS);
        long before = usedHeap();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                Talk talk = Talk.open();
                talks.add(talk);
                talk.send(payload);
                assertArrayEquals(payload, talk.peer.expect(RawFrames.BINARY).payload());
                talk.peer.binary(payload);
                assertArrayEquals(payload, talk.receive());
            }
            for (Talk talk : talks) {
                talk.awaitKeeper();
            }
            Soon.that("an idle connection is below " + LIMIT + " bytes", () -> perConnection(before) < LIMIT);
            long bytes = perConnection(before);
            System.out.println("an idle connection takes " + bytes + " bytes with its peer and pipe");
            assertTrue(bytes < LIMIT);
        } finally {
            talks.forEach(Talk::close);
        }
    }

    private static long perConnection(long before) {
        return (usedHeap() - before) / CONNECTIONS;
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
