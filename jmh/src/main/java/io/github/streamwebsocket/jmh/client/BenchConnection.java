package io.github.streamwebsocket.jmh.client;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

/**
 * One connection of a client library, in the fastest form that its public API has. For one thread. Whoever sends more
 * than the peer takes is held back, as the library does it or, where it only queues, by waiting until its queue is
 * short.
 */
public interface BenchConnection extends AutoCloseable {
    /**
     * Sends a complete binary message, which leaves by itself. The bytes must stay as they are until the peer has told
     * that they came, as some libraries only queue the array, and would have to copy it otherwise.
     */
    void send(byte[] message) throws Exception;

    /** Sends each as a complete binary message, in as few writes as the library can do. Consumes them. */
    void sendAll(List<ByteBuffer> messages) throws Exception;

    /**
     * Sends the next section of one binary message that never ends: the same array each time. Less than a fragment of
     * it may wait for the next.
     */
    void sendSection(byte[] section) throws Exception;

    /**
     * Waits until so many more messages, each of which the peer makes of the given size, have come; what comes is
     * looked at only for its size. A message that is larger or smaller is an error.
     *
     * @param size of each message in bytes
     */
    void receive(int messages, int size) throws Exception;

    /** Waits until so many more bytes of one message that never ends have come. */
    void receiveSections(long bytes) throws Exception;

    /** Receives one message and gives its sections, in order, to the consumer: to tell whether all is right. */
    void receiveInto(Consumer<ByteBuffer> consumer) throws Exception;

    /**
     * Nothing will be sent or received: sees to it that the peer's end would be noticed, if the library does not
     * anyway.
     */
    default void idle() {}

    /** Closes in good order, and waits for the end. */
    @Override
    void close() throws Exception;
}
