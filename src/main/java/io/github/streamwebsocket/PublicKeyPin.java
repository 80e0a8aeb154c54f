package io.github.streamwebsocket;

import java.util.Base64;

/** Checks the form of a public key pin. Pure. */
final class PublicKeyPin {
    private static final String PREFIX = "sha256/";
    private static final int SHA256_BYTES = 32;

    private PublicKeyPin() {}

    static String checked(String pin) {
        if (pin.startsWith(PREFIX)) {
            try {
                if (Base64.getDecoder().decode(pin.substring(PREFIX.length())).length == SHA256_BYTES) {
                    return pin;
                }
            } catch (IllegalArgumentException e) {
                // said below
            }
        }
        throw new IllegalArgumentException(
                "expected a pin of sha256/ and 44 characters of base64 (32 bytes) but was " + pin);
    }
}
