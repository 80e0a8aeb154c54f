package io.github.streamwebsocket.cli;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What of the logs is seen. BouncyCastle logs each handshake, and a refused certificate with its stack trace, to the standard
 * error; nobody has asked for that who did not say {@code --verbose}.
 */
final class Logging {
    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

    /** Kept, for the JDK forgets the level of a logger that nobody holds. */
    private static final Logger OURS = Logger.getLogger("io.github.streamwebsocket");

    private Logging() {}

    /** Sets the logging of the whole process. */
    static void configure(boolean verbose) {
        Logger root = Logger.getLogger("");
        if (!verbose) {
            root.setLevel(Level.OFF);
            return;
        }
        if (System.getProperty(FORMAT) == null) {
            System.setProperty(FORMAT, "%1$tT %4$s %5$s%6$s%n");
        }
        OURS.setLevel(Level.FINE);
        for (Handler handler : root.getHandlers()) {
            handler.setLevel(Level.FINE);
        }
    }
}
