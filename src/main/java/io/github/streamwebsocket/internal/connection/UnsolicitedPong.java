package io.github.streamwebsocket.internal.connection;

import java.time.Duration;

/** Sends a Pong nobody asked for at an interval: a one-way heartbeat (RFC 6455 5.5.3). */
final class UnsolicitedPong implements Runnable {
    private final Duration interval;
    private final Outbound outbound;
    private final Ending ending;

    UnsolicitedPong(Duration interval, Outbound outbound, Ending ending) {
        this.interval = interval;
        this.outbound = outbound;
        this.ending = ending;
    }

    void start() {
        Thread.ofVirtual().name("websocket-pong").start(this);
    }

    @Override
    public void run() {
        while (!ending.awaitEnd(interval)) {
            outbound.oweUnsolicitedPong();
        }
    }
}
