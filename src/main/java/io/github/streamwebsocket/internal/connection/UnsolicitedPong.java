package io.github.streamwebsocket.internal.connection;

import java.time.Duration;

/** Sends a Pong nobody asked for at an interval: a one-way heartbeat (RFC 6455 5.5.3). */
final class UnsolicitedPong extends Watch {
    private final Duration interval;
    private final Outbound outbound;

    UnsolicitedPong(Duration interval, Outbound outbound, Ending ending) {
        super(ending);
        this.interval = interval;
        this.outbound = outbound;
    }

    @Override
    Duration first() {
        return interval;
    }

    @Override
    Duration look() {
        outbound.oweUnsolicitedPong();
        return interval;
    }
}
