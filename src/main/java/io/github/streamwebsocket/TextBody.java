package io.github.streamwebsocket;

import java.io.Writer;

/**
 * Writes the text of one message.
 *
 * @param <X> what writing may throw, the writer's own {@link java.io.IOException} included: that for a body that only
 *     writes, and {@code Exception} for one that throws others too; reaches the caller of {@code sendText} unchanged
 */
@FunctionalInterface
public interface TextBody<X extends Exception> {

    /**
     * Writes the text. The message is complete when this returns, and given up when it throws.
     *
     * @param out takes the text; valid until this returns; need not be closed
     * @throws X if the text cannot be made or written
     */
    void writeTo(Writer out) throws X;
}
