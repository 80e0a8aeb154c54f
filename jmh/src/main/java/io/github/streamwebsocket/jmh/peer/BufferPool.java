package io.github.streamwebsocket.jmh.peer;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;

/** Large buffers of one kind, kept for the connections that come after. For any thread. */
final class BufferPool {
    private final ConcurrentLinkedDeque<ByteBuffer> free = new ConcurrentLinkedDeque<>();
    private final Supplier<ByteBuffer> maker;

    BufferPool(Supplier<ByteBuffer> maker) {
        this.maker = maker;
    }

    /** Returns an empty buffer. */
    ByteBuffer borrow() {
        ByteBuffer buffer = free.poll();
        return buffer == null ? maker.get() : buffer.clear();
    }

    /** Takes one back for others. */
    void giveBack(ByteBuffer buffer) {
        free.push(buffer);
    }
}
