package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import java.time.Duration;

/**
 * Finds a dead peer without killing a busy one: after an interval of silence a ping is owed; after another one without a
 * byte the connection is aborted. Any byte proves the peer alive. A ping that queues behind a long message has asked
 * nothing yet, and an application that does not read cannot hear the answer: neither is a dead peer.
 */
final class KeepAlive implements Runnable {
    private final Duration interval;
    private final Inbound inbound;
    private final Outbound outbound;
    private final Ending ending;

    KeepAlive(Duration interval, Inbound inbound, Outbound outbound, Ending ending) {
        this.interval = interval;
        this.inbound = inbound;
        this.outbound = outbound;
        this.ending = ending;
    }

    void start() {
        Thread.ofVirtual().name("websocket-keep-alive").start(this);
    }

    @Override
    public void run() {
        Lease lease = inbound.lease();
        long received = inbound.received();
        long asked = -1;
        int reads = -1;
        while (!ending.awaitEnd(interval)) {
            boolean waitedAllTheTime = lease.held() && lease.reads() == reads;
            reads = lease.reads();
            if (inbound.received() != received) {
                received = inbound.received();
                asked = -1;
            } else if (asked < 0) {
                asked = outbound.pingsSent();
                outbound.owePing();
                reads = -1; // the wait for the answer starts now
            } else if (outbound.pingsSent() > asked && waitedAllTheTime) {
                ending.broke(new WebSocketAbortedException(
                        WebErrorStatus.TIMEOUT,
                        "expected an answer to a ping within " + interval.toMillis() + " ms but nothing came",
                        null));
            }
        }
    }
}
