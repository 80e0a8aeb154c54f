package io.github.streamwebsocket.jmh.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** A connection of a library that calls a listener with what comes. */
abstract class PushConnection implements BenchConnection {
    /** Bytes that may wait in a library's own queue: its writing thread has always more to do. */
    static final long LONG_QUEUE = 2 << 20;

    /** Bytes in a library's own queue at which its user goes on. */
    static final long SHORT_QUEUE = 1 << 20;

    /** How long to wait before looking again at a queue that cannot tell when it is short: less than it lasts. */
    private static final long A_WHILE = 200_000;

    final Arrivals arrivals;

    /** @param asked whether the library sends a section each time it is asked to, or unasked */
    PushConnection(boolean asked) {
        arrivals = new Arrivals(asked ? this::ask : null);
    }

    /** Asks the library for one more section. */
    void ask() {
        throw new UnsupportedOperationException();
    }

    /** Waits a while for a queue to become shorter. */
    static void waitAWhile() {
        LockSupport.parkNanos(A_WHILE);
    }

    /** One by one, for libraries that cannot do better. */
    @Override
    public void sendAll(List<ByteBuffer> messages) throws Exception {
        for (ByteBuffer message : messages) {
            send(message);
        }
    }

    /** Sends a complete message and consumes it. */
    abstract void send(ByteBuffer message) throws Exception;

    @Override
    public void send(byte[] message) throws Exception {
        send(ByteBuffer.wrap(message));
    }

    @Override
    public void receive(int messages, int size) throws IOException {
        arrivals.take(messages, size);
    }

    @Override
    public void receiveSections(long bytes) throws IOException {
        arrivals.takeBytes(bytes);
    }

    @Override
    public void receiveInto(Consumer<ByteBuffer> consumer) throws IOException {
        arrivals.takeInto(consumer);
    }

    /** Waits for the end of a connection that is being closed. */
    void awaitEnd() throws Exception {
        if (!arrivals.awaitEnd()) {
            throw new IOException("expected the connection to end");
        }
    }
}
