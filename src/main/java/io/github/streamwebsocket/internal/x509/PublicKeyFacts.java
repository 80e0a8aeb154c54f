package io.github.streamwebsocket.internal.x509;

import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * What must be known about a public key to judge its strength and what a verification with it costs. Pure.
 *
 * @param kind the family of algorithms
 * @param bits the size of the modulus or of the curve's field; 0 when it does not matter or cannot be told
 * @param usable whether it can be read, and is of a form that RFC 5280 allows
 */
record PublicKeyFacts(Kind kind, int bits, boolean usable) {
    /** Exponents above this make a verification slow, and nobody has them. */
    private static final int MOST_EXPONENT_BITS = 64;

    private static final int MOST_RSA_BITS = 16_384;

    enum Kind {
        RSA,
        EC,
        DSA,
        OTHER
    }

    static PublicKeyFacts of(SubjectPublicKeyInfo key) {
        ASN1ObjectIdentifier algorithm = key.getAlgorithm().getAlgorithm();
        try {
            if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)
                    || algorithm.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
                return rsa(RSAPublicKey.getInstance(key.parsePublicKey()));
            }
            if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
                return ec(X962Parameters.getInstance(key.getAlgorithm().getParameters()));
            }
        } catch (Exception malformed) { // IOException, and whatever BouncyCastle's parser met
            return new PublicKeyFacts(Kind.OTHER, 0, false);
        }
        if (algorithm.equals(X9ObjectIdentifiers.id_dsa) || algorithm.on(NISTObjectIdentifiers.id_dsa_with_sha2)) {
            return new PublicKeyFacts(Kind.DSA, 0, true);
        }
        return new PublicKeyFacts(Kind.OTHER, 0, true);
    }

    private static PublicKeyFacts rsa(RSAPublicKey key) {
        BigInteger modulus = key.getModulus();
        boolean usable = modulus.signum() > 0
                && modulus.bitLength() <= MOST_RSA_BITS
                && key.getPublicExponent().signum() > 0
                && key.getPublicExponent().bitLength() <= MOST_EXPONENT_BITS;
        return new PublicKeyFacts(Kind.RSA, modulus.bitLength(), usable);
    }

    /** Only named curves (RFC 5480 2.1.1): explicit parameters let the sender choose a curve on which he can forge. */
    private static PublicKeyFacts ec(X962Parameters parameters) {
        X9ECParameters curve = parameters.isNamedCurve()
                ? ECNamedCurveTable.getByOID((ASN1ObjectIdentifier) parameters.getParameters())
                : null;
        return curve == null
                ? new PublicKeyFacts(Kind.EC, 0, false)
                : new PublicKeyFacts(Kind.EC, curve.getCurve().getFieldSize(), true);
    }
}
