package io.github.streamwebsocket.internal.message;

import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.FrameEncoder;
import io.github.streamwebsocket.internal.frame.Opcode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of messages (RFC 6455 5.4). The first fragment is held back until there is more than one buffer, a flush
 * or the end: a message that fits in one buffer is one unfragmented frame, and no empty frame follows a full one. For
 * the holder of the right to send.
 */
public final class MessageWriter {
    /** How a message goes; decided when the first of it leaves. */
    private enum Way {
        UNDECIDED,
        PLAIN,
        COMPRESSED
    }

    private final MessageFrames frames;
    private final FrameBuffer buffer;
    private final @Nullable MessageCompressor compressor;

    private Way way = Way.UNDECIDED;
    private boolean tunnel;

    /**
     * Makes a writer.
     *
     * @param frameSize most payload bytes in one frame
     * @param deflate what was agreed about compression, null if it was not
     * @param maker makes the deflater, at the first message that is compressed
     */
    public MessageWriter(
            Role role, FrameSink sink, int frameSize, @Nullable DeflateParameters deflate, Supplier<Deflater> maker) {
        FrameEncoder encoder = FrameEncoder.ofData(role);
        frames = new MessageFrames(encoder, sink, frameSize);
        // What may be compressed must stay as it is until that is decided.
        buffer = deflate == null ? new FrameBuffer(frameSize, encoder) : new FrameBuffer(frameSize);
        compressor = deflate == null ? null : new MessageCompressor(role, deflate, maker, frames, frameSize);
    }

    /** Begins a message of this type. */
    public void begin(Opcode type) {
        frames.begin(type);
        tunnel = false;
        way = Way.UNDECIDED;
    }

    /** Begins a tunnel: what is written goes out in complete binary messages, as their boundaries mean nothing. */
    public void beginTunnel() {
        begin(Opcode.BINARY);
        tunnel = true;
    }

    /** Whether anything of the message has left, so that it cannot be taken back. */
    public boolean committed() {
        return frames.committed();
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
            if (buffer.room() == 0 && !committed()) {
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
        if (buffer.length() > 0 || way == Way.COMPRESSED) {
            send(true, tunnel);
        }
    }

    /** Sends what is buffered as the last of the message. */
    public void complete() throws IOException {
        send(true, true);
        release();
    }

    /** Drops what is buffered and lets go of the memory. */
    public void release() {
        buffer.release();
        if (compressor != null) {
            compressor.release();
        }
    }

    /** Frees the memory outside the heap; nothing can be sent any more. For any thread. */
    public void close() {
        if (compressor != null) {
            compressor.close();
        }
    }

    /** Sends what remains in the source as one frame, whatever its size, not compressed, and consumes it. */
    public void writeFrame(ByteBuffer source, boolean fin) throws IOException {
        int length = source.remaining();
        byte[] bytes = length <= buffer.room() ? buffer.wholeArray() : new byte[FrameBuffer.HEAD + length];
        frames.send(source, bytes, fin);
    }

    /**
     * Sends each source as a message of its own, as many in one write as fit in a buffer, and consumes it.
     */
    public void writeEach(Opcode type, List<ByteBuffer> sources) throws IOException {
        int limit = buffer.room();
        int end = 0;
        for (ByteBuffer source : sources) {
            int length = source.remaining();
            int head = frames.headerLength(length);
            boolean alone = length > limit - head || (compressor != null && !compressor.passes(length));
            // Also in front of a message that goes alone: it is made in the array in which the others lie.
            if (alone || length > limit - head - end) {
                sendPacked(end);
                end = 0;
            }
            if (alone) {
                begin(type);
                write(source);
                complete();
            } else {
                byte[] bytes = buffer.wholeArray();
                frames.pack(source, bytes, end + head, type);
                end += head + length;
            }
        }
        sendPacked(end);
        buffer.release();
    }

    private void sendPacked(int end) throws IOException {
        if (end > 0) {
            frames.sendPacked(buffer.wholeArray(), end);
        }
    }

    private void makeRoom() throws IOException {
        if (buffer.room() == 0) {
            send(false, tunnel);
        }
    }

    /**
     * Sends what is buffered.
     *
     * @param all whether to hold nothing back; otherwise the buffer is full and more is to come
     * @param fin whether the message ends here
     */
    private void send(boolean all, boolean fin) throws IOException {
        if (compressor != null && way == Way.UNDECIDED) {
            way = compressor.compresses(buffer, fin) ? Way.COMPRESSED : Way.PLAIN;
        }
        if (compressor != null && way == Way.COMPRESSED) {
            compressor.send(buffer, all, fin);
        } else if (all) {
            frames.send(buffer, false, fin);
        } else {
            frames.sendFull(buffer, false, fin);
        }
        if (fin) {
            way = Way.UNDECIDED;
        }
    }
}
