package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import java.time.Duration;

/**
 * The write timeout. A blocking write has none of its own, so this looks at the start of the write under way and aborts
 * the connection when that is too long ago: a frame of which a part has left cannot be taken back.
 */
final class WriteWatch implements Runnable {
    private final Duration timeout;
    private final Outbound outbound;
    private final Ending ending;

    WriteWatch(Duration timeout, Outbound outbound, Ending ending) {
        this.timeout = timeout;
        this.outbound = outbound;
        this.ending = ending;
    }

    void start() {
        Thread.ofVirtual().name("websocket-write-timeout").start(this);
    }

    @Override
    public void run() {
        Duration wait = timeout;
        while (!ending.awaitEnd(wait)) {
            long since = outbound.writingSince();
            long left = since == 0 ? timeout.toNanos() : since + timeout.toNanos() - System.nanoTime();
            if (left <= 0) {
                ending.broke(new WebSocketAbortedException(
                        WebErrorStatus.TIMEOUT,
                        "expected the peer to take data within the write timeout of " + timeout.toMillis() + " ms",
                        null));
                return;
            }
            // A write that starts just after this look is found late by as much as the timeout at the most: look more
            // often than that.
            wait = Duration.ofNanos(Math.min(left, Math.max(1_000_000, timeout.toNanos() / 4)));
        }
    }
}
