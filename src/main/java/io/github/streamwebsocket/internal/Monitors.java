package io.github.streamwebsocket.internal;

/**
 * What monitors do to virtual threads. Before JDK 24 (JEP 491) one that waits inside a monitor keeps its carrier, and
 * BouncyCastle's TLS shakes hands and writes inside monitors: as many peers as there are processors that say nothing, or read
 * nothing, then stop all virtual threads, and with them whatever was to free them.
 */
public final class Monitors {
    private static final int HARMLESS = 24;

    private static final boolean KEEP_CARRIERS = Integer.getInteger("java.specification.version", HARMLESS) < HARMLESS;

    private Monitors() {}

    /** Makes threads that run also when monitors keep all carriers: virtual ones where none does. */
    public static Thread.Builder free() {
        return KEEP_CARRIERS ? Thread.ofPlatform().daemon() : Thread.ofVirtual();
    }
}
