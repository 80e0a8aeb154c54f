package io.github.streamwebsocket;

import java.io.OutputStream;

/**
 * Writes the payload of one message.
 *
 * @param <X> what writing may throw, the stream's own {@link java.io.IOException} included: that for a body that only
 *     writes, and {@code Exception} for one that throws others too; reaches the caller of {@code send} unchanged
 */
@FunctionalInterface
public interface MessageBody<X extends Exception> {

    /**
     * Writes the payload. The message is complete when this returns, and given up when it throws.
     *
     * @param out takes the payload; valid until this returns; need not be closed
     * @throws X if the payload cannot be made or written
     */
    void writeTo(OutputStream out) throws X;
}
