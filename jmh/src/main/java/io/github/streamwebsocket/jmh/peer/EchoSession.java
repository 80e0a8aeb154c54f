package io.github.streamwebsocket.jmh.peer;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Gives back each message in one frame and one write, when all of it has come. */
final class EchoSession {
    private static final int MOST = 1 << 20;
    /** The room in front of the payload. */
    private static final int HEAD = 10;

    private final PeerChannel channel;
    private final FrameInput input;
    private ByteBuffer message;

    EchoSession(PeerChannel channel, FrameInput input) {
        this.channel = channel;
        this.input = input;
    }

    void run() throws IOException {
        ByteBuffer borrowed = channel.pool().borrow();
        message = borrowed.position(HEAD);
        try {
            echo();
        } finally {
            channel.pool().giveBack(borrowed);
        }
    }

    private void echo() throws IOException {
        int opcode = 0;
        while (input.nextData()) {
            opcode = Math.max(opcode, input.opcode()); // that of the first fragment: those that follow have 0
            while (input.remaining() > 0) {
                int count = input.available();
                makeRoom(count);
                input.unmask(message, count);
            }
            if (input.fin()) {
                send(opcode);
                message.clear().position(HEAD);
                opcode = 0;
            }
        }
    }

    private void makeRoom(int count) throws ProtocolError {
        if (count <= message.remaining()) {
            return;
        }
        if (message.position() - HEAD + count > MOST) {
            throw new ProtocolError("a message of more than " + MOST + " bytes to be echoed");
        }
        message = channel.allocate(HEAD + MOST).put(message.flip());
    }

    private void send(int opcode) throws IOException {
        int length = message.position() - HEAD;
        int start = HEAD - Frames.headerLength(length);
        message.limit(message.position()).position(start);
        Frames.putHeader(message, true, opcode, length);
        channel.write(message.position(start));
    }
}
