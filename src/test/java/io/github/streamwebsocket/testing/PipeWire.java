package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.internal.net.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One end of a bounded pipe in memory that behaves like a TCP connection: a writer gets stuck when the other end does
 * not read, {@link #abort()} frees a stuck reader and writer, interruption closes the socket of a virtual thread. Can
 * stall, delay and cut what this end sends.
 */
public final class PipeWire implements Wire {
    /** More than a test writes without reading. */
    public static final int ROOMY = 1 << 20;

    private final ReentrantLock lock;
    private final Pipe in;
    private final Pipe out;
    private final int port;

    private volatile int timeoutMillis;
    private volatile boolean endOutputHangs;
    private volatile @Nullable Error readError;
    private volatile @Nullable Error writeError;
    private final CountDownLatch aborting = new CountDownLatch(1);
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final AtomicInteger timeoutsSet = new AtomicInteger();

    private PipeWire(ReentrantLock lock, Pipe in, Pipe out, int port) {
        this.lock = lock;
        this.in = in;
        this.out = out;
        this.port = port;
    }

    /** Makes both ends of a pipe that takes this many bytes in each direction before a writer gets stuck. */
    public static PipeWire[] pair(int capacity) {
        ReentrantLock lock = new ReentrantLock();
        Pipe there = new Pipe(lock, capacity);
        Pipe back = new Pipe(lock, capacity);
        return new PipeWire[] {new PipeWire(lock, back, there, 1), new PipeWire(lock, there, back, 2)};
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        reads.incrementAndGet();
        raise(readError);
        return in.read(buffer, offset, length, timeoutMillis, this::abort);
    }

    /** From now on reads that begin end with this, as when the memory is exhausted. */
    public void failReads(Error error) {
        readError = error;
    }

    /** From now on writes end with this. */
    public void failWrites(Error error) {
        writeError = error;
    }

    private static void raise(@Nullable Error error) {
        if (error != null) {
            throw error;
        }
    }

    @Override
    public void readTimeout(int millis) {
        if (millis != timeoutMillis) {
            timeoutsSet.incrementAndGet();
            timeoutMillis = millis;
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        writes.incrementAndGet();
        raise(writeError);
        out.write(buffer, offset, length, this::abort);
    }

    @Override
    public void endOutput() throws IOException {
        if (endOutputHangs) {
            try {
                aborting.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        locked(() -> {
            if (!aborted()) {
                out.finish();
                out.failWrites("Socket output is shutdown");
            }
        });
        if (aborted()) {
            throw new SocketException("Socket closed");
        }
    }

    @Override
    public void drain(int limit, int timeoutMillis) throws IOException {
        byte[] dropped = new byte[8192];
        try {
            for (int count = 0, total = 0; count >= 0 && total < limit; total += count) {
                count = in.read(dropped, 0, dropped.length, timeoutMillis, this::abort);
            }
        } catch (SocketTimeoutException e) {
            // The peer has said nothing for long enough.
        }
    }

    @Override
    public void abort() {
        locked(() -> {
            if (!aborted()) {
                aborting.countDown();
                boolean unread = in.closeReader();
                out.closeWriter(unread);
            }
        });
    }

    @Override
    public InetSocketAddress localAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 3 - port);
    }

    /** What this end writes does not arrive until {@link #resume()}. */
    public void stall() {
        locked(() -> out.stall(true));
    }

    public void resume() {
        locked(() -> out.stall(false));
    }

    /** What this end writes from now on arrives this much later. */
    public void delay(Duration time) {
        locked(() -> out.delay(time.toNanos()));
    }

    /** The connection breaks: writes of both ends fail at once, reads behind what has been written before. */
    public void cut() {
        locked(() -> {
            in.failWrites("Broken pipe");
            out.failWrites("Broken pipe");
            in.breakBehind("Connection reset");
            out.breakBehind("Connection reset");
        });
    }

    /** From now on writes of this end fail, while what the other end has written and writes can be read. */
    public void breakOutput() {
        locked(() -> out.failWrites("Broken pipe"));
    }

    /** {@link #endOutput()} gets stuck until {@link #abort()}, as a close_notify can. */
    public void hangEndOutput() {
        endOutputHangs = true;
    }

    public boolean aborted() {
        return aborting.getCount() == 0;
    }

    /** Whether a thread is in {@link #read}, waiting for bytes. */
    public boolean readerWaits() {
        return ask(in::readerWaits) && unread() == 0;
    }

    /** Whether a thread is stuck in {@link #write}. */
    public boolean writerWaits() {
        return ask(out::writerWaits);
    }

    /** How many bytes have been written to this end and not read. */
    public int unread() {
        lock.lock();
        try {
            return in.held();
        } finally {
            lock.unlock();
        }
    }

    public int reads() {
        return reads.get();
    }

    public int writes() {
        return writes.get();
    }

    /** How often the read timeout was changed. */
    public int timeoutsSet() {
        return timeoutsSet.get();
    }

    /** Waits two seconds at the most until a thread is stuck in {@link #write}. */
    public void awaitWriterStuck() {
        Soon.that("a writer is stuck", this::writerWaits);
    }

    /** Waits two seconds at the most until a thread waits in {@link #read}. */
    public void awaitReader() {
        Soon.that("a reader waits", this::readerWaits);
    }

    private boolean ask(BooleanSupplier question) {
        lock.lock();
        try {
            return question.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Milliseconds as the tests write them. */
    static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
