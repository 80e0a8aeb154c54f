package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.internal.net.Deadline;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a connection again and again until it has ended: without a thread of its own, which an idle connection would
 * pay for, and which would find no carrier where all are kept by what it is to end ({@link
 * io.github.streamwebsocket.internal.Monitors}).
 */
abstract class Watch {
    private final Ending ending;
    private volatile @Nullable Deadline next;

    Watch(Ending ending) {
        this.ending = ending;
    }

    /** How long to wait before the first look. */
    abstract Duration first();

    /** Looks, without blocking, and tells how long to wait before the next look; null if there is to be none. */
    abstract @Nullable Duration look();

    final void start() {
        lookIn(first());
    }

    private void lookIn(Duration wait) {
        Deadline deadline = Deadline.in(wait, this::run);
        next = deadline;
        if (ending.ended()) { // before it could be called off
            deadline.cancel();
        }
    }

    private void run() {
        if (ending.ended()) {
            return;
        }
        try {
            Duration wait = look();
            if (wait != null) {
                lookIn(wait);
            }
        } catch (Throwable e) { // for want of memory, most likely; without its looks a connection would live for ever
            ending.broke(Faults.failed("looking after it", e));
            throw e;
        }
    }

    /** Calls off the next look: the connection has ended. */
    final void stop() {
        Deadline set = next;
        if (set != null) {
            set.cancel();
        }
    }
}
