package io.github.streamwebsocket.internal.handshake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Sec-WebSocket-Key and the Sec-WebSocket-Accept that answers it (RFC 6455 4.1, 4.2.2). */
final class OpeningKey {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int LENGTH = 16;

    private OpeningKey() {}

    /** Returns a fresh key: 16 random bytes in base64. */
    static String next(SecureRandom random) {
        byte[] nonce = new byte[LENGTH];
        random.nextBytes(nonce);
        return Base64.getEncoder().encodeToString(nonce);
    }

    /** Whether the text is base64 of 16 bytes. */
    static boolean isValid(String key) {
        // 24 characters is the padded form; the decoder by itself would also take a form without padding.
        if (key.length() != 24) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(key).length == LENGTH;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the proof that a server has read this key. SHA-1 is no secret here: it only tells WebSocket from HTTP. */
    static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            byte[] digest = sha1.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-1, which every Java platform has", e);
        }
    }
}
