package io.github.streamwebsocket.testing;

import io.github.streamwebsocket.SocketMessageType;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How many messages and bytes, and the SHA-256 over the type, length and payload of each. The programs in src/interop
 * print the same.
 */
public final class Tally {
    private final MessageDigest digest;
    private int count;
    private long bytes;

    public Tally() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    public void add(SocketMessageType type, byte[] payload) {
        digest.update(ByteBuffer.allocate(9)
                .put((byte) (type == SocketMessageType.UTF8 ? RawFrames.TEXT : RawFrames.BINARY))
                .putLong(payload.length)
                .flip());
        digest.update(payload);
        count++;
        bytes += payload.length;
    }

    public long bytes() {
        return bytes;
    }

    /** Ends the tally. */
    public String finish() {
        return count + " " + bytes + " " + HexFormat.of().formatHex(digest.digest());
    }
}
