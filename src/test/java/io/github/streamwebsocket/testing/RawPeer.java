package io.github.streamwebsocket.testing;

import static io.github.streamwebsocket.testing.RawFrames.BINARY;
import static io.github.streamwebsocket.testing.RawFrames.CLOSE;
import static io.github.streamwebsocket.testing.RawFrames.PING;

import io.github.streamwebsocket.testing.RawFrames.Frame;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The other end of a connection, made of raw frames: does what a test tells it and nothing by itself. */
public final class RawPeer {
    private final PipeWire wire;
    private final boolean masks;
    private byte[] ahead = {};
    private int at;

    /**
     * Makes a peer at one end of a pipe.
     *
     * @param masks whether its frames are masked, as a client's are
     */
    public RawPeer(PipeWire wire, boolean masks) {
        this.wire = wire;
        this.masks = masks;
    }

    public PipeWire wire() {
        return wire;
    }

    /** Whether it plays a client, whose frames are masked. */
    public boolean masks() {
        return masks;
    }

    /** Sends bytes that are frames already, or are no frame at all. */
    public void raw(byte[] bytes) throws IOException {
        wire.write(bytes, 0, bytes.length);
    }

    public void frame(RawFrames.Builder frame) throws IOException {
        raw(frame.masked(masks).bytes());
    }

    public void binary(byte[] payload) throws IOException {
        frame(RawFrames.frame(BINARY).payload(payload));
    }

    public void binary(String payload) throws IOException {
        frame(RawFrames.frame(BINARY).payload(payload));
    }

    /** Sends a first fragment. */
    public void begin(String payload) throws IOException {
        frame(RawFrames.frame(BINARY).notFin().payload(payload));
    }

    /** Sends the last fragment. */
    public void end(String payload) throws IOException {
        frame(RawFrames.frame(RawFrames.CONTINUATION).payload(payload));
    }

    public void ping(String payload) throws IOException {
        frame(RawFrames.frame(PING).payload(payload));
    }

    public void close(int code, String reason) throws IOException {
        frame(RawFrames.close(code, reason));
    }

    /** Sends a Close frame without a code. */
    public void close() throws IOException {
        frame(RawFrames.frame(CLOSE));
    }

    /** Ends TCP in this direction. */
    public void eof() throws IOException {
        wire.endOutput();
    }

    /** Reads the next frame, within the limit of {@link Soon}; null at the end of TCP. */
    public @Nullable Frame readOrEnd() throws IOException {
        while (true) {
            Frame frame = RawFrames.parseAt(ahead, at);
            if (frame != null) {
                at += frame.wireLength();
                if (at == ahead.length) {
                    ahead = new byte[0];
                    at = 0;
                }
                return frame;
            }
            if (!fill()) {
                if (at < ahead.length) {
                    throw new AssertionError("expected whole frames but the end came inside one");
                }
                return null;
            }
        }
    }

    private boolean fill() throws IOException {
        byte[] chunk = new byte[65_536];
        wire.readTimeout((int) Soon.LIMIT.toMillis());
        int count;
        try {
            count = wire.read(chunk, 0, chunk.length);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("expected a frame soon but none came", e);
        }
        if (count > 0) {
            ahead = RawFrames.join(Arrays.copyOfRange(ahead, at, ahead.length), Arrays.copyOf(chunk, count));
            at = 0;
        }
        return count > 0;
    }

    /** Reads the next frame, masked if and only if it has to be. */
    public Frame read() throws IOException {
        Frame frame = readOrEnd();
        if (frame == null) {
            throw new AssertionError("expected a frame but the end of TCP came");
        }
        if (frame.masked() == masks) {
            throw new AssertionError("expected a frame that is " + (masks ? "not " : "") + "masked but was " + frame);
        }
        return frame;
    }

    /** Reads the next frame, which must be of this kind and end what it is part of. */
    public Frame expect(int opcode) throws IOException {
        Frame frame = read();
        if (frame.opcode() != opcode || !frame.fin()) {
            throw new AssertionError("expected a final frame with opcode " + opcode + " but was " + frame);
        }
        return frame;
    }

    /** Reads the Close frame that comes next and gives its code, 1005 when it has none. */
    public int expectClose() throws IOException {
        byte[] payload = expect(CLOSE).payload();
        return payload.length == 0 ? 1005 : (payload[0] & 0xFF) << 8 | (payload[1] & 0xFF);
    }

    /** Reads frames up to the end of TCP. */
    public List<Frame> readToEnd() throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (Frame frame = readOrEnd(); frame != null; frame = readOrEnd()) {
            frames.add(frame);
        }
        return frames;
    }

    /** Nothing may come any more but the end of TCP. */
    public void expectEnd() throws IOException {
        Frame frame = readOrEnd();
        if (frame != null) {
            throw new AssertionError("expected the end of TCP but was " + frame);
        }
    }
}
