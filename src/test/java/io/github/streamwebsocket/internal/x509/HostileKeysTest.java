package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.BouncyCastle;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.DSAParameter;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.OperatorCreationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that were made to keep us busy, or to hide what they are. */
@Timeout(60)
class HostileKeysTest {
    /** The promise is 100 ms; here tests run beside each other, in code that is not compiled yet. */
    private static final long MOST_MILLIS = 400;

    private static final Random RANDOM = new Random(3);

    private static BigInteger odd(int bits) {
        return new BigInteger(bits, RANDOM).setBit(bits - 1).setBit(0);
    }

    private static SubjectPublicKeyInfo rsa(ASN1ObjectIdentifier name, BigInteger modulus, BigInteger exponent)
            throws IOException {
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(name, DERNull.INSTANCE), new RSAPublicKey(modulus, exponent));
    }

    private static SubjectPublicKeyInfo dsa(int bits, int subgroupBits) throws IOException {
        DSAParameter group = new DSAParameter(odd(bits), odd(subgroupBits), odd(bits - 1));
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_dsa, group), new ASN1Integer(odd(bits - 2)));
    }

    private static SubjectPublicKeyInfo ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BouncyCastle.PROVIDER);
        generator.initialize(new ECGenParameterSpec(curve));
        return SubjectPublicKeyInfo.getInstance(
                generator.generateKeyPair().getPublic().getEncoded());
    }

    private static AlgorithmIdentifier algorithm(ASN1ObjectIdentifier name) {
        return new AlgorithmIdentifier(name);
    }

    /** Validates a certificate that may have been signed by this key; returns milliseconds of processor time. */
    private static long millis(SubjectPublicKeyInfo key, AlgorithmIdentifier algorithm, byte[] signature)
            throws IOException {
        Certificate issuer = OddCertificate.of("CN=X", "CN=X")
                .key(key)
                .signature(algorithm, signature)
                .with(Extension.basicConstraints, new BasicConstraints(true))
                .make();
        Certificate leaf = OddCertificate.of("CN=a", "CN=X")
                .signature(algorithm, signature)
                .make();
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        ChainValidator.validate(OddCertificate.request(List.of(leaf, issuer)));
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1_000_000;
    }

    private static void assertQuick(long millis) {
        assertTrue(millis < MOST_MILLIS, () -> "took " + millis + " ms");
    }

    @Test
    void aDsaGroupOfAnyOtherSizeIsNotCalculatedIn() throws IOException {
        assertQuick(millis(
                dsa(16_384, 16_383), algorithm(NISTObjectIdentifiers.dsa_with_sha256), OddCertificate.twoIntegers()));
        assertTrue(PublicKeyFacts.of(dsa(3_072, 256)).usable());
        assertFalse(PublicKeyFacts.of(dsa(3_073, 256)).usable());
        assertFalse(PublicKeyFacts.of(dsa(3_072, 257)).usable());
    }

    @Test
    void anRsaKeyUnderAnotherNameIsNoKey() throws IOException {
        SubjectPublicKeyInfo hidden = rsa(PKCSObjectIdentifiers.id_RSAES_OAEP, odd(8_192), odd(8_191));
        assertQuick(millis(
                hidden,
                algorithm(PKCSObjectIdentifiers.sha256WithRSAEncryption),
                odd(8_000).toByteArray()));
        SubjectPublicKeyInfo small = rsa(PKCSObjectIdentifiers.id_RSAES_OAEP, odd(512), BigInteger.valueOf(65_537));
        assertFalse(PublicKeyFacts.of(small).usable(), "its size would go unseen");
    }

    @Test
    void anEcKeyUnderAnotherNameIsNoKey() throws GeneralSecurityException {
        SubjectPublicKeyInfo known = ec("P-256");
        SubjectPublicKeyInfo hidden = new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(
                        SECObjectIdentifiers.dhSinglePass_stdDH_sha256kdf_scheme,
                        known.getAlgorithm().getParameters()),
                known.getPublicKeyData().getBytes());
        assertTrue(PublicKeyFacts.of(known).usable());
        assertFalse(PublicKeyFacts.of(hidden).usable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sect571r1", "c2pnb368w1"})
    void binaryCurvesAreNotCalculatedOn(String curve) throws GeneralSecurityException {
        assertFalse(PublicKeyFacts.of(ec(curve)).usable());
    }

    /** BouncyCastle does before it verifies; it may only see RSA keys if the JDK does not know the algorithm. */
    @Test
    void nobodyLooksForPrimesInAnRsaModulus() throws IOException {
        SubjectPublicKeyInfo key = rsa(PKCSObjectIdentifiers.rsaEncryption, odd(2_048), BigInteger.valueOf(65_537));
        AlgorithmIdentifier notOfTheJdk =
                new AlgorithmIdentifier(TeleTrusTObjectIdentifiers.rsaSignatureWithripemd160, DERNull.INSTANCE);
        OperatorCreationException refused = assertThrows(
                OperatorCreationException.class, () -> Crypto.verifier(key).get(notOfTheJdk));
        assertInstanceOf(NoSuchAlgorithmException.class, refused.getCause());
    }

    /** Also where no path is looked for: in pins, stapled responses and lists. */
    @Test
    void nothingIsVerifiedWithAKeyThatIsNotUsable() throws IOException {
        Certificate certificate = OddCertificate.of("CN=a", "CN=a").make();
        SubjectPublicKeyInfo key = rsa(PKCSObjectIdentifiers.rsaEncryption, odd(2_048), odd(2_047));
        AlgorithmIdentifier rsa = algorithm(PKCSObjectIdentifiers.sha256WithRSAEncryption);
        assertFalse(Crypto.verifies(certificate.holder(), key));
        assertThrows(OperatorCreationException.class, () -> Crypto.verifier(key).get(rsa));
    }
}
