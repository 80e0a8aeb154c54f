package io.github.streamwebsocket.internal.x509;

import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Knows the signature algorithms whose hash can be collided, so that a signature may stand under other words. Pure. */
final class WeakSignatures {
    private static final Set<ASN1ObjectIdentifier> WEAK = Set.of(
            PKCSObjectIdentifiers.md2WithRSAEncryption,
            PKCSObjectIdentifiers.md4WithRSAEncryption,
            PKCSObjectIdentifiers.md5WithRSAEncryption,
            PKCSObjectIdentifiers.sha1WithRSAEncryption,
            OIWObjectIdentifiers.md4WithRSA,
            OIWObjectIdentifiers.md5WithRSA,
            OIWObjectIdentifiers.sha1WithRSA,
            OIWObjectIdentifiers.dsaWithSHA1,
            X9ObjectIdentifiers.id_dsa_with_sha1,
            X9ObjectIdentifiers.ecdsa_with_SHA1);

    private static final Set<ASN1ObjectIdentifier> WEAK_HASHES = Set.of(
            OIWObjectIdentifiers.idSHA1,
            PKCSObjectIdentifiers.md5,
            PKCSObjectIdentifiers.md2,
            PKCSObjectIdentifiers.md4);

    private WeakSignatures() {}

    static boolean isWeak(AlgorithmIdentifier signature) {
        if (!PKCSObjectIdentifiers.id_RSASSA_PSS.equals(signature.getAlgorithm())) {
            return WEAK.contains(signature.getAlgorithm());
        }
        try {
            ASN1Encodable parameters = signature.getParameters();
            RSASSAPSSparams pss = parameters == null ? new RSASSAPSSparams() : RSASSAPSSparams.getInstance(parameters);
            return WEAK_HASHES.contains(pss.getHashAlgorithm().getAlgorithm());
        } catch (RuntimeException malformed) {
            return true;
        }
    }
}
