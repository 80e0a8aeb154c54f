package io.github.streamwebsocket;

import java.io.IOException;
import java.io.OutputStream;

/**
 * One message as it is written: an output stream over its payload. {@link #complete()} ends the message; {@link
 * #close()} without it gives the message up. So a producer that fails can never commit half a message:
 *
 * {@snippet :
 * try (OutgoingMessage message = socket.beginMessage()) {
 *     produce(message);
 *     message.complete();
 * }
 * }
 *
 * <p>The message holds the right to send from {@code beginMessage()} to its end: other senders wait for it, and a send
 * by the thread that began it throws {@link IllegalStateException}. For one thread at a time; which thread it is may
 * change.
 */
public abstract class OutgoingMessage extends OutputStream {

    /** For the library's own messages. */
    protected OutgoingMessage() {}

    /**
     * Ends the message: sends what is buffered with the fin bit. Blocks while the peer takes no data. A second call
     * does nothing.
     *
     * @throws IOException if the connection is closed or broken
     * @throws IllegalStateException if the message was given up
     */
    public abstract void complete() throws IOException;

    /**
     * Sends what is buffered as a fragment that does not end the message. A flush of nothing sends nothing.
     *
     * @throws IOException if the message has ended, or the connection is closed or broken
     */
    @Override
    public abstract void flush() throws IOException;

    /**
     * Gives the message up unless it is complete. If nothing of it has left yet, it is dropped and the connection
     * lives. Otherwise the connection is failed with 1011, as a message once begun cannot be taken back. After {@link
     * #complete()} does nothing.
     */
    @Override
    public abstract void close();

    /**
     * {@inheritDoc} Blocks while the peer takes no data.
     *
     * @throws IOException if the message has ended, which says nothing about the connection; a {@link WebSocketException} if
     *     that is closed or broken
     */
    @Override
    public abstract void write(byte[] buffer, int offset, int length) throws IOException;
}
