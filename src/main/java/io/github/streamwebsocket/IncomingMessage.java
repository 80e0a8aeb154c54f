package io.github.streamwebsocket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * One message as it arrives: an input stream over its payload, however many frames carry it. A read returns a section
 * as soon as bytes of it are there.
 *
 * <p>-1 means the true end of the message and only that. A connection that ends inside the message makes the read throw
 * a {@link WebSocketException}, so what was read to -1 is complete. A read that times out throws {@link
 * WebSocketTimeoutException} and loses nothing.
 *
 * <p>{@link #close()} before the end skips what is left if that is little (1 MiB and one second at the most), and
 * otherwise aborts the connection, as the messages behind cannot be reached. After the end it does nothing.
 *
 * <p>For one thread at a time; which thread it is may change.
 */
public abstract class IncomingMessage extends InputStream {

    /** For the library's own messages. */
    protected IncomingMessage() {}

    /**
     * Returns the type of this message.
     *
     * @return the type, known from the message's first frame
     */
    public abstract SocketMessageType type();

    /**
     * Reads the rest of a text message into one string; for a message whose size is known to be moderate. Blocks until all
     * of it has come.
     *
     * @return the text, "" at the end of the message
     * @throws IOException as {@link #read(byte[], int, int)} does; what was read is lost then
     * @throws IllegalStateException if the message is binary, or an earlier read ended inside a character
     */
    public String readAllText() throws IOException {
        if (type() != SocketMessageType.UTF8) {
            throw new IllegalStateException("expected a text message but it is binary: read its bytes");
        }
        byte[] rest = readAllBytes();
        if (rest.length > 0 && (rest[0] & 0xC0) == 0x80) { // text is checked, so only its start can be cut off
            throw new IllegalStateException(
                    "expected to be at the start of a character but an earlier read ended inside one");
        }
        return new String(rest, StandardCharsets.UTF_8);
    }

    /**
     * {@inheritDoc}
     *
     * @throws WebSocketTimeoutException if nothing came within the read timeout; nothing is lost
     * @throws IOException if this message was closed, which says nothing about the connection; another {@link
     *     WebSocketException} if that ended inside the message
     */
    @Override
    public abstract int read(byte[] buffer, int offset, int length) throws IOException;
}
