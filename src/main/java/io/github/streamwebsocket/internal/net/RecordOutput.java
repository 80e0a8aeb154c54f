package io.github.streamwebsocket.internal.net;

import io.github.streamwebsocket.internal.Monitors;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What TLS writes its records to. Those of one long write are gathered and leave together, as a write of the socket takes
 * longer than the copy it spares. What TLS answers from inside a read, an alert, is given a short time: a peer that reads
 * nothing would hold the reader by that. Records leave in the order in which TLS hands them over.
 */
final class RecordOutput extends OutputStream {
    /** How long an answer of TLS may take if the peer does not read. */
    private static final int ANSWER_MILLIS = 1000;

    private static final int RECORDS = 4;
    private static final byte[] NONE = {};

    private final OutputStream out;

    /** Guards the array and its count, and the order of what is written. */
    private final ReentrantLock lock = new ReentrantLock();

    private final KeptArray kept = new KeptArray(RECORDS * RecordInput.RECORD);
    private byte[] gathered = NONE;
    private int count;

    /** The thread that is inside a read of TLS. */
    private volatile @Nullable Thread reader;

    /** @param out the socket's */
    RecordOutput(OutputStream out) {
        this.out = out;
    }

    /** Tells which thread is inside a read of TLS from now on; null when none is any more. */
    void reader(@Nullable Thread thread) {
        reader = thread;
    }

    /**
     * Writes to TLS, whose records leave together.
     *
     * @param tls which writes to this
     */
    void together(OutputStream tls, byte[] buffer, int offset, int length) throws IOException {
        gather();
        try {
            tls.write(buffer, offset, length);
        } catch (IOException | RuntimeException | Error e) {
            releaseAfter(e);
            throw e;
        }
        release();
    }

    /** The records that were made before have their numbers, so they go all the same. */
    private void releaseAfter(Throwable fault) {
        try {
            release();
        } catch (IOException gone) {
            fault.addSuppressed(gone);
        }
    }

    private void gather() {
        lock.lock();
        try {
            gathered = kept.take();
        } finally {
            lock.unlock();
        }
    }

    private void release() throws IOException {
        lock.lock();
        try {
            writeGathered();
        } finally {
            gathered = NONE;
            lock.unlock();
        }
    }

    private void writeGathered() throws IOException {
        int length = count;
        count = 0; // also if it fails: a part may have left
        if (length > 0) {
            out.write(gathered, 0, length);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        if (Thread.currentThread() == reader) {
            answer(Arrays.copyOfRange(buffer, offset, offset + length));
            return;
        }
        lock.lock();
        try {
            if (length > gathered.length - count) {
                writeGathered();
            }
            if (length > gathered.length) {
                out.write(buffer, offset, length);
            } else {
                System.arraycopy(buffer, offset, gathered, count, length);
                count += length;
            }
        } finally {
            lock.unlock();
        }
    }

    private void answer(byte[] record) throws IOException {
        FutureTask<@Nullable Void> write = new FutureTask<>(() -> {
            lock.lock();
            try {
                writeGathered();
                out.write(record);
            } finally {
                lock.unlock();
            }
            return null;
        });
        try {
            Monitors.free().name("websocket-tls-answer").start(write); // which the end of the socket ends
        } catch (RuntimeException | Error e) { // the record has its number, so without it all later ones are wrong
            throw new IOException("expected a thread for an answer of TLS but got none", e);
        }
        try {
            write.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("expected the peer to take an answer of TLS within " + ANSWER_MILLIS + " ms", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException fault ? fault : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while answering a message of TLS", e);
        }
    }

    /** Nothing waits here unless it is to. */
    @Override
    public void flush() {}

    @Override
    public void close() throws IOException {
        out.close();
    }
}
