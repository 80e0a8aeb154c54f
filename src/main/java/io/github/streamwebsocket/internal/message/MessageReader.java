package io.github.streamwebsocket.internal.message;

import io.github.streamwebsocket.internal.frame.FrameReader;
import java.io.IOException;

/**
 * Reads the payload of one message after the other across its frames, without collecting it. The caller reads the
 * headers, as control frames stand between the fragments; this knows where in the message the frames are. For one
 * thread at a time.
 */
public final class MessageReader {
    private final FrameReader frames;
    private boolean inside;

    public MessageReader(FrameReader frames) {
        this.frames = frames;
    }

    /** Notes that a data frame's header was read: a message has begun or goes on. */
    public void frame() {
        inside = frames.remaining() > 0 || !frames.fin();
    }

    /** Whether bytes, or at least a frame, of the message are still to come. */
    public boolean inside() {
        return inside;
    }

    /** Reads a section of the frame under way. Returns at least 1; 0 when length is 0 or the frame is at its end. */
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = frames.read(buffer, offset, length);
        frame();
        return count;
    }

    /** Drops a section of the frame under way. Returns at least 1; 0 when the frame is at its end. */
    public int skip() throws IOException {
        int count = frames.skip();
        frame();
        return count;
    }
}
