package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.internal.ConnectionSettings;
import io.github.streamwebsocket.internal.DeflateParameters;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Settings for a test: the defaults but for what is said. All times in milliseconds. */
final class Tuning {
    private Duration readTimeout = Duration.ZERO;
    private Duration writeTimeout = Duration.ZERO;
    private Duration closeTimeout = ConnectionSettings.DEFAULT_CLOSE_TIMEOUT;
    private Duration keepAlive = Duration.ZERO;
    private Duration unsolicitedPong = Duration.ZERO;
    private int frameSize = ConnectionSettings.DEFAULT_FRAME_SIZE;

    private @Nullable DeflateParameters deflate;
    private boolean text;

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

    Tuning deflate(DeflateParameters agreed) {
        deflate = agreed;
        return this;
    }

    @Nullable
    DeflateParameters deflate() {
        return deflate;
    }

    /** Takes text messages too. */
    Tuning text() {
        text = true;
        return this;
    }

    boolean takesText() {
        return text;
    }

    ConnectionSettings settings() {
        return new ConnectionSettings(readTimeout, writeTimeout, closeTimeout, keepAlive, unsolicitedPong, frameSize);
    }
}
