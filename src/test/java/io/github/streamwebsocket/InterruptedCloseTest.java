package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;

/** A close that is interrupted, at whatever moment, either has closed or tells that it was interrupted, and nothing else. */
@ExtendWith(NoThreadsLeft.class)
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class InterruptedCloseTest {
    /** Enough to meet the moments in between, some of which are hit once in thirty times. */
    private static final int TIMES = 600;

    private static final long LONGEST_NANOS = 600_000;

    private WebSocketListener listener;

    @BeforeEach
    void start() throws IOException {
        listener = WebSocketListener.bind(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), new WebSocketListenerOptions());
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    /** What the peer does meanwhile. */
    @FunctionalInterface
    private interface Peer {
        void end(ServerStreamWebSocket socket) throws IOException;
    }

    private void closeInterruptedWhileThePeer(Peer peer) throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < TIMES; i++) {
            StreamWebSocket socket = StreamWebSocket.open(
                    Transport.WS.uri(listener.localAddress().getPort(), "/"));
            ServerStreamWebSocket server = listener.accept();
            Call<Throwable> closing = Call.of(() -> failureOf(socket));
            Call<Void> ending = Call.run(() -> peer.end(server));
            LockSupport.parkNanos(random.nextLong(LONGEST_NANOS));
            closing.interrupt();
            Throwable failure = closing.result();
            if (failure != null) {
                assertEquals(WebErrorStatus.OPERATION_CANCELED, WebSocketError.getStatus(failure), failure::toString);
                assertTrue(closing.interruptStatusKept());
            }
            ending.result();
        }
    }

    private static Throwable failureOf(StreamWebSocket socket) {
        try {
            socket.close();
            return null;
        } catch (IOException e) {
            return e;
        }
    }

    @Test
    void saysNothingElseWhileThePeerClosesToo() throws Exception {
        closeInterruptedWhileThePeer(ServerStreamWebSocket::close);
    }

    @Test
    void saysNothingElseWhileThePeerCuts() throws Exception {
        closeInterruptedWhileThePeer(ServerStreamWebSocket::abort);
    }
}
