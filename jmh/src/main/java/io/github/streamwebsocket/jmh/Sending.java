package io.github.streamwebsocket.jmh;

import org.openjdk.jmh.annotations.TearDown;

/** A client that sends what the peer counts. */
public abstract class Sending extends Talk {
    /** Where it goes; made by the setup. */
    Sink sink;

    /** Sees to it that all has come. */
    @TearDown
    public final void check() throws Exception {
        sink.close();
        stop();
    }

    @Override
    final void settle() throws Exception {
        sink.awaitCounted();
    }
}
