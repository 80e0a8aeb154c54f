package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.PipeWire;
import io.github.streamwebsocket.testing.RawPeer;
import io.github.streamwebsocket.testing.Soon;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A connection over a pipe and the raw peer at its other end. Closing it aborts the connection and sees that it ends. */
final class Talk implements AutoCloseable {
    final PipeWire near;
    final PipeWire far;
    final Connection connection;
    final RawPeer peer;
    final Handlers<WebSocketClosedEventArgs> onClosed = new Handlers<>("closed");
    private final BlockingQueue<WebSocketClosedEventArgs> closed = new LinkedBlockingQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicInteger ends = new AtomicInteger();

    private Talk(Role role, Tuning tuning, int capacity, byte[] leftover) {
        PipeWire[] pipe = PipeWire.pair(capacity);
        near = pipe[0];
        far = pipe[1];
        peer = new RawPeer(far, !role.masks());
        onClosed.add(closed::add);
        connection = Connection.open(
                role, near, leftover, tuning.deflate(), tuning.settings(), tuning.takesText(), onClosed, () -> {
                    ends.incrementAndGet();
                    ended.countDown();
                });
    }

    /** A client with default settings and room for all that the test writes. */
    static Talk open() {
        return open(new Tuning());
    }

    static Talk open(Tuning tuning) {
        return open(tuning, PipeWire.ROOMY);
    }

    /** With room for this many bytes in each direction. */
    static Talk open(Tuning tuning, int capacity) {
        return new Talk(Role.CLIENT, tuning, capacity, new byte[0]);
    }

    static Talk server() {
        return new Talk(Role.SERVER, new Tuning(), PipeWire.ROOMY, new byte[0]);
    }

    /** A client to which these bytes came behind the opening handshake. */
    static Talk withLeftover(byte[] leftover) {
        return new Talk(Role.CLIENT, new Tuning(), PipeWire.ROOMY, leftover);
    }

    /** Waits for the Closed event. */
    WebSocketClosedEventArgs closedEvent() {
        try {
            WebSocketClosedEventArgs event = closed.poll(Soon.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (event == null) {
                throw new AssertionError("expected Closed to be raised soon");
            }
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The Closed event if there was one; tells for sure once the connection has ended and the handlers have run. */
    @Nullable
    WebSocketClosedEventArgs closedEventSoFar() {
        return closed.peek();
    }

    /** Waits for the end of the connection. */
    void awaitEnd() {
        Soon.that("the connection ends", this::ended);
        if (ends.get() != 1) {
            throw new AssertionError("expected one end but were " + ends.get());
        }
    }

    boolean ended() {
        return ended.getCount() == 0;
    }

    /** Waits until the keeper has the lease and waits for bytes. */
    void awaitKeeper() {
        Soon.that("the keeper reads", () -> connection.handOffs() > 0 && near.readerWaits());
    }

    /** Receives a message to its end, which must come. */
    byte[] receive() throws IOException {
        try (IncomingMessage message = connection.receive()) {
            if (message == null) {
                throw new AssertionError("expected a message but the end of all came");
            }
            return message.readAllBytes();
        }
    }

    void send(byte[] bytes) throws IOException {
        connection.sender().send(SocketMessageType.BINARY, bytes, 0, bytes.length);
    }

    void send(String text) throws IOException {
        send(bytes(text));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        connection.abort();
        awaitEnd();
    }
}
