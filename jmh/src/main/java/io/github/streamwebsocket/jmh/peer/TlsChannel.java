package io.github.streamwebsocket.jmh.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * The JDK's TLS over TCP, by its engine: one call of the system takes or gives many records, where an
 * {@link javax.net.ssl.SSLSocket} needs one or two calls for each. In the heap, as the JDK's ciphers are fastest there.
 */
final class TlsChannel implements PeerChannel {
    private static final BufferPool BUFFERS = new BufferPool(() -> ByteBuffer.allocate(SIZE));
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);
    /** Room for the beginning of a handshake; grows with what comes. */
    private static final int LEAST = 2048;

    private final SocketChannel socket;
    private final SSLEngine engine;
    private final int recordSize;
    private final int sectionSize;

    /** Records that have come and were not read, from position to limit. For the reader. */
    private ByteBuffer in = ByteBuffer.allocate(LEAST).limit(0);
    /** What was in a record that was larger than the reader's buffer. For the reader. */
    private ByteBuffer rest = NONE;

    private boolean ended;

    /** Also the reader has something to say at times, such as new keys. */
    private final ReentrantLock writing = new ReentrantLock();
    /** Guarded by writing. */
    private ByteBuffer out = NONE;

    TlsChannel(SocketChannel socket, SSLEngine engine) throws IOException {
        this.socket = socket;
        this.engine = engine;
        recordSize = engine.getSession().getPacketBufferSize();
        sectionSize = engine.getSession().getApplicationBufferSize();
        engine.beginHandshake();
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int before = target.position();
        while (target.position() == before && target.hasRemaining()) {
            if (rest.hasRemaining()) {
                int count = Math.min(rest.remaining(), target.remaining());
                target.put(rest.slice(rest.position(), count));
                rest.position(rest.position() + count);
            } else if (target.remaining() >= sectionSize) {
                if (!unwrap(target)) {
                    return -1;
                }
            } else {
                rest = rest.capacity() == 0 ? ByteBuffer.allocate(sectionSize) : rest.clear();
                boolean more = unwrap(rest);
                rest.flip();
                if (!more) {
                    return -1;
                }
            }
        }
        return target.position() - before;
    }

    /** Opens the records that have come, as many as there is room for, and at least one. False at the end. */
    private boolean unwrap(ByteBuffer target) throws IOException {
        int before = target.position();
        while (!ended && target.remaining() >= sectionSize) {
            SSLEngineResult result = engine.unwrap(in, target);
            if (result.getStatus() == Status.BUFFER_UNDERFLOW) {
                if (target.position() > before) {
                    return true; // what has come goes first
                }
                ended = !receive();
            } else if (result.getStatus() == Status.CLOSED) {
                ended = true;
            } else if (result.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
                handshake(result.getHandshakeStatus());
            }
        }
        return target.position() > before;
    }

    private boolean receive() throws IOException {
        if (in.remaining() == in.capacity()) {
            in = ByteBuffer.allocate(Math.min(4 * in.capacity(), SIZE)).put(in);
        } else {
            in.compact();
        }
        int count = socket.read(in);
        boolean full = !in.hasRemaining();
        in.flip();
        if (full && in.capacity() < SIZE) { // more is coming: larger reads from now on
            in = ByteBuffer.allocate(Math.min(4 * in.capacity(), SIZE)).put(in).flip();
        }
        return count >= 0;
    }

    /** Does what the handshake wants of this end now. */
    private void handshake(HandshakeStatus status) throws IOException {
        HandshakeStatus next = status;
        while (next == HandshakeStatus.NEED_TASK || next == HandshakeStatus.NEED_WRAP) {
            if (next == HandshakeStatus.NEED_TASK) {
                engine.getDelegatedTask().run();
            } else {
                send(NONE.duplicate());
            }
            next = engine.getHandshakeStatus();
        }
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            send(source);
        }
    }

    /** Makes records of what fits in the buffer, at least one, also of nothing, and sends them. */
    private void send(ByteBuffer source) throws IOException {
        writing.lock();
        try {
            int wanted = source.remaining() > 16_384 ? SIZE + 20 * (recordSize - 16_384) : recordSize;
            out = out.capacity() < wanted ? ByteBuffer.allocate(wanted) : out.clear();
            do {
                if (engine.wrap(source, out).getStatus() == Status.CLOSED && source.hasRemaining()) {
                    throw new IOException("closed");
                }
            } while (source.hasRemaining() && out.remaining() >= recordSize);
            out.flip();
            while (out.hasRemaining()) {
                socket.write(out);
            }
        } finally {
            writing.unlock();
        }
    }

    @Override
    public BufferPool pool() {
        return BUFFERS;
    }

    @Override
    public ByteBuffer allocate(int size) {
        return ByteBuffer.allocate(size);
    }

    @Override
    public void quiet() {
        writing.lock();
        try {
            out = NONE;
        } finally {
            writing.unlock();
        }
        if (!rest.hasRemaining()) {
            rest = NONE;
        }
        ByteBuffer small = ByteBuffer.allocate(Math.max(in.remaining(), 256));
        in = small.put(in).flip();
    }

    @Override
    public void close() throws IOException {
        try (socket) {
            engine.closeOutbound();
            handshake(engine.getHandshakeStatus());
        }
    }
}
