package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.jmh.client.BenchClient;
import io.github.streamwebsocket.jmh.client.BenchConnection;
import io.github.streamwebsocket.jmh.client.Clients;
import io.github.streamwebsocket.jmh.peer.PeerProcess;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The heap that an open connection takes while nothing is said on it: that of all of them after a collection, less that of
 * the library without them. Bare connections have a virtual thread each that waits for bytes, as without one nobody would
 * notice the end. Arguments: client, transport, how many connections. The last line printed is the figure, in bytes.
 */
public final class IdleConnections {
    private static final int WARM_UP = 200;
    private static final int COLLECTIONS = 4;

    private IdleConnections() {}

    /** Measures once. */
    public static void main(String... arguments) throws Exception {
        Parent.outliveNot();
        String name = arguments[0];
        int count = Integer.parseInt(arguments[2]);
        try (PeerProcess peer = PeerProcess.find();
                BenchClient library = Clients.named(name).open(peer.trust())) {
            URI uri = peer.uri(arguments[1], "/idle");
            for (int i = 0; i < WARM_UP; i++) {
                idle(library, uri).close();
            }
            long before = used();
            List<BenchConnection> connections = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                connections.add(idle(library, uri));
            }
            long after = used();
            System.out.println((after - before) / connections.size());
            System.out.flush();
            Runtime.getRuntime().halt(0); // closing so many would take longer than all this, and tells nothing
        }
    }

    private static BenchConnection idle(BenchClient library, URI uri) throws Exception {
        BenchConnection connection = library.connect(uri);
        connection.idle();
        return connection;
    }

    /** What is in use once what is not needed is gone, and whatever a library does after a moment is done. */
    private static long used() throws InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            TimeUnit.MILLISECONDS.sleep(250);
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
