package io.github.streamwebsocket.internal.message;

import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import java.io.IOException;
import java.util.function.Supplier;
import java.util.zip.Deflater;

/**
 * Decides which messages are compressed, and sends those (RFC 7692 7.2.1). Messages below the threshold go as they are.
 * Of a larger one the first buffer is tried: if that does not get smaller, as with photos and films, all of the message
 * goes as it is; and after each such message more of them go without the trial. For the holder of the right to send.
 */
final class MessageCompressor {
    /** Below this a trial says little: later messages may refer to what does not get smaller by itself. */
    private static final int LEAST_TRIAL = 4096;
    /** The part of its size by which a message must get smaller. */
    private static final int LEAST_GAIN = 16;
    /** At most 2 to this power of messages go without a trial. */
    private static final int MOST_MISSES = 6;

    private final MessageDeflater deflater;
    private final MessageFrames frames;
    private final FrameBuffer out;
    private final int frameSize;
    private final int threshold;

    private boolean active;
    private int misses;
    private int untried;

    MessageCompressor(
            Role role, DeflateParameters parameters, Supplier<Deflater> maker, MessageFrames frames, int frameSize) {
        this.deflater = new MessageDeflater(
                !parameters.noContextTakeover(role), parameters.windowBits(role), maker, frames::ended);
        this.threshold = parameters.threshold();
        this.frames = frames;
        this.frameSize = frameSize;
        this.out = new FrameBuffer(frameSize + MessageDeflater.LEAST_ROOM);
    }

    /** Whether a message of this length goes as it is. */
    boolean passes(int length) {
        return length < threshold;
    }

    /**
     * Decides about a message by its beginning.
     *
     * @param whole whether that is all of it
     * @return false if the message goes as it is; true if it is compressed, and {@link #send} is to be called
     */
    boolean compresses(FrameBuffer beginning, boolean whole) throws IOException {
        int length = beginning.length();
        if (whole && passes(length)) {
            return false;
        }
        if (length < LEAST_TRIAL) {
            return true;
        }
        if (untried > 0) {
            untried--;
            return false;
        }
        if (!getsSmaller(beginning)) {
            misses = Math.min(misses + 1, MOST_MISSES);
            untried = (1 << misses) - 1;
            return false;
        }
        misses = 0;
        return true;
    }

    /** Compresses the beginning, unless that is in vain: then the deflater has seen what the peer has not, and forgets all. */
    private boolean getsSmaller(FrameBuffer beginning) throws IOException {
        int length = beginning.length();
        int most = length - length / LEAST_GAIN;
        active = true;
        beginning.giveTo(deflater);
        while (out.length() < most) {
            if (out.takeFrom(deflater, most - out.length(), true) == 0) {
                beginning.clear();
                return true;
            }
        }
        release();
        return false;
    }

    /**
     * Sends what is in the buffer, compressed, and empties it.
     *
     * @param flush whether to hold nothing back
     * @param fin whether the message ends here
     */
    void send(FrameBuffer buffer, boolean flush, boolean fin) throws IOException {
        active = true;
        buffer.giveTo(deflater);
        while (out.takeFrom(deflater, out.room(), flush || fin) > 0) {
            sendFull();
        }
        buffer.clear();
        if (fin) {
            end();
        } else if (flush && out.length() > 0) {
            frames.send(out, true, false);
        }
    }

    private void sendFull() throws IOException {
        if (out.length() > frameSize) {
            frames.sendFull(out, true, false);
        }
    }

    private void end() throws IOException {
        // Behind a full fragment at least as much is left as the tail is long, so it is never cut in two.
        if (out.length() >= MessageDeflater.TAIL.length) {
            out.removeLast(MessageDeflater.TAIL.length);
        } else {
            out.put((byte) 0); // all has left with a flush: an empty block without its tail (7.2.3.6)
        }
        frames.send(out, true, true);
        deflater.endMessage();
        active = false;
    }

    /** Drops what was not sent, of a message given up, and lets go of the array. */
    void release() {
        if (active) {
            deflater.reset(); // the peer will not see what later messages would refer to
            active = false;
        }
        out.release();
    }

    /** Frees the memory outside the heap. For any thread. */
    void close() {
        deflater.close();
    }
}
