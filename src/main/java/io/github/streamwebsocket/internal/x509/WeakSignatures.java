package io.github.streamwebsocket.internal.x509;

import java.util.Map;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.DigestAlgorithmIdentifierFinder;
import org.jspecify.annotations.Nullable;

/** Knows the signature algorithms whose hash can be collided, so that a signature may stand under other words. Pure. */
final class WeakSignatures {
    private static final Map<ASN1ObjectIdentifier, String> WEAK_HASHES = Map.of(
            PKCSObjectIdentifiers.md2, "MD2",
            PKCSObjectIdentifiers.md4, "MD4",
            PKCSObjectIdentifiers.md5, "MD5",
            OIWObjectIdentifiers.idSHA1, "SHA-1",
            TeleTrusTObjectIdentifiers.ripemd128, "RIPEMD-128",
            TeleTrusTObjectIdentifiers.ripemd160, "RIPEMD-160");

    private static final DigestAlgorithmIdentifierFinder DIGESTS = new DefaultDigestAlgorithmIdentifierFinder();

    private WeakSignatures() {}

    static boolean isWeak(AlgorithmIdentifier signature) {
        return weakHash(signature) != null;
    }

    /** Returns the name of a signature's hash if it is weak, or cannot be told. */
    static @Nullable String weakHash(AlgorithmIdentifier signature) {
        if (PKCSObjectIdentifiers.id_RSASSA_PSS.equals(signature.getAlgorithm())) {
            try {
                ASN1Encodable parameters = signature.getParameters();
                RSASSAPSSparams pss =
                        parameters == null ? new RSASSAPSSparams() : RSASSAPSSparams.getInstance(parameters);
                return WEAK_HASHES.get(pss.getHashAlgorithm().getAlgorithm());
            } catch (RuntimeException malformed) { // what BouncyCastle's parser met
                return "an unknown hash";
            }
        }
        AlgorithmIdentifier digest = DIGESTS.find(signature);
        return digest == null ? null : WEAK_HASHES.get(digest.getAlgorithm());
    }
}
