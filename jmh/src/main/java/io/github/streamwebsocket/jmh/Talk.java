package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.jmh.client.BenchClient;
import io.github.streamwebsocket.jmh.client.BenchConnection;
import io.github.streamwebsocket.jmh.client.Clients;
import io.github.streamwebsocket.jmh.peer.PeerProcess;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A client that talks with the peer, whichever: what all measurements of whole libraries have in common. */
@State(Scope.Thread)
public abstract class Talk {
    static final int KIB = 1024;

    /** A unit of payload in which large messages of whatever size are counted. */
    static final int UNIT = 64 * KIB;

    /** How many units one call of a benchmark moves: enough that a wait for another thread does not count. */
    static final int UNITS = 256;

    @Param({"bare", "streamwebsocket", "java.net.http", "okhttp", "java-websocket", "nv", "jetty", "helidon"})
    String client;

    @Param({"ws", "wss"})
    String transport;

    private PeerProcess peer;
    private BenchClient library;

    /** Starts the library, and the peer if it is not there. */
    void start() throws Exception {
        peer = PeerProcess.find();
        library = Clients.named(client).open(peer.trust());
    }

    /** Connects for one session of the peer. */
    BenchConnection connect(String session) throws Exception {
        return library.connect(peer.uri(transport, session));
    }

    /** Ends the library, and the peer if this has started it. */
    void stop() throws Exception {
        try {
            library.close();
        } finally {
            peer.close();
        }
    }

    /** Bytes that nothing makes smaller. */
    static byte[] payload(int size) {
        byte[] bytes = new byte[size];
        ThreadLocalRandom.current().nextBytes(bytes);
        return bytes;
    }
}
