package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DigestAlgorithmIdentifierFinder;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether keys and signatures of a path are strong enough. The anchor is trusted by its name and key, so neither
 * its key nor its own signature counts; nor does that of a root nobody trusts, which is faulted for that. Pure.
 */
final class AlgorithmStep {
    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 224;

    private static final Map<ASN1ObjectIdentifier, String> WEAK_HASHES = Map.of(
            PKCSObjectIdentifiers.md2, "MD2",
            PKCSObjectIdentifiers.md4, "MD4",
            PKCSObjectIdentifiers.md5, "MD5",
            OIWObjectIdentifiers.idSHA1, "SHA-1",
            TeleTrusTObjectIdentifiers.ripemd128, "RIPEMD-128",
            TeleTrusTObjectIdentifiers.ripemd160, "RIPEMD-160");

    private static final DigestAlgorithmIdentifierFinder DIGESTS = new DefaultDigestAlgorithmIdentifierFinder();

    private AlgorithmStep() {}

    static void check(Path path, Findings findings) {
        int size = path.certificates().size();
        for (int i = 0; i < size; i++) {
            boolean root = path.endsInRoot() && i == size - 1;
            Certificate certificate = path.certificates().get(i);
            String hash = root ? null : weakHash(certificate.holder().getSignatureAlgorithm());
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

    /** Returns the name of a signature's hash if it is weak. */
    static @Nullable String weakHash(AlgorithmIdentifier signature) {
        AlgorithmIdentifier digest = DIGESTS.find(signature);
        return digest == null ? null : WEAK_HASHES.get(digest.getAlgorithm());
    }

    private static @Nullable String weakKey(PublicKeyFacts key) {
        if (!key.usable()) {
            return "a public key of a form that is not allowed";
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
