package io.github.streamwebsocket.internal.frame;

import static io.github.streamwebsocket.testing.RawFrames.hex;
import static io.github.streamwebsocket.testing.RawFrames.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.RawFrames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** What a frame reader reads, as text to compare, next to what the independent reader makes of the same bytes. */
final class ReadFrames {
    static final int FRAMES_IN_CONVERSATION = 9;

    private ReadFrames() {}

    /** What the peer of this role sends: masked, if the peer is a client. */
    static RawFrames.Builder frame(Role role, int opcode) {
        return RawFrames.frame(opcode).masked(role == Role.SERVER);
    }

    /** Every kind of frame, lengths in 7 and in 16 bits, control frames between fragments. */
    static byte[] conversation(Role role) {
        return join(
                frame(role, RawFrames.BINARY).payload(RawFrames.pattern(5)).bytes(),
                frame(role, RawFrames.PING).payload("Hello").bytes(),
                frame(role, RawFrames.BINARY)
                        .notFin()
                        .payload(RawFrames.pattern(130))
                        .bytes(),
                frame(role, RawFrames.PONG).bytes(),
                frame(role, RawFrames.CONTINUATION).notFin().bytes(),
                frame(role, RawFrames.PING).payload(RawFrames.pattern(125)).bytes(),
                frame(role, RawFrames.CONTINUATION)
                        .payload(RawFrames.pattern(300))
                        .bytes(),
                frame(role, RawFrames.BINARY).bytes(),
                frame(role, RawFrames.CLOSE).payload(hex("03 e8 62 79 65")).bytes());
    }

    interface Step<T> {
        T run() throws IOException;
    }

    /** Does it again after each timeout. */
    static <T> T patiently(Step<T> step) throws IOException {
        while (true) {
            try {
                return step.run();
            } catch (SocketTimeoutException e) {
                // as an application does that goes on reading
            }
        }
    }

    static String told(Object opcode, boolean fin, byte[] payload) {
        return opcode + (fin ? " fin " : " ") + HexFormat.of().formatHex(payload);
    }

    /** The frames as the independent reader reads them. */
    static List<String> expected(byte[] stream) {
        return RawFrames.parse(stream).stream()
                .map(frame -> told(Opcode.of(frame.opcode()), frame.fin(), frame.payload()))
                .toList();
    }

    static List<String> readAll(FrameReader frames, int chunk) throws IOException {
        List<String> read = new ArrayList<>();
        while (true) {
            Opcode opcode = patiently(frames::next);
            if (opcode == null) {
                return read;
            }
            read.add(
                    told(opcode, frames.fin(), opcode.control() ? patiently(frames::control) : payload(frames, chunk)));
        }
    }

    static byte[] payload(FrameReader frames, int chunk) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        byte[] buffer = new byte[chunk + 2];
        while (frames.remaining() > 0) {
            Arrays.fill(buffer, (byte) 0x5A);
            int count = patiently(() -> frames.read(buffer, 1, chunk));
            assertTrue(count > 0 && count <= chunk, () -> "read gave " + count);
            assertEquals(0x5A, buffer[0]);
            for (int i = 1 + count; i < buffer.length; i++) {
                assertEquals(0x5A, buffer[i], "a byte behind those that were read was touched");
            }
            payload.write(buffer, 1, count);
        }
        return payload.toByteArray();
    }
}
