package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.internal.ConnectionSettings;
import java.time.Duration;

/** Settings for a test: the defaults but for what is said. All times in milliseconds. */
final class Tuning {
    private Duration readTimeout = Duration.ZERO;
    private Duration writeTimeout = Duration.ZERO;
    private Duration closeTimeout = ConnectionSettings.DEFAULT_CLOSE_TIMEOUT;
    private Duration keepAlive = Duration.ZERO;
    private Duration unsolicitedPong = Duration.ZERO;
    private int frameSize = ConnectionSettings.DEFAULT_FRAME_SIZE;

    Tuning readTimeout(long millis) {
        readTimeout = Duration.ofMillis(millis);
        return this;
    }

    Tuning writeTimeout(long millis) {
        writeTimeout = Duration.ofMillis(millis);
        return this;
    }

    Tuning closeTimeout(long millis) {
        closeTimeout = Duration.ofMillis(millis);
        return this;
    }

    Tuning keepAlive(long millis) {
        keepAlive = Duration.ofMillis(millis);
        return this;
    }

    Tuning unsolicitedPong(long millis) {
        unsolicitedPong = Duration.ofMillis(millis);
        return this;
    }

    Tuning frameSize(int bytes) {
        frameSize = bytes;
        return this;
    }

    ConnectionSettings settings() {
        return new ConnectionSettings(readTimeout, writeTimeout, closeTimeout, keepAlive, unsolicitedPong, frameSize);
    }
}
