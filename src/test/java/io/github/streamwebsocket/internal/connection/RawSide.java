package io.github.streamwebsocket.internal.connection;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.SocketMessageType;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.Role;
import io.github.streamwebsocket.testing.PipeWire;
import io.github.streamwebsocket.testing.RandomMessages;
import io.github.streamwebsocket.testing.RawFrames;
import io.github.streamwebsocket.testing.RawFrames.Frame;
import io.github.streamwebsocket.testing.RawPeer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A side of a conversation that shares no code with ours: compresses by the JDK's deflater, cuts messages into fragments
 * anywhere, empty ones too, and pings between them.
 */
final class RawSide implements MirroredConversationTest.Side {
    private static final byte[] TAIL = {0, 0, -1, -1};

    private final RawPeer peer;
    private final boolean compression;
    private final boolean noContextTakeover;
    private final Random random;
    private final Deflater deflater = new Deflater(6, true);
    private final Inflater inflater = new Inflater(true);
    private final Deque<byte[]> pings = new ArrayDeque<>();
    private final boolean alone;

    RawSide(PipeWire wire, Role role, @Nullable DeflateParameters deflate, long seed) {
        peer = new RawPeer(wire, role.masks());
        // It does not keep to a smaller window, so it compresses only where none was agreed.
        compression = deflate != null && deflate.windowBits(role) == 15;
        noContextTakeover = deflate != null && deflate.noContextTakeover(role);
        alone = deflate != null && deflate.noContextTakeover(role.peer());
        random = new Random(seed);
    }

    @Override
    public void send(RandomMessages.Message message) throws IOException {
        boolean compressed = compression && random.nextInt(4) > 0;
        byte[] payload = compressed ? deflated(message.payload()) : message.payload();
        int opcode = message.type() == SocketMessageType.UTF8 ? RawFrames.TEXT : RawFrames.BINARY;
        int rsv = compressed ? 4 : 0;
        int at = 0;
        for (int fragments = random.nextInt(6); fragments > 0; fragments--) {
            int count = random.nextInt(payload.length - at + 1);
            peer.frame(RawFrames.frame(opcode).rsv(rsv).notFin().payload(Arrays.copyOfRange(payload, at, at + count)));
            at += count;
            opcode = RawFrames.CONTINUATION;
            rsv = 0;
            if (random.nextInt(3) == 0) {
                byte[] ping = new byte[1 + random.nextInt(125)];
                random.nextBytes(ping);
                pings.add(ping);
                peer.frame(RawFrames.frame(RawFrames.PING).payload(ping));
            }
        }
        peer.frame(RawFrames.frame(opcode).rsv(rsv).payload(Arrays.copyOfRange(payload, at, payload.length)));
    }

    private byte[] deflated(byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] section = new byte[10_000];
        deflater.setInput(payload);
        int count;
        do {
            count = deflater.deflate(section, 0, section.length, Deflater.SYNC_FLUSH);
            out.write(section, 0, count);
        } while (count == section.length);
        if (noContextTakeover) {
            deflater.reset();
        }
        byte[] all = out.toByteArray();
        return all.length < TAIL.length ? new byte[1] : Arrays.copyOf(all, all.length - TAIL.length);
    }

    @Override
    public void receive(RandomMessages.Message expected) throws IOException, DataFormatException {
        Frame frame = dataFrame();
        int opcode = expected.type() == SocketMessageType.UTF8 ? RawFrames.TEXT : RawFrames.BINARY;
        assertEquals(opcode, frame.opcode());
        boolean compressed = frame.rsv() == 4;
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(frame.payload());
        while (!frame.fin()) {
            frame = dataFrame();
            assertEquals(RawFrames.CONTINUATION, frame.opcode());
            assertEquals(0, frame.rsv());
            payload.writeBytes(frame.payload());
        }
        byte[] came = payload.toByteArray();
        assertArrayEquals(expected.payload(), compressed ? inflated(came) : came);
    }

    private byte[] inflated(byte[] payload) throws DataFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] section = new byte[10_000];
        inflater.setInput(RawFrames.join(payload, TAIL));
        for (int count = inflater.inflate(section); count > 0; count = inflater.inflate(section)) {
            out.write(section, 0, count);
        }
        if (alone) {
            inflater.reset();
        }
        return out.toByteArray();
    }

    /** The next frame that is no control frame. Of pings only the newest need an answer (RFC 6455 5.5.3). */
    private Frame dataFrame() throws IOException {
        Frame frame = peer.read();
        while (frame.opcode() == RawFrames.PONG) {
            checkPong(frame.payload());
            frame = peer.read();
        }
        return frame;
    }

    private void checkPong(byte[] payload) {
        if (payload.length == 0) {
            return; // unsolicited
        }
        while (!pings.isEmpty() && !Arrays.equals(pings.peek(), payload)) {
            pings.remove();
        }
        assertTrue(!pings.isEmpty(), "a Pong answers no Ping that is under way");
    }

    @Override
    public void close(int code) throws IOException {
        peer.close(code, "");
        expectAnswer(code);
        peer.eof();
    }

    @Override
    public void expectClose(int code) throws IOException {
        expectAnswer(code);
        peer.close(code, "");
        peer.eof();
    }

    private void expectAnswer(int code) throws IOException {
        Frame frame = dataFrame();
        assertEquals(RawFrames.CLOSE, frame.opcode());
        assertEquals(code, (frame.payload()[0] & 0xFF) << 8 | (frame.payload()[1] & 0xFF));
        deflater.end();
        inflater.end();
    }
}
