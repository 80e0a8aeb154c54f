package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.WebSocketException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What the application does with the way in: each call takes the lease for as long as it needs it. */
final class Receiver implements MessageSource {
    /** How much of a message that nobody wants is dropped, and for how long, so that the next can be read. */
    private static final int DROP_BYTES = 1 << 20;

    private static final long DROP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final AtomicIntegerFieldUpdater<Receiver> RECEIVING =
            AtomicIntegerFieldUpdater.newUpdater(Receiver.class, "receiving");

    private final Inbound inbound;
    private final PeerFrames frames;
    private final Ending ending;
    private final Keeper keeper;
    private final Lease lease;
    /** 1 while a thread is in receive(). */
    private volatile int receiving;
    /** The message that was taken and not closed or read to its end; set under the lease, cleared also without it. */
    private volatile boolean open;
    /** The last read has brought the last bytes of its message; set under the lease. */
    private volatile boolean atEnd;

    Receiver(Inbound inbound, PeerFrames frames, Ending ending, Keeper keeper) {
        this.inbound = inbound;
        this.frames = frames;
        this.ending = ending;
        this.keeper = keeper;
        this.lease = inbound.lease();
    }

    /** Small, so that the JIT sees the message together with what the caller does with it and may spare the object. */
    @Nullable
    IncomingMessage receive() throws IOException {
        SocketMessageType type = open();
        return type == null ? null : new MessageInput(this, type);
    }

    /** Waits for the next message and opens it. Returns its type; null at the end of all messages in good order. */
    private @Nullable SocketMessageType open() throws IOException {
        if (!RECEIVING.compareAndSet(this, 0, 1)) {
            throw new IllegalStateException("expected one receive() at a time but another thread is in it");
        }
        try {
            checkNoneOpen(); // before the wait, which a reader inside the open message could make long
            long deadline = take();
            try {
                checkNoneOpen();
                SocketMessageType type = inbound.nextMessage(deadline);
                open = type != null;
                return type;
            } finally {
                lease.release();
            }
        } finally {
            receiving = 0;
        }
    }

    @Override
    public @Nullable IncomingMessage next() throws IOException {
        return receive();
    }

    @Override
    public boolean atEnd() {
        return atEnd;
    }

    private void checkNoneOpen() {
        if (open) {
            throw new IllegalStateException(
                    "expected the last message to be read to its end or closed before the next is received");
        }
    }

    /** Reads a section of the message that is open; -1 at its end, which closes it. */
    int read(byte[] buffer, int offset, int length) throws IOException {
        long deadline = take();
        try {
            int count = inbound.read(buffer, offset, length, deadline);
            atEnd = inbound.atEnd();
            if (count < 0) {
                open = false;
            }
            return count;
        } finally {
            lease.release();
        }
    }

    /** Reads a section of the next message, whichever it is; -1 at the end of all messages in good order. */
    int readAny(byte[] buffer, int offset, int length) throws IOException {
        long deadline = take();
        try {
            while (true) {
                int count = inbound.read(buffer, offset, length, deadline);
                if (count > 0 || inbound.nextMessage(deadline) == null) {
                    return count;
                }
            }
        } finally {
            lease.release();
        }
    }

    /** How many bytes a read of the message that is open gives without waiting. */
    int available() {
        return ask(inbound::available);
    }

    /** How many bytes a read of any message gives without waiting. */
    int availableOfAny() {
        return ask(inbound::availableOfAny);
    }

    private int ask(IntSupplier question) {
        if (!lease.tryTake()) {
            return 0; // a read under way takes what is there
        }
        try {
            return question.getAsInt();
        } finally {
            lease.release(); // as a reader does: the keeper may have gone to sleep behind this look
        }
    }

    /** Gives up the message that is open: drops what is left if that is little, otherwise aborts the connection. */
    void closeMessage() {
        if (ending.underWay()) {
            open = false; // what is left is dropped on the way to the end, which this must not cut short
            return;
        }
        try {
            long deadline = System.nanoTime() + DROP_NANOS | 1;
            if (!takeBefore(deadline)) {
                abort();
                return;
            }
            try {
                open = false;
                int dropped = 0;
                for (int count = 0; count >= 0; count = inbound.skip(deadline)) {
                    dropped += count;
                    if (dropped > DROP_BYTES || System.nanoTime() - deadline > 0) {
                        abort();
                        return;
                    }
                }
            } finally {
                lease.release();
            }
        } catch (IOException e) {
            abort();
        }
    }

    /** From now on all that comes is dropped, by the keeper. */
    void dropAll() {
        inbound.drop();
        keeper.wake();
    }

    /** Drops all that comes up to the peer's Close, or waits for the reader who does. */
    void dropToClose() throws IOException {
        takeBefore(0);
        try {
            inbound.dropToClose();
        } finally {
            lease.release();
        }
    }

    private void abort() {
        if (!ending.underWay()) {
            ending.broke(
                    Faults.aborted("an incoming message was closed before its end, with too much of it left to drop"));
        }
    }

    private long take() throws WebSocketException {
        if (ending.failed()) {
            throw ending.exception(); // not after the wait for whoever still drops data on the way to the end
        }
        long deadline = frames.deadline();
        if (!takeBefore(deadline)) {
            throw frames.timeout();
        }
        return deadline;
    }

    private boolean takeBefore(long deadline) throws WebSocketException {
        try {
            return lease.take(deadline == 0 ? 0 : Math.max(1, deadline - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ending.broke(Faults.interrupted("waiting to read", e));
            throw ending.exception();
        }
    }
}
