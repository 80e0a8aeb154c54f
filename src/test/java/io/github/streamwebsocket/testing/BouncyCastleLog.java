package io.github.streamwebsocket.testing;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What BouncyCastle logs of each handshake and each connection that breaks, which in a test breaks on purpose. */
public final class BouncyCastleLog {
    /** Held so that the setting is not collected. */
    private static final Logger LOGGER = Logger.getLogger("org.bouncycastle");

    private BouncyCastleLog() {}

    public static void silence() {
        LOGGER.setLevel(Level.OFF);
    }
}
