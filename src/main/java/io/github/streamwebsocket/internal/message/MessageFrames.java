package io.github.streamwebsocket.internal.message;

import io.github.streamwebsocket.internal.frame.FrameEncoder;
import io.github.streamwebsocket.internal.frame.FrameHeader;
import io.github.streamwebsocket.internal.frame.Opcode;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Sends what lies in buffers as the frames of one message after the other (RFC 6455 5.4). For the holder of the right to send. */
final class MessageFrames {
    private final FrameEncoder encoder;
    private final FrameSink sink;
    /** Payload of a frame that is followed by more: with its header it is a frame size, which TLS records divide. */
    private final int fragment;

    private Opcode next = Opcode.BINARY;
    private boolean committed;

    MessageFrames(FrameEncoder encoder, FrameSink sink, int frameSize) {
        this.encoder = encoder;
        this.sink = sink;
        int payload = frameSize - encoder.headerLength(frameSize - FrameHeader.MAX_LENGTH);
        // Where the header grows, not every size has a frame: then a little less is sent than the size allows.
        int excess = encoder.headerLength(payload) + payload - frameSize;
        this.fragment = payload - Math.max(0, excess);
    }

    /** Begins a message of this type. */
    void begin(Opcode type) {
        next = type;
        committed = false;
    }

    /** Whether anything of the message has left, so that it cannot be taken back. */
    boolean committed() {
        return committed;
    }

    /** Sends all of the buffer but at least 4 bytes, as it is full and more is to come. */
    void sendFull(FrameBuffer buffer, boolean compressed, boolean fin) throws IOException {
        send(buffer, fragment, compressed, fin);
    }

    /** Sends all of the buffer. */
    void send(FrameBuffer buffer, boolean compressed, boolean fin) throws IOException {
        send(buffer, buffer.length(), compressed, fin);
    }

    private void send(FrameBuffer buffer, int payload, boolean compressed, boolean fin) throws IOException {
        byte[] bytes = buffer.reserve();
        int rest = buffer.length() - payload;
        // The rest behind the fragment is at most a header long: it is the beginning of the next one.
        int masked = Math.min(buffer.masked(), payload);
        int key = masked > 0 ? buffer.key() : encoder.newKey();
        boolean marked = compressed && next != Opcode.CONTINUATION; // on the first frame only (RFC 7692 6)
        int from = encoder.encode(bytes, FrameBuffer.HEAD, payload, marked, next, fin, key, masked);
        write(bytes, from, FrameBuffer.HEAD + payload, fin);
        if (rest > 0) {
            buffer.removeFirst(payload);
        } else {
            buffer.clear();
        }
    }

    /** Sends what remains in the source as one frame, not compressed, and consumes it; it is made in the array. */
    void send(ByteBuffer source, byte[] bytes, boolean fin) throws IOException {
        int end = FrameBuffer.HEAD + source.remaining();
        write(bytes, encoder.encode(source, bytes, FrameBuffer.HEAD, next, fin), end, fin);
    }

    private void write(byte[] bytes, int from, int end, boolean fin) throws IOException {
        committed = true;
        sink.write(bytes, from, end - from);
        next = fin ? Opcode.BINARY : Opcode.CONTINUATION;
    }

    /** What a sender is told who goes on after the connection has ended. */
    IOException ended() {
        return sink.ended();
    }

    /** How many bytes the header in front of a payload of this length takes. */
    int headerLength(int payload) {
        return encoder.headerLength(payload);
    }

    /** Makes a message of one frame out of what remains in the source, to be sent with others, and consumes it. */
    void pack(ByteBuffer source, byte[] bytes, int start, Opcode type) {
        encoder.encode(source, bytes, start, type, true);
    }

    /** Sends messages that lie one behind the other. */
    void sendPacked(byte[] bytes, int length) throws IOException {
        committed = true;
        sink.write(bytes, 0, length);
    }
}
