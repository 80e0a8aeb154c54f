package io.github.streamwebsocket.internal.message;

import io.github.streamwebsocket.internal.frame.FrameEncoder;
import io.github.streamwebsocket.internal.frame.Opcode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Makes frames of messages (RFC 6455 5.4). The first fragment is held back until there is more than one buffer, a flush
 * or the end: a message that fits in one buffer is one unfragmented frame, and no empty frame follows a full one. For
 * the holder of the right to send.
 */
public final class MessageWriter {
    private final FrameEncoder encoder;
    private final FrameSink sink;
    private final FrameBuffer buffer;
    /** Payload of a frame that is followed by more: with its header it is a frame size, which TLS records divide. */
    private final int fragment;

    private Opcode next = Opcode.BINARY;
    private boolean tunnel;
    private boolean committed;

    /**
     * Makes a writer.
     *
     * @param frameSize most payload bytes in one frame
     */
    public MessageWriter(FrameEncoder encoder, FrameSink sink, int frameSize) {
        this.encoder = encoder;
        this.sink = sink;
        this.buffer = new FrameBuffer(frameSize);
        int payload = frameSize - encoder.headerLength(frameSize - FrameBuffer.HEAD);
        // Where the header grows, not every size has a frame: then a little less is sent than the size allows.
        int excess = encoder.headerLength(payload) + payload - frameSize;
        this.fragment = payload - Math.max(0, excess);
    }

    /** Begins a message of this type. */
    public void begin(Opcode type) {
        next = type;
        tunnel = false;
        committed = false;
    }

    /** Begins a tunnel: what is written goes out in complete binary messages, as their boundaries mean nothing. */
    public void beginTunnel() {
        next = Opcode.BINARY;
        tunnel = true;
        committed = false;
    }

    /** Whether anything of the message has left, so that it cannot be taken back. */
    public boolean committed() {
        return committed;
    }

    /** How many bytes wait to be sent. */
    public int buffered() {
        return buffer.length();
    }

    public void write(byte value) throws IOException {
        makeRoom();
        buffer.put(value);
    }

    public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            makeRoom();
            done += buffer.put(bytes, offset + done, length - done);
        }
    }

    /** Writes what remains in the source and consumes it. */
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            makeRoom();
            buffer.put(source);
        }
    }

    /** Writes all that the source has, read straight into the frame. */
    public void writeAll(InputStream source) throws IOException {
        do {
            if (buffer.room() == 0 && !committed) {
                int more = source.read(); // only one more byte tells that the message does not fit in one frame
                if (more < 0) {
                    return;
                }
                write((byte) more);
            }
            makeRoom();
        } while (buffer.readFrom(source) >= 0);
    }

    /** Sends what is buffered without ending the message; in a tunnel, as a message. A flush of nothing sends nothing. */
    public void flush() throws IOException {
        if (buffer.length() > 0) {
            send(buffer.length(), tunnel);
        }
    }

    /** Sends what is buffered as the last of the message. */
    public void complete() throws IOException {
        send(buffer.length(), true);
        buffer.release();
    }

    /** Drops what is buffered and lets go of the memory. */
    public void release() {
        buffer.release();
    }

    /**
     * Sends each source as a message of its own, as many in one write as fit in a buffer, and consumes it.
     */
    public void writeEach(List<ByteBuffer> sources) throws IOException {
        int limit = buffer.room();
        int end = 0;
        for (ByteBuffer source : sources) {
            int length = source.remaining();
            int head = encoder.headerLength(length);
            // Also in front of a message that goes alone: it is made in the array in which the others lie.
            if (length > limit - head - end) {
                sendPacked(end);
                end = 0;
            }
            if (length > limit - head) {
                begin(Opcode.BINARY);
                write(source);
                complete();
            } else {
                byte[] bytes = buffer.wholeArray();
                source.get(bytes, end + head, length);
                encoder.encode(bytes, end + head, length, Opcode.BINARY, true);
                end += head + length;
            }
        }
        sendPacked(end);
        buffer.release();
    }

    private void sendPacked(int end) throws IOException {
        if (end > 0) {
            committed = true;
            sink.write(buffer.wholeArray(), 0, end);
        }
    }

    private void makeRoom() throws IOException {
        if (buffer.room() == 0) {
            send(fragment, tunnel);
        }
    }

    private void send(int payload, boolean fin) throws IOException {
        byte[] bytes = buffer.reserve();
        int rest = buffer.length() - payload;
        committed = true;
        // The rest behind the fragment is at most a header long, and stays as it is: only the payload is masked.
        int start = encoder.encode(bytes, FrameBuffer.HEAD, payload, next, fin);
        sink.write(bytes, start, FrameBuffer.HEAD + payload - start);
        if (rest > 0) {
            buffer.removeFirst(payload);
        } else {
            buffer.clear();
        }
        next = fin ? Opcode.BINARY : Opcode.CONTINUATION;
    }
}
