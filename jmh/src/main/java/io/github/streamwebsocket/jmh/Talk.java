package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.jmh.client.BenchClient;
import io.github.streamwebsocket.jmh.client.BenchConnection;
import io.github.streamwebsocket.jmh.client.Clients;
import io.github.streamwebsocket.jmh.client.Trust;
import io.github.streamwebsocket.jmh.peer.PeerProcess;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A client that talks with the peer, whichever: what all measurements of whole libraries have in common. */
@State(Scope.Thread)
public abstract class Talk extends InTurns {
    static final int KIB = 1024;

    /** A unit of payload in which large messages of whatever size are counted. */
    static final int UNIT = 64 * KIB;

    /** How many units one call of a benchmark moves: enough that a wait for another thread does not count. */
    static final int UNITS = 256;

    /** How many small messages are sent before anything is counted. */
    static final int BATCH = 1024;

    /** Who may try again to receive the first messages, and how often. */
    private static final String LOSES_MESSAGES = "java.net.http";

    private static final int ATTEMPTS = 10;

    @Param({"bare", "streamwebsocket", "java.net.http", "okhttp", "java-websocket", "nv", "jetty", "helidon"})
    String client;

    @Param({"ws", "wss"})
    String transport;

    private PeerProcess peer;
    private BenchClient library;

    /** Starts the library, and the peer if it is not there. */
    void start() throws Exception {
        peer = PeerProcess.find();
        library = open(Clients.named(client), peer.trust());
    }

    /** Opens the library, for what it is to do. */
    BenchClient open(Clients chosen, Trust trust) throws Exception {
        return chosen.openForData(trust);
    }

    /** Connects for one session of the peer. */
    BenchConnection connect(String session) throws Exception {
        return library.connect(peer.uri(transport, session));
    }

    /**
     * Connects to a source, whose messages may come right behind the answer to the opening handshake.
     *
     * @param first receives something, to see that nothing was lost: java.net.http loses a part of what comes so early,
     *     once in fifty connections or so, and is given other connections
     */
    BenchConnection connectToSource(String session, Trial first) throws Exception {
        for (int left = client.equals(LOSES_MESSAGES) ? ATTEMPTS : 1; ; left--) {
            BenchConnection connection = connect(session);
            try {
                first.on(connection);
                return connection;
            } catch (IOException e) {
                if (left == 1) {
                    throw e;
                }
                try {
                    connection.close();
                } catch (Exception broken) {
                    // As it is.
                }
            }
        }
    }

    /** What is tried on a connection. */
    interface Trial {
        void on(BenchConnection connection) throws Exception;
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
