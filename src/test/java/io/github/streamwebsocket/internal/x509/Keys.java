package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.internal.BouncyCastle;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keys for certificates of the tests, each made once and found again by its name. */
final class Keys {
    private static final Map<String, KeyPair> MADE = new ConcurrentHashMap<>();

    private Keys() {}

    static KeyPair ec(String name) {
        return ec("secp256r1", name);
    }

    static KeyPair ec(String curve, String name) {
        return MADE.computeIfAbsent(curve + name, absent -> {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BouncyCastle.PROVIDER);
                generator.initialize(new ECGenParameterSpec(curve));
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    static KeyPair of(String algorithm, int bits, String name) {
        return MADE.computeIfAbsent(algorithm + bits + name, absent -> {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, BouncyCastle.PROVIDER);
                if (bits > 0) {
                    generator.initialize(bits);
                }
                return generator.generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }
}
