package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The write timeout. A blocking write has none of its own, so this looks at the start of the write under way and aborts
 * the connection when that is too long ago: a frame of which a part has left cannot be taken back.
 */
final class WriteWatch extends Watch {
    private final Duration timeout;
    private final Outbound outbound;
    private final Ending ending;

    WriteWatch(Duration timeout, Outbound outbound, Ending ending) {
        super(ending);
        this.timeout = timeout;
        this.outbound = outbound;
        this.ending = ending;
    }

    @Override
    Duration first() {
        return timeout;
    }

    @Override
    @Nullable
    Duration look() {
        long since = outbound.writingSince();
        long left = since == 0 ? timeout.toNanos() : since + timeout.toNanos() - System.nanoTime();
        if (left <= 0) {
            ending.broke(new WebSocketAbortedException(
                    WebErrorStatus.TIMEOUT,
                    "expected the peer to take data within the write timeout of " + timeout.toMillis() + " ms",
                    null));
            return null;
        }
        // A write that starts just after this look is found late by as much as the timeout at the most: look more
        // often than that.
        return Duration.ofNanos(Math.min(left, Math.max(1_000_000, timeout.toNanos() / 4)));
    }
}
