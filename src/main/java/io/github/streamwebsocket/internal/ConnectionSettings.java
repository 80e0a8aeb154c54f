package io.github.streamwebsocket.internal;

import java.time.Duration;

/**
 * What an open connection of either role is told when it is made; fixed from then on. Durations of zero mean off.
 *
 * @param readTimeout longest wait for data in one read
 * @param writeTimeout longest time one socket write may take
 * @param closeTimeout longest time from the first Close frame to the end of the TCP connection; never zero
 * @param keepAliveInterval silence after which a ping is sent; as much again without a byte ends the connection
 * @param unsolicitedPongInterval how often a Pong nobody asked for is sent
 * @param frameSize most payload bytes in one frame
 */
public record ConnectionSettings(
        Duration readTimeout,
        Duration writeTimeout,
        Duration closeTimeout,
        Duration keepAliveInterval,
        Duration unsolicitedPongInterval,
        int frameSize) {

    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(5);
    public static final int DEFAULT_FRAME_SIZE = 65_536;

    public static final ConnectionSettings DEFAULT = new ConnectionSettings(
            Duration.ZERO, Duration.ZERO, DEFAULT_CLOSE_TIMEOUT, Duration.ZERO, Duration.ZERO, DEFAULT_FRAME_SIZE);
}
