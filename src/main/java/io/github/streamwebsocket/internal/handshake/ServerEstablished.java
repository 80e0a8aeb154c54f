package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.HandshakeRequest;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.net.Wire;
import org.jspecify.annotations.Nullable;

/**
 * A server's connection after its opening handshake.
 *
 * @param wire the open wire; the receiver's to end
 * @param protocol the subprotocol chosen, "" when none
 * @param request what the client asked for
 * @param deflate how messages are compressed, null when they are not
 * @param leftover bytes that came behind the request: the start of the first frames
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
public record ServerEstablished(
        Wire wire,
        String protocol,
        HandshakeRequest request,
        @Nullable DeflateParameters deflate,
        byte[] leftover) {}
