package io.github.streamwebsocket.internal;

import io.github.streamwebsocket.PerMessageDeflate;

/**
 * What both ends have agreed on for permessage-deflate (RFC 7692 7.1), and how this end compresses.
 *
 * @param clientNoContextTakeover the client compresses each message by itself
 * @param serverNoContextTakeover the server compresses each message by itself
 * @param clientMaxWindowBits the client refers back at most 2 to this power of bytes
 * @param serverMaxWindowBits the server refers back at most 2 to this power of bytes
 * @param level of {@link java.util.zip.Deflater}, 1 to 9
 * @param threshold messages of fewer bytes are sent as they are
 */
public record DeflateParameters(
        boolean clientNoContextTakeover,
        boolean serverNoContextTakeover,
        int clientMaxWindowBits,
        int serverMaxWindowBits,
        int level,
        int threshold) {

    /** The same as a user sees it. */
    public PerMessageDeflate inForce() {
        return PerMessageDeflate.DEFAULT
                .level(level)
                .threshold(threshold)
                .clientNoContextTakeover(clientNoContextTakeover)
                .serverNoContextTakeover(serverNoContextTakeover)
                .clientMaxWindowBits(clientMaxWindowBits)
                .serverMaxWindowBits(serverMaxWindowBits);
    }

    /** Whether this end compresses each message by itself. */
    public boolean noContextTakeover(Role role) {
        return role == Role.CLIENT ? clientNoContextTakeover : serverNoContextTakeover;
    }

    /** How far back this end may refer, as a power of 2. */
    public int windowBits(Role role) {
        return role == Role.CLIENT ? clientMaxWindowBits : serverMaxWindowBits;
    }
}
