package io.github.streamwebsocket.jmh;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Runs its iterations only when whoever has started this JVM says so, if it has told a port for that: several JVMs then
 * measure in turns. A byte goes out before and after each iteration, and one that comes back lets go on.
 */
@State(Scope.Thread)
public abstract class InTurns {
    /** The property with the port on loopback. */
    public static final String PORT = "streamwebsocket.turns";

    private static final int TELL = 1;

    private final int port = Integer.getInteger(PORT, 0);
    private Socket starter;

    /** Sees to it that this JVM ends with the one that has started it. */
    @Setup
    public final void outliveNotTheStarter() {
        Parent.outliveNotInFork();
    }

    /** Waits for the turn. */
    @Setup(Level.Iteration)
    public final void beginTurn() throws IOException {
        if (port != 0 && starter == null) {
            starter = new Socket(InetAddress.getLoopbackAddress(), port);
            starter.setTcpNoDelay(true);
        }
        exchange();
    }

    /** Ends it: the next may begin, and this may go on to wait for its next one. */
    @TearDown(Level.Iteration)
    public final void endTurn() throws Exception {
        settle();
        exchange();
    }

    /** Waits for what is still under way and would take time from whoever is next. */
    void settle() throws Exception {}

    private void exchange() throws IOException {
        if (starter != null) {
            starter.getOutputStream().write(TELL);
            if (starter.getInputStream().read() < 0) {
                throw new EOFException("expected a turn but was given up");
            }
        }
    }
}
