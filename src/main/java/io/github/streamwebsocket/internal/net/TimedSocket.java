package io.github.streamwebsocket.internal.net;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A TCP socket whose reader is never held longer than it allows. Its read timeout counts for all reads together, from when
 * it is set until it is set again. One read of TLS, or of a frame's header, is many reads here: with a timeout for each, a
 * peer that sends a byte now and then would hold the reader as long as it likes. And what TLS answers from inside a read
 * is given a short time: a peer that reads nothing would hold the reader by that.
 */
public final class TimedSocket extends Socket {
    /** How long an answer of TLS may take, an alert, if the peer does not read. */
    private static final int ANSWER_MILLIS = 1000;

    /** When reads must have ended, in nanoseconds of System.nanoTime; 0 for never. */
    private volatile long end;

    /** The thread that is inside a read of TLS over this socket. */
    private volatile @Nullable Thread reader;

    /** Makes a socket that is neither bound nor connected. */
    public TimedSocket() {}

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        super.setSoTimeout(millis);
        end = millis == 0 ? 0 : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis) | 1;
    }

    /** Tells which thread is inside a read of TLS over this socket from now on; null when none is any more. */
    void reader(@Nullable Thread thread) {
        reader = thread;
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

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                if (Thread.currentThread() == reader) {
                    answer(Arrays.copyOfRange(buffer, offset, offset + length));
                } else {
                    out.write(buffer, offset, length);
                }
            }

            private void answer(byte[] record) throws IOException {
                FutureTask<@Nullable Void> write = new FutureTask<>(() -> {
                    out.write(record);
                    return null;
                });
                Thread.ofVirtual().name("websocket-tls-answer").start(write); // which the end of the socket ends
                try {
                    write.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    throw new IOException(
                            "expected the peer to take an answer of TLS within " + ANSWER_MILLIS + " ms", e);
                } catch (ExecutionException e) {
                    throw e.getCause() instanceof IOException fault ? fault : new IOException(e.getCause());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while answering a message of TLS", e);
                }
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
