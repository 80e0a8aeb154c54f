package io.github.streamwebsocket.internal.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * A TCP socket whose read timeout counts for all reads together, from when it is set until it is set again. One read of
 * TLS, or of a frame's header, is many reads here: with a timeout for each, a peer that sends a byte now and then would
 * hold the reader as long as it likes.
 */
public final class TimedSocket extends Socket {
    /** When reads must have ended, in nanoseconds of System.nanoTime; 0 for never. */
    private volatile long end;

    /** Makes a socket that is neither bound nor connected. */
    public TimedSocket() {}

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        super.setSoTimeout(millis);
        end = millis == 0 ? 0 : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) | 1;
    }

    /** The same stream for reads while no timeout is set, without a look at the time: one call less on the stack. */
    InputStream untimedInputStream() throws IOException {
        return super.getInputStream();
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                long until = end;
                if (until != 0) {
                    waitUntil(until);
                }
                return in.read(buffer, offset, length);
            }
        };
    }

    /** Leaves the next read what is left of the time, rounded up, as 0 would mean for ever. */
    private void waitUntil(long until) throws IOException {
        long left = until - System.nanoTime();
        if (left <= 0) {
            throw new SocketTimeoutException("Read timed out");
        }
        super.setSoTimeout((int) Math.min(TimeUnit.NANOSECONDS.toMillis(left + 999_999), Integer.MAX_VALUE));
    }
}
