package io.github.streamwebsocket.internal.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * Ends a TCP connection so that the peer gets our last bytes: half-close, read what still comes, close. A close with
 * unread bytes sends RST, which can destroy an alert or a Close frame on its way.
 */
public final class LingeringClose {

    private LingeringClose() {}

    /**
     * Half-closes the socket, drains it and closes it, whatever fails on the way. Blocks for as long as
     * {@link #drain} does.
     */
    public static void close(Socket raw, int limit, int timeoutMillis) {
        try (raw) {
            raw.shutdownOutput();
            drain(raw, limit, timeoutMillis);
        } catch (IOException gone) {
            // The connection is over, which is what was wanted.
        }
    }

    /**
     * Reads and drops what comes, until the end of the peer's data, {@code limit} bytes, or the timeout, which counts
     * for all reads together: a peer that sends a byte now and then must not hold the thread. Leaves SO_TIMEOUT
     * changed.
     */
    static void drain(Socket raw, int limit, int timeoutMillis) throws IOException {
        // not the stream for TLS, in which another thread may still be
        InputStream in = raw instanceof TimedSocket timed ? timed.timedInputStream() : raw.getInputStream();
        byte[] dropped = new byte[Math.min(limit, 8192)];
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        int left = limit;
        while (left > 0) {
            long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (millis <= 0) {
                return;
            }
            raw.setSoTimeout((int) millis);
            int count;
            try {
                count = in.read(dropped, 0, Math.min(left, dropped.length));
            } catch (SocketTimeoutException timeIsUp) {
                return;
            }
            if (count < 0) {
                return;
            }
            left -= count;
        }
    }
}
