package io.github.streamwebsocket.jmh.client;

import io.github.streamwebsocket.internal.frame.FrameHeader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes arrays made beforehand, and counts what it reads into one array. */
final class BareConnection implements BenchConnection {
    /** As much as our library writes at once. */
    private static final int MOST = 65_536;

    private static final int MOST_OF_HEADER = 10;
    private static final byte BINARY = (byte) 0x82;
    private static final byte[] NONE = {};
    /** With 1000, masked with 12345678. */
    private static final byte[] CLOSE = HexFormat.of().parseHex("88821234567811dc");

    private final Socket raw;
    private final Socket socket;
    private final OutputStream out;
    private final InputStream in;
    private final int fragmentSize;

    private final Map<byte[], byte[][]> made = new IdentityHashMap<>();
    private byte[] message;
    private byte[][] frames;
    private byte[][] batched = {};
    private int[] batchedLengths = {};
    private byte[][] batch = {};
    private PremadeStream stream;

    /** What has come and was not looked at, from start to end. */
    private byte[] buffer;

    private int start;
    private int end;
    private long streamed;
    /** Waits while nothing is said. */
    private Thread idle;

    /**
     * Makes a connection.
     *
     * @param socket is read and written: the raw one, or TLS over it
     * @param leftover what came behind the answer to the opening request
     * @param fragmentSize that of the peer's fragments, where one message never ends
     */
    BareConnection(Socket raw, Socket socket, byte[] leftover, int fragmentSize) throws IOException {
        this.raw = raw;
        this.socket = socket;
        this.out = socket.getOutputStream();
        this.in = socket.getInputStream();
        this.fragmentSize = fragmentSize;
        this.buffer = leftover.length == 0 ? NONE : Arrays.copyOf(leftover, MOST);
        this.end = leftover.length;
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        if (bytes != message) {
            frames = made.computeIfAbsent(bytes, PremadeFrames::ofMessage);
            message = bytes;
        }
        write(frames);
    }

    private void write(byte[][] arrays) throws IOException {
        for (byte[] array : arrays) {
            out.write(array, 0, array.length);
        }
    }

    @Override
    public void sendAll(List<ByteBuffer> messages) throws IOException {
        if (!sameAsBefore(messages)) {
            batch = PremadeFrames.ofMessages(messages);
            batched = messages.stream().map(ByteBuffer::array).toArray(byte[][]::new);
            batchedLengths = messages.stream().mapToInt(ByteBuffer::remaining).toArray();
        }
        for (int i = 0; i < batched.length; i++) {
            ByteBuffer consumed = messages.get(i);
            consumed.position(consumed.limit());
        }
        write(batch);
    }

    private boolean sameAsBefore(List<ByteBuffer> messages) {
        if (messages.size() != batched.length) {
            return false;
        }
        for (int i = 0; i < batched.length; i++) {
            ByteBuffer next = messages.get(i);
            if (next.array() != batched[i] || next.remaining() != batchedLengths[i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void sendSection(byte[] section) throws IOException {
        if (stream == null) {
            stream = new PremadeStream(section);
        }
        stream.send(section, out);
    }

    @Override
    public void receive(int messages, int size) throws IOException {
        int header = FrameHeader.encodedLength(size, false);
        check(BINARY, size, header);
        skip(messages * (long) (header + size));
    }

    @Override
    public void receiveSections(long bytes) throws IOException {
        int header = FrameHeader.encodedLength(fragmentSize, false);
        if (streamed == 0) {
            check((byte) (BINARY & 0x7F), fragmentSize, header);
        }
        long before = headers(streamed);
        streamed += bytes;
        skip(bytes + (headers(streamed) - before) * header);
    }

    /** How many fragments have begun within so many bytes of payload. */
    private long headers(long payload) {
        return (payload + fragmentSize - 1) / fragmentSize;
    }

    /** Looks at the header that comes next, and leaves it. */
    private void check(byte first, int size, int header) throws IOException {
        need(header);
        if (buffer[start] != first || payloadLength() != size) {
            throw new IOException("expected a frame " + first + " of " + size + " bytes but was " + buffer[start]
                    + " of " + payloadLength());
        }
    }

    /** The payload's length in the header that comes next, which is there. */
    private long payloadLength() {
        ByteBuffer header = ByteBuffer.wrap(buffer, start + 2, Math.min(8, end - start - 2));
        int length = buffer[start + 1];
        return length < 126 ? length : length == 126 ? header.getShort() & 0xFFFF : header.getLong();
    }

    /** Passes over so many bytes on the wire. */
    private void skip(long count) throws IOException {
        long left = count - (end - start);
        while (left > 0) {
            end = read(0);
            left -= end;
        }
        start = (int) (end + left);
    }

    /** Reads until so many bytes are there. */
    private void need(int count) throws IOException {
        if (end - start >= count) {
            return;
        }
        if (buffer.length - start < count || start == end) {
            byte[] target = buffer.length < MOST ? new byte[MOST] : buffer;
            System.arraycopy(buffer, start, target, 0, end - start);
            buffer = target;
            end -= start;
            start = 0;
        }
        while (end - start < count) {
            end += read(end);
        }
    }

    private int read(int offset) throws IOException {
        int count = in.read(buffer, offset, buffer.length - offset);
        if (count < 0) {
            throw new EOFException("the peer has ended the connection");
        }
        return count;
    }

    @Override
    public void receiveInto(Consumer<ByteBuffer> consumer) throws IOException {
        boolean fin = false;
        while (!fin) {
            need(2);
            int header = buffer[start + 1] < 126 ? 2 : buffer[start + 1] == 126 ? 4 : MOST_OF_HEADER;
            need(header);
            fin = (buffer[start] & 0x80) != 0;
            if ((buffer[start] & 0xF) > 2) {
                throw new IOException("expected a data frame but was " + buffer[start]);
            }
            long left = payloadLength();
            start += header;
            while (left > 0) {
                need(1);
                int count = (int) Math.min(left, end - start);
                consumer.accept(ByteBuffer.wrap(buffer, start, count).slice());
                start += count;
                left -= count;
            }
        }
    }

    /** One virtual thread that waits for a byte, as little as can be, and takes what comes behind it. */
    @Override
    public void idle() {
        idle = Thread.startVirtualThread(() -> {
            try {
                in.read();
                drain();
            } catch (IOException e) {
                // Noticed.
            }
        });
    }

    @Override
    public void close() throws IOException {
        try (raw;
                socket) {
            out.write(CLOSE);
            if (idle == null) {
                drain();
            } else {
                idle.join(); // two readers would take records of TLS from each other
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted while closing");
        }
    }

    /** What was on its way, and the peer's Close. */
    private void drain() throws IOException {
        byte[] rest = new byte[MOST];
        int count;
        do {
            count = in.read(rest);
        } while (count >= 0);
    }
}
