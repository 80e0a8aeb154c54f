package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Finds a dead peer without killing a busy one: after an interval of silence a ping is owed; after another one without a
 * byte the connection is aborted. Any byte proves the peer alive. A ping that queues behind a long message has asked
 * nothing yet, and an application that does not read cannot hear the answer: neither is a dead peer.
 *
 * <p>Bytes that come carry no time, as that would cost every read; so this looks several times an interval, and each
 * time limit is met late by one look at the most.
 */
final class KeepAlive extends Watch {
    private static final int LOOKS = 4;

    private final Duration interval;
    private final PeerFrames frames;
    private final Outbound outbound;
    private final Ending ending;
    private final Listening listening;

    /** How many bytes had come at the last look, and at how many looks it was as many. */
    private long received;

    private int silent;

    /** How many pings were sent when one was owed, -1 while none is; and whether it was sent before the last look. */
    private long asked = -1;

    private boolean wasAsked;
    private int unanswered;

    KeepAlive(Duration interval, Lease lease, PeerFrames frames, Outbound outbound, Ending ending) {
        super(ending);
        this.interval = interval;
        this.frames = frames;
        this.outbound = outbound;
        this.ending = ending;
        listening = new Listening(lease, frames);
        received = frames.received();
    }

    @Override
    Duration first() {
        return interval.dividedBy(LOOKS);
    }

    @Override
    @Nullable
    Duration look() {
        boolean listened = listening.sinceLastLook();
        if (frames.received() != received) {
            received = frames.received();
            silent = 0;
            asked = -1;
        } else if (asked < 0) {
            if (++silent >= LOOKS) {
                asked = outbound.pingsSent();
                unanswered = 0;
                outbound.owePing();
            }
        } else if (wasAsked && listened && ++unanswered >= LOOKS) {
            ending.broke(new WebSocketAbortedException(
                    WebErrorStatus.TIMEOUT,
                    "expected an answer to a ping within " + interval.toMillis() + " ms but nothing came",
                    null));
            return null;
        }
        wasAsked = asked >= 0 && outbound.pingsSent() > asked;
        return first();
    }

    /**
     * Whether somebody would have heard the peer: a reader was inside from one look to the next, or went away with
     * empty hands. Nobody is inside, or only to fetch what came long ago, while unread data stands in the way.
     */
    private static final class Listening {
        private final Lease lease;
        private final PeerFrames frames;
        private int reads;
        private int timeouts;

        Listening(Lease lease, PeerFrames frames) {
            this.lease = lease;
            this.frames = frames;
        }

        boolean sinceLastLook() {
            boolean inside = lease.held();
            boolean same = lease.reads() == reads;
            boolean timedOut = frames.timeouts() != timeouts;
            reads = lease.reads();
            timeouts = frames.timeouts();
            return (inside && same) || timedOut;
        }
    }
}
