package io.github.streamwebsocket.jmh.report;

import io.github.streamwebsocket.jmh.client.BenchClient;
import io.github.streamwebsocket.jmh.client.BenchConnection;
import io.github.streamwebsocket.jmh.client.Clients;
import io.github.streamwebsocket.jmh.peer.PeerProcess;
import java.util.concurrent.TimeUnit;

/** Has the peer's code compiled before anybody is measured by it: whoever came first would wait for that. */
final class WarmUp {
    private static final long NANOS_EACH = TimeUnit.MILLISECONDS.toNanos(1500);

    private static final int LARGE = 65_536;
    private static final int SMALL = 1024;
    private static final int TINY = 64;

    private interface Step {
        void run() throws Exception;
    }

    private WarmUp() {}

    /** Talks with the peer for a while, over both transports, in each of the ways that are measured. */
    static void of(PeerProcess peer) throws Exception {
        try (BenchClient client = Clients.named("bare").open(peer.trust())) {
            for (String transport : new String[] {"ws", "wss"}) {
                try (BenchConnection sink = client.connect(peer.uri(transport, "/sink?ack=0"))) {
                    send(sink, new byte[LARGE]);
                    send(sink, new byte[SMALL]);
                }
                try (BenchConnection source = client.connect(peer.uri(transport, "/source?size=" + LARGE))) {
                    repeat(() -> source.receive(1, LARGE));
                }
                try (BenchConnection echo = client.connect(peer.uri(transport, "/echo"))) {
                    byte[] message = new byte[TINY];
                    repeat(() -> {
                        echo.send(message);
                        echo.receive(1, TINY);
                    });
                }
                repeat(() -> client.connect(peer.uri(transport, "/idle")).close());
            }
        }
    }

    private static void send(BenchConnection sink, byte[] message) throws Exception {
        repeat(() -> sink.send(message));
    }

    private static void repeat(Step step) throws Exception {
        long end = System.nanoTime() + NANOS_EACH;
        while (System.nanoTime() < end) {
            step.run();
        }
    }
}
