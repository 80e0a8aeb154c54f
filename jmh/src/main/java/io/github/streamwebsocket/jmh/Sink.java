package io.github.streamwebsocket.jmh;

import io.github.streamwebsocket.jmh.client.BenchConnection;
import java.nio.ByteBuffer;

/** The peer's counting end of what is sent: that nothing was left out is looked at when all is sent. */
final class Sink implements AutoCloseable {
    private static final int REPORT = 24;

    private final BenchConnection connection;
    private final long step;
    private final ByteBuffer report = ByteBuffer.allocate(REPORT);
    private long bytes;
    private long messages;
    private long told;

    private Sink(BenchConnection connection, long step) {
        this.connection = connection;
        this.step = step;
    }

    /**
     * Connects.
     *
     * @param step after how many bytes the peer tells each time what has come
     */
    static Sink connect(Talk talk, long step) throws Exception {
        return connect(talk, step, 0);
    }

    /**
     * Connects to a sink that lets bytes come together.
     *
     * @param pause before the peer reads again, in microseconds
     */
    static Sink connect(Talk talk, long step, int pause) throws Exception {
        return new Sink(talk.connect("/sink?ack=" + step + "&pause=" + pause), step);
    }

    BenchConnection connection() {
        return connection;
    }

    /** Notes what was sent. */
    void sent(long moreMessages, long moreBytes) {
        messages += moreMessages;
        bytes += moreBytes;
    }

    /** Waits until the peer has told of all that was sent, a multiple of the step: nothing waits in a queue then. */
    void awaitCounted() throws Exception {
        for (; told < bytes; told += step) {
            report.clear();
            connection.receiveInto(report::put);
        }
    }

    /** Compares what was sent with what has come. */
    private void check() throws Exception {
        awaitCounted();
        report.flip();
        long come = bytes == 0 ? 0 : report.getLong();
        long bytesCome = bytes == 0 ? 0 : report.getLong();
        if (come != messages || bytesCome != bytes) {
            throw new IllegalStateException("sent " + messages + " messages with " + bytes + " bytes but " + come
                    + " messages with " + bytesCome + " bytes have come");
        }
    }

    /** Checks and closes. */
    @Override
    public void close() throws Exception {
        try (connection) {
            check();
        }
    }
}
