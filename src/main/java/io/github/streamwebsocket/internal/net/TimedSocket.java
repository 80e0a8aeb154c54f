package io.github.streamwebsocket.internal.net;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket whose reader is never held longer than it allows. Its read timeout counts for all reads together, from when
 * it is set until it is set again. One read of TLS, or of a frame's header, is many reads here: with a timeout for each, a
 * peer that sends a byte now and then would hold the reader as long as it likes. Whoever asks for its streams as a socket's
 * gets those for TLS; who reads and writes it as it is has others.
 */
public final class TimedSocket extends Socket {
    /** When reads must have ended, in nanoseconds of System.nanoTime; 0 for never. */
    private volatile long end;

    private volatile @Nullable RecordInput records;
    private volatile @Nullable RecordOutput recordsOut;

    /** Makes a socket that is neither bound nor connected. */
    public TimedSocket() {}

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        super.setSoTimeout(millis);
        end = millis == 0 ? 0 : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) | 1;
    }

    /** The stream for reads without TLS. */
    InputStream timedInputStream() throws IOException {
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

    /** The same stream for reads while no timeout is set, without a look at the time: one call less on the stack. */
    InputStream untimedInputStream() throws IOException {
        return super.getInputStream();
    }

    /** The stream for writes without TLS. */
    OutputStream plainOutputStream() throws IOException {
        return super.getOutputStream();
    }

    /** {@inheritDoc} Gives the one for TLS, always the same, which may have read ahead. */
    @Override
    public InputStream getInputStream() throws IOException {
        RecordInput stream = records;
        if (stream == null) {
            stream = new RecordInput(timedInputStream());
            records = stream;
        }
        return stream;
    }

    /** {@inheritDoc} Gives the one for TLS, always the same. */
    @Override
    public OutputStream getOutputStream() throws IOException {
        return recordOutput();
    }

    RecordOutput recordOutput() throws IOException {
        RecordOutput stream = recordsOut;
        if (stream == null) {
            stream = new RecordOutput(super.getOutputStream());
            recordsOut = stream;
        }
        return stream;
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
