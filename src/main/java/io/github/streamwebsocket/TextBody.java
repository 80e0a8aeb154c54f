package io.github.streamwebsocket;

import java.io.Writer;

/**
 * Writes the text of one message.
 *
 * @param <X> what the writing may throw besides the writer's own {@link java.io.IOException}; reaches the caller of
 *     {@code sendText} unchanged
 */
@FunctionalInterface
public interface TextBody<X extends Exception> {

    /**
     * Writes the text. The message is complete when this returns, and given up when it throws.
     *
     * @param out takes the text; valid until this returns; need not be closed
     * @throws X if the text cannot be made
     */
    void writeTo(Writer out) throws X;
}
