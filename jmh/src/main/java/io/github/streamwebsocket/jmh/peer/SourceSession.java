package io.github.streamwebsocket.jmh.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;

/** Sends as fast as the client takes it, from a buffer made beforehand, and sees on another thread when it closes. */
final class SourceSession {
    private static final byte CLOSE = (byte) 0x88;
    private static final ByteBuffer GONE = ByteBuffer.allocate(0);

    private final PeerChannel channel;
    private final FrameInput input;
    private final int size;
    private final boolean fragments;
    private final long count;
    private final int headerLength;

    /** Frames in one write; 0 if it takes more than one write for a frame. */
    private final int framesInUnit;
    /** Whole frames, or the header of a frame and as many periods of its payload as are written at once. */
    private final ByteBuffer unit;

    private final LinkedBlockingQueue<ByteBuffer> answers = new LinkedBlockingQueue<>();
    private final CountDownLatch readerEnded = new CountDownLatch(1);
    private volatile ProtocolError error;

    /**
     * Makes a session.
     *
     * @param size of each message or fragment
     * @param fragments whether there is one message that never ends, in fragments
     * @param count how many messages or fragments there are
     */
    private SourceSession(PeerChannel channel, FrameInput input, int size, boolean fragments, long count) {
        this.channel = channel;
        this.input = input;
        this.size = size;
        this.fragments = fragments;
        this.count = count;
        headerLength = Frames.headerLength(size);
        int frame = headerLength + size;
        framesInUnit = frame > PeerChannel.SIZE ? 0 : Math.round((float) PeerChannel.SIZE / frame);
        if (framesInUnit == 0) {
            int periods = PeerChannel.SIZE / Payload.PERIOD;
            unit = channel.allocate(headerLength + periods * Payload.PERIOD);
            Frames.putHeader(unit, !fragments, fragments ? Frames.CONTINUATION : Frames.BINARY, size);
            Payload.put(unit, periods * Payload.PERIOD);
        } else {
            unit = channel.allocate(framesInUnit * frame);
            for (int i = 0; i < framesInUnit; i++) {
                Frames.putHeader(unit, !fragments, fragments ? Frames.CONTINUATION : Frames.BINARY, size);
                Payload.put(unit, size);
            }
        }
    }

    static SourceSession of(PeerChannel channel, FrameInput input, OpeningHandshake opening) {
        int fragment = (int) opening.number("fragments", 0);
        int size = fragment > 0 ? fragment : (int) opening.number("size", 0);
        return new SourceSession(channel, input, size, fragment > 0, opening.number("count", Long.MAX_VALUE));
    }

    /** Sends until the client has closed. */
    void run(Executor threads) throws IOException {
        input.answerBy((frame, close) -> answers.add(frame));
        threads.execute(this::read);
        try {
            write();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts", e);
        } finally {
            channel.close(); // which ends the reader, whose buffer is given to others after this
            awaitReader();
        }
        if (error != null) {
            throw error;
        }
    }

    private void read() {
        try {
            while (input.nextData()) {
                input.skipPayload();
            }
        } catch (ProtocolError e) {
            error = e;
        } catch (IOException gone) {
            // The writer hears of it.
        } finally {
            answers.add(GONE);
            readerEnded.countDown();
        }
    }

    private void awaitReader() {
        try {
            readerEnded.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts", e);
        }
    }

    private void write() throws IOException, InterruptedException {
        long sent = 0;
        while (true) {
            ByteBuffer answer = sent < count ? answers.poll() : answers.take();
            if (answer == null) {
                boolean first = fragments && sent == 0;
                unit.put(0, first ? (byte) Frames.BINARY : unit.get(0));
                sent += framesInUnit == 0 ? writeLarge() : writeUnit(Math.min(framesInUnit, count - sent));
                unit.put(0, first ? (byte) Frames.CONTINUATION : unit.get(0));
            } else if (answer == GONE) {
                return;
            } else {
                byte kind = answer.get(0);
                channel.write(answer);
                if (kind == CLOSE) {
                    return;
                }
            }
        }
    }

    private long writeUnit(long frames) throws IOException {
        channel.write(unit.clear().limit((int) frames * (headerLength + size)));
        return frames;
    }

    private long writeLarge() throws IOException {
        int payload = unit.capacity() - headerLength;
        channel.write(unit.clear());
        for (int left = size - payload; left > 0; left -= payload) {
            channel.write(unit.clear().position(headerLength).limit(headerLength + Math.min(left, payload)));
        }
        return 1;
    }
}
