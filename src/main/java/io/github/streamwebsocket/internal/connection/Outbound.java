package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.ClosePayload;
import io.github.streamwebsocket.internal.frame.FrameEncoder;
import io.github.streamwebsocket.internal.frame.FrameHeader;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.internal.message.FrameSink;
import io.github.streamwebsocket.internal.net.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The way out: one frame at a time, and between them the control frames that are owed. The reader only notes what is
 * owed, as two sides that both send without reading must not deadlock on a ping; whoever holds the frame lock pays after
 * its frame and looks again after unlocking. If nobody holds it, a short virtual thread pays.
 */
final class Outbound implements FrameSink {
    private static final AtomicIntegerFieldUpdater<Outbound> PAYER_STARTED =
            AtomicIntegerFieldUpdater.newUpdater(Outbound.class, "payerStarted");
    private static final AtomicReferenceFieldUpdater<Outbound, byte @Nullable []> PONG_OWED =
            AtomicReferenceFieldUpdater.newUpdater(Outbound.class, byte[].class, "pongOwed");

    private static final byte[] EMPTY = {};
    /** How long a failed write waits for the reading side to find the Close frame that tells why. */
    private static final Duration REASON_WAIT = Duration.ofMillis(250);

    private final Wire wire;
    private final Ending ending;
    private final Role role;
    private final ReentrantLock frameLock = new ReentrantLock();
    /** 1 from when a payer is started until it runs. */
    private volatile int payerStarted;

    /** The payload of the newest ping; older ones need no answer (RFC 6455 5.5.3). */
    private volatile byte @Nullable [] pongOwed;

    private volatile boolean pingOwed;
    private volatile long pingsSent;
    /** When the write under way began, in nanoseconds of System.nanoTime; 0 when there is none. For the write watch. */
    private volatile long writingSince;

    private final boolean watched;

    /**
     * Makes the way out of a connection.
     *
     * @param watched whether the start of each write is noted, for the write timeout
     */
    Outbound(Wire wire, Ending ending, Role role, boolean watched) {
        this.wire = wire;
        this.ending = ending;
        this.role = role;
        this.watched = watched;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        lock();
        try {
            ending.checkSendable();
            writeToWire(bytes, offset, length);
            payOwed();
        } finally {
            frameLock.unlock();
            // Also when nothing could be written: a Close may be owed that others left to the holder of the lock.
            // The payer sends it: in a flood of pings this thread would never get away.
            nudge();
        }
    }

    @Override
    public IOException ended() {
        return ending.exception();
    }

    /** Notes that a Pong with this payload is owed, in place of any older one, and sees to it that it is sent. */
    void owePong(byte[] payload) {
        pongOwed = payload;
        nudge();
    }

    /** Notes that a Pong nobody asked for is owed, unless an answer is owed anyway. */
    void oweUnsolicitedPong() {
        PONG_OWED.compareAndSet(this, null, EMPTY);
        nudge();
    }

    void owePing() {
        pingOwed = true;
        nudge();
    }

    /** How many pings are on the wire: one that is owed behind a long frame has not been asked yet. */
    long pingsSent() {
        return pingsSent;
    }

    long writingSince() {
        return writingSince;
    }

    /** Sees to it that what is owed is sent by somebody who may block. */
    void nudge() {
        if (owes() && !frameLock.isLocked() && PAYER_STARTED.compareAndSet(this, 0, 1)) {
            boolean started = false;
            try {
                Thread.ofVirtual().name("websocket-payer").start(() -> {
                    payerStarted = 0;
                    pay();
                });
                started = true;
            } finally {
                if (!started) {
                    payerStarted = 0; // the next who owes something tries again
                }
            }
        }
    }

    /** Sends what is owed, unless somebody else is at it or about to be, who will look again. */
    private void pay() {
        while (owes() && !frameLock.hasQueuedThreads() && frameLock.tryLock()) {
            try {
                payOwed();
            } catch (IOException e) {
                return; // noted in the ending, from where every caller learns of it
            } catch (RuntimeException | Error e) {
                ending.broke(Faults.failed("sending a control frame", e)); // which it is too late to send
                throw e;
            } finally {
                frameLock.unlock();
            }
        }
    }

    private boolean owes() {
        return ending.closeOwed() || ((pongOwed != null || pingOwed) && ending.open());
    }

    /** Sends what is owed; with the frame lock. The Close goes last: nothing may follow it (RFC 6455 5.5.1). */
    private void payOwed() throws IOException {
        if (ending.open()) {
            byte[] pong = pongOwed == null ? null : PONG_OWED.getAndSet(this, null);
            if (pong != null) {
                writeControl(Opcode.PONG, pong);
            }
            if (pingOwed) {
                pingOwed = false;
                writeControl(Opcode.PING, EMPTY);
                countPing();
            }
        }
        ClosePayload close = ending.takeOwed();
        if (close != null) {
            writeControl(Opcode.CLOSE, close.encode());
            ending.sent();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // under the frame lock
    private void countPing() {
        pingsSent++;
    }

    private void writeControl(Opcode opcode, byte[] payload) throws IOException {
        byte[] frame = new byte[FrameHeader.MAX_LENGTH + payload.length];
        System.arraycopy(payload, 0, frame, FrameHeader.MAX_LENGTH, payload.length);
        int start = FrameEncoder.ofControl(role).encode(frame, FrameHeader.MAX_LENGTH, payload.length, opcode, true);
        writeToWire(frame, start, frame.length - start);
    }

    private void writeToWire(byte[] bytes, int offset, int length) throws IOException {
        if (watched) {
            writingSince = System.nanoTime() | 1; // never 0
        }
        try {
            wire.write(bytes, offset, length);
        } catch (IOException e) {
            throw broke(Faults.of(e, "writing"));
        } finally {
            if (watched) {
                writingSince = 0;
            }
        }
    }

    private WebSocketException broke(WebSocketException fault) {
        ending.writingBroke(fault);
        ending.awaitReason(REASON_WAIT);
        return ending.exception();
    }

    private void lock() throws WebSocketException {
        if (frameLock.tryLock()) {
            return;
        }
        try {
            frameLock.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            WebSocketException fault = Faults.interrupted("waiting to write", e);
            ending.broke(fault);
            throw ending.exception();
        }
    }
}
