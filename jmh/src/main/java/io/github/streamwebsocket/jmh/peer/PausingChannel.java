package io.github.streamwebsocket.jmh.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets bytes come together before it reads them, as a network card does before it tells of them. Over loopback each
 * write would otherwise have to wake this end first, which takes longer than the write itself, and less long for
 * clients that keep all cores busy, so that this end is late.
 */
record PausingChannel(PeerChannel channel, long pause) implements PeerChannel {

    /** @param microseconds before each read, at the least */
    static PeerChannel of(PeerChannel channel, long microseconds) {
        return microseconds == 0 ? channel : new PausingChannel(channel, TimeUnit.MICROSECONDS.toNanos(microseconds));
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        LockSupport.parkNanos(pause);
        return channel.read(target);
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
        channel.write(source);
    }

    @Override
    public BufferPool pool() {
        return channel.pool();
    }

    @Override
    public ByteBuffer allocate(int size) {
        return channel.allocate(size);
    }

    @Override
    public void quiet() {
        channel.quiet();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
