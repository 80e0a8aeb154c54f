package io.github.streamwebsocket.internal.x509;

import java.math.BigInteger;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.jspecify.annotations.Nullable;

/**
 * What must be known about a public key to judge its strength and what a verification with it costs. Pure.
 *
 * @param kind the family of algorithms
 * @param bits the size of the modulus or of the curve's field; 0 when it does not matter or cannot be told
 * @param usable whether it can be read, and is of a form that RFC 5280 allows
 */
record PublicKeyFacts(Kind kind, int bits, boolean usable) {
    /** Exponents above this make a verification slow, and nobody has them. */
    private static final int MOST_EXPONENT_BITS = 33;

    private static final int MOST_RSA_BITS = 16_384;

    enum Kind {
        RSA,
        EC,
        DSA,
        OTHER
    }

    /** FIPS 186-4 4.2 knows none larger; two exponents of the size of the subgroup are what a verification costs. */
    private static final int MOST_DSA_BITS = 3_072;

    private static final int MOST_DSA_SUBGROUP_BITS = 256;

    /** Keys without parameters whose size is fixed (RFC 8410, RFC 9881). */
    private static final Set<ASN1ObjectIdentifier> OF_FIXED_SIZE = Set.of(
            EdECObjectIdentifiers.id_Ed25519,
            EdECObjectIdentifiers.id_Ed448,
            NISTObjectIdentifiers.id_ml_dsa_44,
            NISTObjectIdentifiers.id_ml_dsa_65,
            NISTObjectIdentifiers.id_ml_dsa_87);

    /**
     * Reads a key. Only what is listed here is usable: BouncyCastle knows the same kinds of keys under more names, under
     * which their size and parameters would go unseen.
     */
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
            if (algorithm.equals(X9ObjectIdentifiers.id_dsa)) {
                return dsa(key.getAlgorithm().getParameters());
            }
        } catch (Exception malformed) { // IOException, and whatever BouncyCastle's parser met
            return new PublicKeyFacts(Kind.OTHER, 0, false);
        }
        return new PublicKeyFacts(Kind.OTHER, 0, OF_FIXED_SIZE.contains(algorithm));
    }

    /** Without parameters it has those of its issuer (RFC 3279 2.3.2), which is allowed, but nothing verifies with it. */
    private static PublicKeyFacts dsa(@Nullable ASN1Encodable parameters) {
        if (parameters == null || DERNull.INSTANCE.equals(parameters)) {
            return new PublicKeyFacts(Kind.DSA, 0, true);
        }
        DSAParameter group = DSAParameter.getInstance(parameters);
        int bits = group.getP().bitLength();
        boolean usable = bits <= MOST_DSA_BITS && group.getQ().bitLength() <= MOST_DSA_SUBGROUP_BITS;
        return new PublicKeyFacts(Kind.DSA, bits, usable);
    }

    /** An exponent of 1 verifies everything; RFC 8017 3.1 has odd ones from 3 on. */
    private static PublicKeyFacts rsa(RSAPublicKey key) {
        BigInteger modulus = key.getModulus();
        BigInteger exponent = key.getPublicExponent();
        boolean usable = modulus.signum() > 0
                && modulus.testBit(0)
                && modulus.bitLength() <= MOST_RSA_BITS
                && exponent.testBit(0)
                && exponent.compareTo(BigInteger.TWO) > 0
                && exponent.bitLength() <= MOST_EXPONENT_BITS;
        return new PublicKeyFacts(Kind.RSA, modulus.bitLength(), usable);
    }

    /**
     * Only named curves (RFC 5480 2.1.1): explicit parameters let the sender choose a curve on which he can forge. Of
     * those only prime ones: binary curves are slow, and TLS has none any more (RFC 8422 5.1.1).
     */
    private static PublicKeyFacts ec(X962Parameters parameters) {
        X9ECParameters curve = parameters.isNamedCurve()
                ? ECNamedCurveTable.getByOID((ASN1ObjectIdentifier) parameters.getParameters())
                : null;
        return curve == null || !ECAlgorithms.isFpCurve(curve.getCurve())
                ? new PublicKeyFacts(Kind.EC, 0, false)
                : new PublicKeyFacts(Kind.EC, curve.getCurve().getFieldSize(), true);
    }
}
