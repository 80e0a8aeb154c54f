package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.net.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection after its opening handshake.
 *
 * @param wire the open wire; the receiver's to end
 * @param protocol the subprotocol the server chose, "" when none
 * @param responseHeaders the headers of the server's response
 * @param deflate how messages are compressed, null when they are not
 * @param leftover bytes that came behind the response: the start of the first frames
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record Established(
        Wire wire,
        String protocol,
        Headers responseHeaders,
        @Nullable DeflateParameters deflate,
        byte[] leftover) {}
