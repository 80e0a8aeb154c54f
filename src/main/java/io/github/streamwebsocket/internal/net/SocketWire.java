package io.github.streamwebsocket.internal.net;

import io.github.streamwebsocket.BandwidthStatistics;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A wire over a connected socket, or over the TLS socket that lies on it. */
public final class SocketWire implements Wire {
    /** The most that fits into one record of TLS (RFC 8446 5.1). */
    private static final int RECORD = 16_384;

    /** The TCP socket below everything. */
    private final Socket raw;

    /** The socket that is read and written: TLS over {@link #raw}, or the same. */
    private final Socket stream;

    /** What TLS writes to, null without TLS. */
    private final @Nullable RecordOutput belowTls;

    private final InputStream in;

    /** For reads without a timeout. */
    private final InputStream untimed;

    private final OutputStream out;
    private final InetSocketAddress localAddress;
    /** Made when there is something to measure, as the next. */
    private volatile @Nullable Throughput inbound;

    private volatile @Nullable Throughput outbound;
    /** Bytes read that are not measured yet, and up to how many may wait for that. For the reader only. */
    private int read;

    private int fewRead = Throughput.FEW;
    /** Bytes written that are not measured yet, and up to how many may wait for that. For the writer only. */
    private int written;

    private int fewWritten = Throughput.FEW;

    /** The read timeout as it was set last, so that a read without one sets nothing. For the reader only. */
    private int readTimeout;

    /**
     * Makes a wire that owns both sockets.
     *
     * @param raw the connected TCP socket
     * @param stream the TLS socket over it, whose handshake is done and whose close leaves {@code raw} open; or
     *     {@code raw} itself
     */
    public SocketWire(Socket raw, Socket stream) throws IOException {
        this.raw = raw;
        this.stream = stream;
        this.belowTls = !stream.equals(raw) && raw instanceof TimedSocket timed ? timed.recordOutput() : null;
        if (stream instanceof TimedSocket timed) {
            this.in = timed.timedInputStream();
            this.untimed = timed.untimedInputStream();
            this.out = timed.plainOutputStream();
        } else {
            this.in = stream.getInputStream();
            this.untimed = in;
            this.out = stream.getOutputStream();
        }
        this.localAddress = inet(raw.getLocalSocketAddress());
        this.readTimeout = stream.getSoTimeout();
    }

    private static InetSocketAddress inet(Object address) {
        return (InetSocketAddress) Objects.requireNonNull(address, "connected");
    }

    /** {@inheritDoc} A TLS stream cut off without close_notify ends like one with it: the frames above tell truncation. */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            int count = belowTls == null
                    ? (readTimeout == 0 ? untimed : in).read(buffer, offset, length)
                    : readTls(belowTls, buffer, offset, length);
            if (count > 0) {
                read += count;
                if (read >= fewRead) {
                    measureRead();
                }
            }
            return count;
        } catch (EOFException withoutCloseNotify) {
            return -1;
        }
    }

    private int readTls(RecordOutput below, byte[] buffer, int offset, int length) throws IOException {
        below.reader(Thread.currentThread());
        try {
            return in.read(buffer, offset, length);
        } finally {
            below.reader(null);
        }
    }

    private void measureRead() {
        long now = System.nanoTime();
        Throughput meter = inbound;
        if (meter == null) {
            meter = new Throughput(now);
            inbound = meter;
        }
        meter.transferred(read, now, now);
        read = 0;
        fewRead = meter.few();
    }

    @Override
    public void readTimeout(int millis) throws IOException {
        if (millis != 0 || readTimeout != 0) { // the same time anew counts from now on
            stream.setSoTimeout(millis);
            readTimeout = millis;
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        written += length;
        if (written < fewWritten) {
            put(buffer, offset, length);
        } else {
            long started = System.nanoTime();
            put(buffer, offset, length);
            measureWritten(started);
        }
    }

    private void put(byte[] buffer, int offset, int length) throws IOException {
        if (belowTls == null || length <= RECORD) {
            out.write(buffer, offset, length);
        } else {
            belowTls.together(out, buffer, offset, length);
        }
    }

    private void measureWritten(long started) {
        Throughput meter = outbound;
        if (meter == null) {
            meter = new Throughput(started);
            outbound = meter;
        }
        meter.transferred(written, started, System.nanoTime());
        written = 0;
        fewWritten = meter.few();
    }

    @Override
    public void endOutput() throws IOException {
        try {
            if (!stream.equals(raw)) {
                stream.close();
            }
        } finally {
            raw.shutdownOutput();
        }
    }

    @Override
    public void drain(int limit, int timeoutMillis) throws IOException {
        try {
            LingeringClose.drain(raw, limit, timeoutMillis);
        } finally {
            readTimeout = -1;
        }
    }

    @Override
    public void abort() {
        try {
            raw.close();
        } catch (IOException gone) {
            // Closed is closed.
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return inet(raw.getRemoteSocketAddress()); // which a closed socket still knows, unlike the local one
    }

    /** {@inheritDoc} Counts what is read and written here: the frames, without what TLS and TCP add. */
    @Override
    public BandwidthStatistics bandwidthStatistics() {
        Throughput sent = outbound;
        Throughput received = inbound;
        return new BandwidthStatistics(
                sent == null ? 0 : sent.bitsPerSecond(),
                received == null ? 0 : received.bitsPerSecond(),
                sent == null ? 0 : sent.instability(),
                received == null ? 0 : received.instability(),
                false,
                false);
    }
}
