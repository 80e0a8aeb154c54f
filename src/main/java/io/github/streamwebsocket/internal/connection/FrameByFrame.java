package io.github.streamwebsocket.internal.connection;

import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.internal.message.MessageWriter;
import io.github.streamwebsocket.internal.message.Utf8Stream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Messages whose frames the application makes itself. The right to send is held from the first frame to the final one,
 * whichever threads they come from. For any thread.
 */
final class FrameByFrame {
    private final SendPermit permit;
    private final MessageWriter writer;
    private final ReentrantLock lock = new ReentrantLock();
    /** Guarded by the lock, as is the rest. */
    private boolean inside;

    private Utf8Stream text = Utf8Stream.NONE;

    FrameByFrame(SendPermit permit, MessageWriter writer) {
        this.permit = permit;
        this.writer = writer;
    }

    /**
     * Sends a frame.
     *
     * @param type of the message, if none is under way
     * @throws IllegalArgumentException if the message is text and the frame breaks it; nothing is sent, and a message
     *     that has begun goes on, as what has left wants an end that is right
     */
    void send(SocketMessageType type, ByteBuffer payload, boolean fin) throws IOException {
        SendPermit.lock(lock);
        try {
            Utf8Stream check = inside ? text : Utf8Stream.of(type);
            check.accept(payload, fin);
            if (!inside) {
                permit.acquire();
                inside = true;
                text = check;
                writer.begin(Opcode.of(type));
            }
            boolean goesOn = false;
            try {
                writer.writeFrame(payload, fin);
                goesOn = !fin;
            } finally {
                if (!goesOn) {
                    end();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        inside = false;
        writer.release();
        permit.release();
    }
}
