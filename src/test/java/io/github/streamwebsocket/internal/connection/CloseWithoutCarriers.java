package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.internal.net.CarriersAreKept;

/** For a JVM of its own: closes a connection, whose peer does not answer, while no virtual thread can run. */
public final class CloseWithoutCarriers {
    private CloseWithoutCarriers() {}

    /** Prints that the call has returned, and that the connection has ended. */
    public static void main(String... args) throws Exception {
        CarriersAreKept.begin();
        Talk talk = Talk.open(new Tuning().closeTimeout(100));
        talk.connection.close();
        System.out.println("closed");
        talk.awaitEnd();
        System.out.println("ended");
        System.exit(0);
    }
}
