package io.github.streamwebsocket.jmh.peer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of one connection. One thread reads and one writes at a time. */
interface PeerChannel extends Closeable {
    /** How much is read and written at once: more than any client does, so that this end needs fewer calls. */
    int SIZE = 256 * 1024;

    /** Reads at least one byte, unless there is no room; -1 at the end. */
    int read(ByteBuffer target) throws IOException;

    /** Writes all that remains. For any thread, one at a time. */
    void write(ByteBuffer source) throws IOException;

    /** Returns where to borrow buffers of {@link #SIZE}, of the kind that is read and written fastest. */
    BufferPool pool();

    /** Returns an empty buffer of that kind and of this size. */
    ByteBuffer allocate(int size);

    /** Gives up what memory there can be without while nothing comes. */
    void quiet();
}
