package io.github.streamwebsocket.jmh.peer;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The frames of a client (RFC 6455 5.2), read in one buffer of which nothing is copied but what is asked for. */
final class FrameInput implements Closeable {
    /** Room for the largest control frame, which is all that an idle connection sees. */
    static final int SMALL = 140;

    private static final int CLOSE = 8;
    private static final int PING = 9;

    /** Takes the answer to a control frame to the client. */
    @FunctionalInterface
    interface Answers {
        /** @param close whether it is a Close frame */
        void answer(ByteBuffer frame, boolean close) throws IOException;
    }

    private final PeerChannel channel;
    private final boolean borrowed;
    /** What has come and was not read, from position to limit. */
    private final ByteBuffer buffer;

    private Answers answers;

    private boolean fin = true;
    private int opcode;
    private long remaining;
    private int key;

    /** Reads much at a time. */
    FrameInput(PeerChannel channel, ByteBuffer leftover) {
        this(channel, channel.pool().borrow().put(leftover).flip(), true);
    }

    /** Reads little at a time, and takes little memory. */
    FrameInput(PeerChannel channel, ByteBuffer leftover, int size) {
        this(
                channel,
                ByteBuffer.allocate(Math.max(size, leftover.remaining()))
                        .put(leftover)
                        .flip(),
                false);
    }

    private FrameInput(PeerChannel channel, ByteBuffer buffer, boolean borrowed) {
        this.channel = channel;
        this.buffer = buffer;
        this.borrowed = borrowed;
        this.answers = (frame, close) -> channel.write(frame);
    }

    /** Sends answers in this way from now on, not by itself: for a session that also writes on another thread. */
    void answerBy(Answers other) {
        answers = other;
    }

    /** Reads the next header of a data frame, and answers control frames before it. False once the client closes. */
    boolean nextData() throws IOException {
        while (true) {
            boolean midMessage = !fin;
            header();
            if (opcode < CLOSE) {
                if ((opcode == 0) != midMessage || opcode > 2) {
                    throw new ProtocolError(
                            "unexpected opcode " + opcode + (midMessage ? " inside" : " between") + " messages");
                }
                return true;
            }
            if (!fin || remaining > 125) {
                throw new ProtocolError("a control frame of more than one frame or 125 bytes");
            }
            fin = !midMessage;
            if (!control()) {
                return false;
            }
        }
    }

    private void header() throws IOException {
        need(2);
        int first = buffer.get(buffer.position());
        int second = buffer.get(buffer.position() + 1);
        if ((first & 0x70) != 0 || (second & 0x80) == 0) {
            throw new ProtocolError("a frame with a reserved bit or without a mask");
        }
        fin = (first & 0x80) != 0;
        opcode = first & 0xF;
        int length = second & 0x7F;
        need(length < 126 ? 6 : length == 126 ? 8 : 14);
        buffer.position(buffer.position() + 2);
        remaining = length < 126 ? length : length == 126 ? buffer.getShort() & 0xFFFF : buffer.getLong();
        key = buffer.getInt();
    }

    /** Answers what the client says beside its data. False if that is Close. */
    private boolean control() throws IOException {
        int count = (int) remaining;
        need(count);
        ByteBuffer frame = ByteBuffer.allocate(2 + count);
        frame.put((byte) (0x80 | (opcode == PING ? PING + 1 : opcode))).put((byte) count);
        unmask(frame, count);
        boolean close = opcode == CLOSE;
        if (close || opcode == PING) {
            answers.answer(frame.flip(), close);
        }
        return !close;
    }

    int opcode() {
        return opcode;
    }

    /** Whether the frame is the last of its message. */
    boolean fin() {
        return fin;
    }

    /** How many bytes of the frame's payload were not read. */
    long remaining() {
        return remaining;
    }

    /** Returns how many bytes of the payload are there: at least one, if any remains. */
    int available() throws IOException {
        if (remaining == 0) {
            return 0;
        }
        if (!buffer.hasRemaining()) {
            need(1);
        }
        return (int) Math.min(remaining, buffer.remaining());
    }

    /** Passes over bytes of the payload that are there. */
    void skip(int count) {
        buffer.position(buffer.position() + count);
        remaining -= count;
        key = Integer.rotateLeft(key, 8 * (count & 3));
    }

    /** Passes over all of the payload. */
    void skipPayload() throws IOException {
        while (remaining > 0) {
            skip(available());
        }
    }

    /** Puts bytes of the payload that are there into the target as they were before they were masked. */
    void unmask(ByteBuffer target, int count) {
        long wide = (key & 0xFFFF_FFFFL) << 32 | (key & 0xFFFF_FFFFL);
        int from = buffer.position();
        int to = target.position();
        int i = 0;
        for (; i + 8 <= count; i += 8) {
            target.putLong(to + i, buffer.getLong(from + i) ^ wide);
        }
        for (; i < count; i++) {
            target.put(to + i, (byte) (buffer.get(from + i) ^ key >>> 24 - 8 * (i & 3)));
        }
        target.position(to + count);
        skip(count);
    }

    private void need(int count) throws IOException {
        while (buffer.remaining() < count) {
            buffer.compact();
            int read = channel.read(buffer);
            buffer.flip();
            if (read < 0) {
                throw new EOFException("the client has left");
            }
        }
    }

    @Override
    public void close() {
        if (borrowed) {
            channel.pool().giveBack(buffer);
        }
    }
}
