package io.github.streamwebsocket.jmh.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ConcurrentLinkedDeque;

/** TCP alone, read and written outside the heap: without the copy that a {@link java.net.Socket} makes of all. */
final class PlainChannel implements PeerChannel {
    private static final ConcurrentLinkedDeque<ByteBuffer> BUFFERS = new ConcurrentLinkedDeque<>();

    private final SocketChannel socket;

    PlainChannel(SocketChannel socket) {
        this.socket = socket;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        return socket.read(target);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        while (source.hasRemaining()) {
            socket.write(source);
        }
    }

    @Override
    public ByteBuffer borrow() {
        ByteBuffer buffer = BUFFERS.poll();
        return buffer == null ? allocate(SIZE) : buffer.clear();
    }

    @Override
    public void giveBack(ByteBuffer buffer) {
        BUFFERS.push(buffer);
    }

    @Override
    public ByteBuffer allocate(int size) {
        return ByteBuffer.allocateDirect(size);
    }

    @Override
    public void quiet() {}

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
