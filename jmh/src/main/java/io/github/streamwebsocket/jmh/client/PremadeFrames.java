package io.github.streamwebsocket.jmh.client;

import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.internal.frame.Opcode;
import io.github.streamwebsocket.internal.message.MessageWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/**
 * What our library would write, recorded from its own writer of messages, so that it is the same in the same pieces:
 * headers, masks and all are made, and cost nothing when it is sent.
 */
final class PremadeFrames {
    private static final int FRAME_SIZE = 65_536;

    private PremadeFrames() {}

    private interface Sending {
        void on(MessageWriter writer) throws IOException;
    }

    /** Returns the writes that make a message. */
    static byte[][] ofMessage(byte[] message) {
        return record(writer -> {
            writer.begin(Opcode.BINARY);
            writer.write(message, 0, message.length);
            writer.complete();
        });
    }

    /** Returns the writes that make messages, as many in one write as fit. Consumes nothing. */
    static byte[][] ofMessages(List<ByteBuffer> messages) {
        return record(writer -> writer.writeEach(
                Opcode.BINARY, messages.stream().map(ByteBuffer::duplicate).toList()));
    }

    private static byte[][] record(Sending sending) {
        List<byte[]> writes = new ArrayList<>();
        MessageWriter writer = new MessageWriter(
                Role.CLIENT,
                (bytes, offset, length) -> writes.add(Arrays.copyOfRange(bytes, offset, offset + length)),
                FRAME_SIZE,
                null,
                Deflater::new);
        try {
            sending.on(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writes.toArray(byte[][]::new);
    }
}
