package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether keys and signatures of a path are strong enough. The anchor is trusted by its name and key, so neither
 * its key nor its own signature counts; nor does that of a root nobody trusts, which is faulted for that. Pure.
 */
final class AlgorithmStep {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 224;

    private AlgorithmStep() {}

    static void check(Path path, Findings findings) {
        int size = path.certificates().size();
        for (int i = 0; i < size; i++) {
            boolean root = path.endsInRoot() && i == size - 1;
            Certificate certificate = path.certificates().get(i);
            String hash =
                    root ? null : WeakSignatures.weakHash(certificate.holder().getSignatureAlgorithm());
            if (hash != null) {
                findings.add(
                        ChainValidationResult.OTHER_ERRORS,
                        path.shown(i) + " is signed with " + hash + ", which is weak");
            }
            String key = root && (i > 0 || path.leafIsAnchor()) ? null : weakKey(certificate.publicKey());
            if (key != null) {
                findings.add(ChainValidationResult.OTHER_ERRORS, path.shown(i) + " has " + key);
            }
        }
    }

    private static @Nullable String weakKey(PublicKeyFacts key) {
        if (!key.usable()) {
            return null; // which is no question of strength
        }
        return switch (key.kind()) {
            case RSA ->
                key.bits() < LEAST_RSA_BITS
                        ? "an RSA key of " + key.bits() + " bits, expected " + LEAST_RSA_BITS
                        : null;
            case EC ->
                key.bits() < LEAST_EC_BITS ? "an EC key of " + key.bits() + " bits, expected " + LEAST_EC_BITS : null;
            case DSA -> "a DSA key";
            case OTHER -> null;
        };
    }
}
