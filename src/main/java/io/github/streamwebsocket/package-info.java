/**
 * {@code StreamWebSocket} for Java: plain blocking streams over a WebSocket (RFC 6455), made for virtual threads.
 *
 * <p>Start with {@link io.github.streamwebsocket.StreamWebSocket} to connect for bytes, with {@link
 * io.github.streamwebsocket.MessageWebSocket} to connect for text or whole messages, and with {@link
 * io.github.streamwebsocket.WebSocketListener} to accept either.
 */
@NullMarked
package io.github.streamwebsocket;

import org.jspecify.annotations.NullMarked;
