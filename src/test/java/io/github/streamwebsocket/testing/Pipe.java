package io.github.streamwebsocket.testing;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One direction of a {@link PipeWire}: a bounded queue of bytes. The lock is that of both directions. */
final class Pipe {
    /** Bytes that were written together, and when they arrive, in nanoseconds of System.nanoTime. */
    private static final class Chunk {
        private final byte[] bytes;
        private final long due;

        Chunk(byte[] bytes, long due) {
            this.bytes = bytes;
            this.due = due;
        }
    }

    private final ReentrantLock lock;
    private final Condition changed;
    private final int capacity;
    private final Deque<Chunk> chunks = new ArrayDeque<>();

    // All guarded by the lock.
    private int taken;
    private int held;
    private boolean stalled;
    private long delayNanos;
    private boolean finished;
    private @Nullable String readFault;
    private @Nullable String faultBehind;
    private @Nullable String writeFault;
    private int readersWaiting;
    private int writersWaiting;

    Pipe(ReentrantLock lock, int capacity) {
        this.lock = lock;
        this.changed = lock.newCondition();
        this.capacity = capacity;
    }

    /** Reads what is there, or waits for it; {@code interrupted} runs when that ends a virtual thread's wait. */
    int read(byte[] buffer, int offset, int length, int timeoutMillis, Runnable interrupted) throws IOException {
        long deadline = timeoutMillis == 0 ? 0 : System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis) | 1;
        lock.lock();
        try {
            readersWaiting++;
            while (true) {
                if (readFault != null) {
                    throw new SocketException(readFault);
                }
                long wait = arrival();
                if (wait <= 0) {
                    return take(buffer, offset, length);
                }
                if (chunks.isEmpty() && !stalled) {
                    if (faultBehind != null) {
                        throw new SocketException(faultBehind);
                    }
                    if (finished) {
                        return -1;
                    }
                }
                long left = deadline == 0 ? Long.MAX_VALUE : deadline - System.nanoTime();
                if (left <= 0) {
                    throw new SocketTimeoutException("Read timed out");
                }
                await(Math.min(wait, left), interrupted);
            }
        } finally {
            readersWaiting--;
            lock.unlock();
        }
    }

    /** Writes all, waiting for room; {@code interrupted} runs when that ends a virtual thread's wait. */
    void write(byte[] buffer, int offset, int length, Runnable interrupted) throws IOException {
        lock.lock();
        try {
            for (int done = 0; done < length; ) {
                int room = capacity - held;
                if (writeFault != null) {
                    throw new SocketException(writeFault);
                } else if (room == 0) {
                    writersWaiting++;
                    try {
                        await(Long.MAX_VALUE, interrupted);
                    } finally {
                        writersWaiting--;
                    }
                } else {
                    int count = Math.min(room, length - done);
                    chunks.add(new Chunk(
                            Arrays.copyOfRange(buffer, offset + done, offset + done + count),
                            System.nanoTime() + delayNanos));
                    held += count;
                    done += count;
                    changed.signalAll();
                }
            }
            if (writeFault != null) {
                throw new SocketException(writeFault);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How long until bytes can be read: 0 or less for now. With the lock. */
    private long arrival() {
        Chunk first = chunks.peek();
        return first == null || stalled ? Long.MAX_VALUE : delayNanos == 0 ? 0 : first.due - System.nanoTime();
    }

    /** Takes from as many chunks as have arrived, as TCP does. With the lock. */
    private int take(byte[] buffer, int offset, int length) {
        int count = 0;
        while (count < length && arrival() <= 0) {
            byte[] bytes = chunks.getFirst().bytes;
            int part = Math.min(length - count, bytes.length - taken);
            System.arraycopy(bytes, taken, buffer, offset + count, part);
            count += part;
            taken += part;
            if (taken == bytes.length) {
                chunks.remove();
                taken = 0;
            }
        }
        held -= count;
        changed.signalAll();
        return count;
    }

    /** Waits like the JDK's sockets: interruption closes that of a virtual thread, and leaves a platform thread waiting. */
    @SuppressWarnings("WaitNotInLoop") // the callers loop
    private void await(long nanos, Runnable interrupted) throws SocketException {
        try {
            changed.awaitNanos(nanos);
        } catch (InterruptedException e) {
            if (Thread.currentThread().isVirtual()) {
                interrupted.run();
                Thread.currentThread().interrupt();
                throw new SocketException("Closed by interrupt");
            }
            changed.awaitUninterruptibly();
            Thread.currentThread().interrupt();
        }
    }

    // What follows is called with the lock.

    /** The writer has said all. */
    void finish() {
        finished = true;
        changed.signalAll();
    }

    /** The reader has gone away, and with it what it has not read. Tells whether there was something. */
    boolean closeReader() {
        boolean unread = held > 0;
        readFault = "Socket closed";
        failWrites("Broken pipe");
        chunks.clear();
        taken = 0;
        held = 0;
        return unread;
    }

    /** The writer has gone away; the reader learns of it behind what has been written. */
    void closeWriter(boolean reset) {
        failWrites("Socket closed");
        if (reset && !finished) {
            breakBehind("Connection reset");
        }
        finish();
    }

    void failWrites(String message) {
        writeFault = writeFault == null ? message : writeFault;
        changed.signalAll();
    }

    void breakBehind(String message) {
        faultBehind = message;
        changed.signalAll();
    }

    void stall(boolean on) {
        stalled = on;
        changed.signalAll();
    }

    void delay(long nanos) {
        delayNanos = nanos;
    }

    int held() {
        return held;
    }

    boolean readerWaits() {
        return readersWaiting > 0;
    }

    boolean writerWaits() {
        return writersWaiting > 0;
    }
}
