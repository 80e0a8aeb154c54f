package io.github.streamwebsocket.jmh.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * What has come by a library that calls a listener. The listener's thread only counts, and wakes the one thread that
 * waits when the count it waits for is reached. Nothing may come before the first is asked for, nor while what has come
 * is far ahead of what was asked for and nobody waits: so the pause between two measurements is a head start of
 * that much at the most over libraries that are read from. Libraries that can be asked for more are then not asked; the listener's thread of
 * others is held.
 */
final class Arrivals {
    private enum Use {
        UNDECIDED,
        COUNT,
        COLLECT
    }

    /** Bytes that may come before they are asked for: more than can come while the waiting thread wakes up. */
    private static final long AHEAD = 8 << 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicBoolean askLater = new AtomicBoolean(true);
    private final AtomicReference<Runnable> early = new AtomicReference<>();

    /** Asks the library for one more section; null if it sends them unasked. */
    private final Runnable asking;

    // Written by the listener's thread; the volatile write of bytes comes after the others and publishes them.
    private long messages;
    private long size;
    private long evenSize = -1;
    private long evenSince;
    private volatile long bytes;
    private volatile Thread held;
    private volatile Throwable failure;

    // Written by the thread that waits.
    private long takenMessages;
    private long takenBytes;
    private volatile Use use = Use.UNDECIDED;
    private volatile long allowed;
    private volatile long wantedMessages;
    private volatile long wantedBytes;
    private volatile Thread waiting;

    /** Set by the thread that waits, cleared by the listener's when it has a message or has thrown. */
    private volatile Consumer<ByteBuffer> consumer;

    private RuntimeException refusal; // before the clearing

    Arrivals(Runnable asking) {
        this.asking = asking;
    }

    /**
     * For the listener: whether the bytes themselves are asked for, so that collect() is to be called and not count().
     */
    boolean collecting() {
        if (use == Use.UNDECIDED) {
            hold();
        }
        return use == Use.COLLECT;
    }

    /** For the listener: a section of a message has come, or the whole of it. */
    void count(int length, boolean last) {
        size += length;
        if (last) {
            if (size != evenSize) {
                evenSize = size;
                evenSince = messages;
            }
            messages++;
            size = 0;
        }
        long total = bytes + length;
        bytes = total;
        Thread thread = waiting;
        if (thread != null) {
            if (reached()) {
                LockSupport.unpark(thread);
            }
        } else if (total > allowed && asking == null) {
            hold();
        }
    }

    /** For the listener: gives a section to the consumer, when there is one. */
    void collect(ByteBuffer section, boolean last) {
        if (consumer == null) {
            hold();
        }
        if (use != Use.COLLECT) {
            return;
        }
        try {
            consumer.accept(section);
        } catch (RuntimeException e) {
            refusal = e;
        }
        if (last || refusal != null) {
            consumer = null;
            LockSupport.unpark(waiting);
        }
    }

    /** For the listener of a library that had to be asked at once. */
    void askedAlready() {
        askLater.set(false);
    }

    /**
     * For such a listener, which is not to be held as its thread may be the one that connects: whether the section has
     * come before any is asked for; then the first who asks deals with it.
     */
    boolean tooEarly(Runnable dealing) {
        if (use != Use.UNDECIDED) {
            return false;
        }
        early.set(dealing);
        return use == Use.UNDECIDED || !early.compareAndSet(dealing, null);
    }

    /** For the listener of a library that can be asked, when it has dealt with a section. */
    void askForMore() {
        if (moreMayCome()) {
            asking.run();
        } else {
            askLater.set(true);
            if (moreMayCome()) {
                letMoreCome();
            }
        }
    }

    private boolean moreMayCome() {
        return switch (use) {
            case UNDECIDED -> false;
            case COUNT -> bytes <= allowed || waiting != null;
            case COLLECT -> consumer != null;
        };
    }

    /** For the listener: keeps its thread until more may come. */
    private void hold() {
        held = Thread.currentThread();
        while (!moreMayCome() && failure == null) {
            LockSupport.park(this);
        }
        held = null;
    }

    /** For the thread that waits: more may come again. */
    private void letMoreCome() {
        Thread thread = held;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
        Runnable dealing = early.get() == null ? null : early.getAndSet(null);
        if (dealing != null) {
            dealing.run();
        } else if (asking != null && askLater.get() && askLater.compareAndSet(true, false)) {
            asking.run();
        }
    }

    /** For the listener: nothing more can come, because of this. */
    void failed(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
        LockSupport.unpark(waiting);
    }

    /** For the listener: the connection has ended. */
    void ended() {
        failed(new EOFException("the connection has ended"));
        ended.countDown();
    }

    /** See {@link BenchConnection#receive}. */
    void take(int count, int each) throws IOException {
        long since = takenMessages;
        takenMessages += count;
        takenBytes += (long) count * each;
        await(takenMessages, 0);
        if (evenSince > since || evenSize != each) {
            throw new IOException("expected messages of " + each + " bytes but one has " + evenSize);
        }
    }

    /** See {@link BenchConnection#receiveSections}. */
    void takeBytes(long count) throws IOException {
        takenBytes += count;
        await(0, takenBytes);
    }

    /** See {@link BenchConnection#receiveInto}. */
    void takeInto(Consumer<ByteBuffer> sections) throws IOException {
        if (use == Use.COUNT) {
            throw new IllegalStateException("expected receiveInto from the first message on");
        }
        waiting = Thread.currentThread();
        consumer = sections;
        use = Use.COLLECT;
        letMoreCome();
        while (consumer != null && failure == null) {
            LockSupport.park(this);
        }
        waiting = null;
        if (refusal != null) {
            throw refusal;
        }
        if (consumer != null) {
            checkNotFailed();
        }
    }

    /** Lets all that still comes pass. */
    void finish() {
        allowed = Long.MAX_VALUE;
        use = Use.COUNT;
        letMoreCome();
    }

    /** Waits for the end; false if it does not come. */
    boolean awaitEnd() throws InterruptedException {
        return ended.await(10, TimeUnit.SECONDS);
    }

    private void await(long untilMessages, long untilBytes) throws IOException {
        if (use == Use.COLLECT) {
            throw new IllegalStateException("expected receiveInto until the end");
        }
        allowed = takenBytes + AHEAD;
        use = Use.COUNT;
        letMoreCome();
        wantedMessages = untilMessages;
        wantedBytes = untilBytes;
        if (!reached()) {
            waiting = Thread.currentThread();
            while (!reached()) {
                checkNotFailed();
                LockSupport.park(this);
            }
            waiting = null;
        }
    }

    /** Bytes come first: reading them makes sure that the messages seen are as new. */
    private boolean reached() {
        return bytes >= wantedBytes && messages >= wantedMessages;
    }

    private void checkNotFailed() throws IOException {
        if (failure != null) {
            throw new IOException("expected more to come: " + failure, failure);
        }
    }
}
