package io.github.streamwebsocket.jmh.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** TCP alone, read and written outside the heap: without the copy that a {@link java.net.Socket} makes of all. */
final class PlainChannel implements PeerChannel {
    private static final BufferPool BUFFERS = new BufferPool(() -> ByteBuffer.allocateDirect(SIZE));

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
    public BufferPool pool() {
        return BUFFERS;
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
