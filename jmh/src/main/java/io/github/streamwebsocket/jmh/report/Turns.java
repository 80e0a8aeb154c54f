package io.github.streamwebsocket.jmh.report;

import io.github.streamwebsocket.jmh.InTurns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** Gives the JVMs of {@link InTurns} their turns, and tells how busy the peer is meanwhile. For one thread. */
final class Turns implements AutoCloseable {
    /** How often to look whether a JVM that has not come will not, in milliseconds. */
    private static final int LOOK = 100;
    /** How much longer than planned an iteration may take: the JVM that takes it may have hung. */
    private static final int PATIENCE = 30_000;

    private static final int GO = 1;

    private final ServerSocket listener;
    private final List<Turn> begun = new ArrayList<>();
    private final ProcessorTime peer;

    Turns(ProcessorTime peer) throws IOException {
        this.peer = peer;
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(LOOK);
    }

    /** The argument that tells a JVM of this. */
    String property() {
        return "-D" + InTurns.PORT + "=" + listener.getLocalPort();
    }

    /** Waits until the JVM that a thread has started is ready for its first iteration. Null if it has ended before. */
    Turn first(Thread starter) throws IOException {
        while (starter.isAlive()) {
            try {
                Turn turn = new Turn(listener.accept(), peer);
                begun.add(turn);
                if (turn.awaitTold(PATIENCE)) {
                    return turn;
                }
            } catch (SocketTimeoutException e) {
                // Looks whether it is still coming.
            }
        }
        return null;
    }

    /** Whoever still waits for a turn learns that there is none. */
    @Override
    public void close() throws IOException {
        listener.close();
        begun.forEach(Turn::giveUp);
    }

    /** The turns of one JVM, which waits between two calls. Whatever goes wrong is the JVM's own to tell. */
    static final class Turn {
        private final Socket jvm;
        private final ProcessorTime peer;
        private long measured;
        private long busy;

        private Turn(Socket jvm, ProcessorTime peer) {
            this.jvm = jvm;
            this.peer = peer;
        }

        /** Has it run its next iteration, and waits for its end. False if that does not come. */
        boolean run(int milliseconds) {
            return letGo() && awaitTold(milliseconds + PATIENCE);
        }

        /** The same for an iteration that counts. */
        boolean measure(int milliseconds) {
            long busyBefore = peer.nanoseconds();
            long before = System.nanoTime();
            boolean done = run(milliseconds);
            measured += System.nanoTime() - before;
            busy += peer.nanoseconds() - busyBefore;
            return done;
        }

        /** How much of one processor the peer has used in the iterations that counted, in percent. */
        double peerLoad() {
            return measured == 0 ? 0 : 100.0 * busy / measured;
        }

        /** After an iteration: has it make itself ready for the next. False if it does not. */
        boolean next() {
            return letGo() && awaitTold(PATIENCE);
        }

        /** After the last iteration: it may end. */
        void finish() {
            boolean unused = letGo();
        }

        private boolean letGo() {
            try {
                jvm.getOutputStream().write(GO);
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        private boolean awaitTold(int milliseconds) {
            try {
                jvm.setSoTimeout(milliseconds);
                if (jvm.getInputStream().read() >= 0) {
                    return true;
                }
            } catch (IOException e) {
                // As if it had gone.
            }
            giveUp();
            return false;
        }

        private void giveUp() {
            try {
                jvm.close();
            } catch (IOException e) {
                // Closed is closed.
            }
        }
    }
}
