package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.internal.BouncyCastle;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The policy on algorithms, which is a step of its own. */
class AlgorithmStepTest {
    private static final KeyPair SIGNER = ChainSpec.keys("EC", 256);

    private static Certificate certificate(String name, String issuer, SubjectPublicKeyInfo key, String hash)
            throws Exception {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                new X500Name("CN=" + issuer),
                BigInteger.ONE,
                Date.from(Instant.EPOCH),
                Date.from(Instant.EPOCH.plusSeconds(1)),
                new X500Name("CN=" + name),
                key);
        return Certificate.of(builder.build(new JcaContentSignerBuilder(hash + "withECDSA").build(SIGNER.getPrivate()))
                .getEncoded());
    }

    private static SubjectPublicKeyInfo key(String kind, String size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind, BouncyCastle.PROVIDER);
        if (kind.equals("EC")) {
            generator.initialize(new ECGenParameterSpec(size));
        } else if (!size.isEmpty()) {
            generator.initialize(Integer.parseInt(size));
        }
        return SubjectPublicKeyInfo.getInstance(
                generator.generateKeyPair().getPublic().getEncoded());
    }

    private static SubjectPublicKeyInfo good() {
        return SubjectPublicKeyInfo.getInstance(SIGNER.getPublic().getEncoded());
    }

    private static Map<ChainValidationResult, String> check(Path path) {
        Findings findings = new Findings();
        AlgorithmStep.check(path, findings);
        return findings.explanations();
    }

    private static Map<ChainValidationResult, String> checkServer(SubjectPublicKeyInfo key, String hash)
            throws Exception {
        Certificate anchor = certificate("Root", "Root", good(), "SHA256");
        return check(new Path(List.of(certificate("server", "Root", key, hash)), anchor, false, List.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, 1024, an RSA key of 1024 bits; expected 2048",
        "RSA, 2048,",
        "EC, secp192r1, an EC key of 192 bits; expected 224",
        "EC, secp224r1,",
        "EC, secp256r1,",
        "EC, brainpoolP256r1,",
        "EC, secp521r1,",
        "DSA, 1024, a DSA key",
        "Ed25519, '',",
        "Ed448, '',",
    })
    void keys(String kind, String size, String fault) throws Exception {
        Map<ChainValidationResult, String> found = checkServer(key(kind, size), "SHA256");
        assertEquals(
                fault == null
                        ? Map.of()
                        : Map.of(
                                ChainValidationResult.OTHER_ERRORS,
                                "the server's certificate has " + fault.replace(';', ',')),
                found);
    }

    /** Whatever the policy: these are not weak but wrong. */
    @Test
    void keysThatNobodyShouldTakeAreFaults() throws Exception {
        BigInteger modulus = BigInteger.ONE.shiftLeft(2047).add(BigInteger.ONE);
        AlgorithmIdentifier rsa = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
        X9ECParameters curve = ECNamedCurveTable.getByName("secp256r1");
        byte[] point = good().getPublicKeyData().getBytes();
        List<SubjectPublicKeyInfo> unusable = List.of(
                new SubjectPublicKeyInfo(rsa, new RSAPublicKey(modulus, BigInteger.ONE.shiftLeft(100))),
                new SubjectPublicKeyInfo(
                        rsa, new RSAPublicKey(BigInteger.ONE.shiftLeft(20_000), BigInteger.valueOf(3))),
                new SubjectPublicKeyInfo(rsa, new RSAPublicKey(modulus, BigInteger.ONE)),
                new SubjectPublicKeyInfo(rsa, new byte[] {1, 2, 3}),
                // explicit parameters let the sender choose the curve (CVE-2020-0601)
                new SubjectPublicKeyInfo(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, new X962Parameters(curve)), point));
        for (SubjectPublicKeyInfo key : unusable) {
            Findings findings = new Findings();
            Certificate server = certificate("server", "Root", key, "SHA256");
            Certificate anchor = certificate("Root", "Root", good(), "SHA256");
            ContentStep.check(new Path(List.of(server), anchor, false, List.of()), findings);
            assertEquals(
                    Map.of(
                            ChainValidationResult.OTHER_ERRORS,
                            "the server's certificate has a public key of a form that is not allowed"),
                    findings.explanations());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SHA1withRSA, SHA-1",
        "SHA1withECDSA, SHA-1",
        "SHA1withDSA, SHA-1",
        "MD5withRSA, MD5",
        "MD2withRSA, MD2",
        "RIPEMD160withRSA, RIPEMD-160",
        "SHA256withRSA,",
        "SHA384withECDSA,",
        "SHA256withDSA,",
        "SHA512withRSA,",
        "Ed25519,",
        "SHA256withRSAandMGF1,",
        "SHA1withRSAandMGF1, SHA-1",
    })
    void hashes(String signature, String weak) {
        assertEquals(weak, WeakSignatures.weakHash(new DefaultSignatureAlgorithmIdentifierFinder().find(signature)));
    }

    /** The defaults of RSASSA-PSS are SHA-1, whether they are left out one by one or all together (RFC 4055 3.1). */
    @Test
    void hashesThatAreNotSaidAreSha1() {
        AlgorithmIdentifier absent = new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS);
        assertEquals("SHA-1", WeakSignatures.weakHash(absent));
        assertEquals(
                "SHA-1",
                WeakSignatures.weakHash(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, new RSASSAPSSparams())));
        assertEquals(
                "an unknown hash",
                WeakSignatures.weakHash(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.id_RSASSA_PSS, DERNull.INSTANCE)));
        assertEquals("SHA-1", WeakSignatures.weakHash(new AlgorithmIdentifier(OIWObjectIdentifiers.sha1WithRSA)));
        assertNull(WeakSignatures.weakHash(new AlgorithmIdentifier(PKCSObjectIdentifiers.data)));
    }

    /** An anchor is trusted by its key, a root that is not trusted is faulted for that; neither vouches by a signature. */
    @Test
    void rootsAreExempt() throws Exception {
        Certificate weakRoot = certificate("Root", "Root", key("RSA", "1024"), "SHA1");
        Certificate server = certificate("server", "Root", good(), "SHA256");
        assertEquals(Map.of(), check(new Path(List.of(server), weakRoot, false, List.of())));
        assertEquals(Map.of(), check(new Path(List.of(server, weakRoot), null, true, List.of())));
        assertEquals(Map.of(), check(new Path(List.of(weakRoot), weakRoot, true, List.of())));
        Certificate selfSigned = certificate("server", "server", good(), "SHA1");
        assertEquals(Map.of(), check(new Path(List.of(selfSigned), null, true, List.of())));
    }

    @Test
    void aSelfSignedServerStillNeedsAKey() throws Exception {
        Certificate selfSigned = certificate("server", "server", key("RSA", "1024"), "SHA256");
        assertEquals(
                1, check(new Path(List.of(selfSigned), null, true, List.of())).size());
    }

    @Test
    void thePolicyCanBeSwitchedOff() {
        ChainSpec spec = new ChainSpec();
        spec.server.hash = "SHA1";
        ValidationRequest request = spec.request();
        assertEquals(
                List.of(ChainValidationResult.OTHER_ERRORS),
                ChainValidator.validate(request).errors());
        ValidationPolicy off = ValidationPolicy.tlsServer(false, ValidationPolicy.KeyUse.DIGITAL_SIGNATURE);
        assertEquals(
                List.of(),
                ChainValidator.validate(new ValidationRequest(
                                request.sent(),
                                request.host(),
                                request.anchors(),
                                request.time(),
                                off,
                                request.revocation()))
                        .errors());
    }
}
