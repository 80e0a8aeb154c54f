package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.github.streamwebsocket.testing.DeflatedMessage;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.ScriptedServer;
import io.github.streamwebsocket.testing.Transport;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;

/** A frame that inflates to a thousand times its size costs its reader a buffer, not the memory of what is in it. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
@ExtendWith(NoThreadsLeft.class)
class DeflateBombTest {
    private static final int SIZE = 256 << 20;
    private static final int BUFFER = 8 * 1024;
    /** A look-ahead, a buffer of compressed bytes, and what a few calls allocate. */
    private static final long ALLOWANCE = 1 << 20;

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void oneFrameOf1To1000IsReadInSectionsOfTheCallersBuffer() throws Exception {
        DeflatedMessage bomb = new DeflatedMessage(new byte[SIZE], 1);
        assertTrue(bomb.deflatedLength() < SIZE / 1_000, "deflates to " + bomb.deflatedLength());
        try (ScriptedServer server = new ScriptedServer(Transport.WS, client -> {
                    client.upgrade(DeflatedMessage.HEADER);
                    bomb.sendTo(client);
                    client.answerClose();
                });
                StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().compression(PerMessageDeflate.DEFAULT);
            socket.connect(server.uri());
            byte[] buffer = new byte[BUFFER];
            byte[] zeros = new byte[BUFFER];
            long before = allocated();
            long received = 0;
            try (IncomingMessage message = socket.receive()) {
                for (int length = message.read(buffer); length >= 0; length = message.read(buffer)) {
                    received += length;
                }
            }
            long cost = allocated() - before;
            assertEquals(SIZE, received);
            assertArrayEquals(zeros, buffer);
            assertTrue(cost < ALLOWANCE, "reading " + SIZE + " bytes allocated " + cost);
        }
    }
}
