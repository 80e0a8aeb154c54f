package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.ChainValidationResult.INVALID_SIGNATURE;
import static io.github.streamwebsocket.ChainValidationResult.OTHER_ERRORS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X962NamedCurves;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures and keys made so that a careless look takes them, and encodings that are not DER. */
class ForgedSignatureTest {

    static Stream<Forgery> signatures() {
        return Stream.of(
                Forgery.of(
                        "another algorithm beside the signature",
                        chain -> chain.server.outerAlgorithm =
                                inner -> new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384),
                        INVALID_SIGNATURE),
                Forgery.of(
                        "the same algorithm with NULL beside the signature",
                        chain -> chain.server.outerAlgorithm =
                                inner -> new AlgorithmIdentifier(inner.getAlgorithm(), DERNull.INSTANCE),
                        INVALID_SIGNATURE),
                Forgery.of("no signature", chain -> chain.server.signature = signed -> new byte[0], INVALID_SIGNATURE),
                Forgery.of("r and s are 0", chain -> chain.server.signature = signed -> pair(0, 0), INVALID_SIGNATURE),
                Forgery.of("r and s are 1", chain -> chain.server.signature = signed -> pair(1, 1), INVALID_SIGNATURE),
                Forgery.of(
                        "r and s are -1", chain -> chain.server.signature = signed -> pair(-1, -1), INVALID_SIGNATURE),
                Forgery.of(
                        "r and s are the order of the curve",
                        chain -> chain.server.signature = signed -> pair(
                                X962NamedCurves.getByOID(X9ObjectIdentifiers.prime256v1)
                                        .getN(),
                                X962NamedCurves.getByOID(X9ObjectIdentifiers.prime256v1)
                                        .getN()),
                        INVALID_SIGNATURE),
                Forgery.of(
                        "bytes after the signature",
                        chain -> chain.server.signature = signed -> append(signed),
                        INVALID_SIGNATURE),
                Forgery.of(
                        "an RSA issuer with exponent 1", chain -> exponent(chain, 1), INVALID_SIGNATURE, OTHER_ERRORS),
                Forgery.of(
                        "a server's RSA key with exponent 1",
                        chain -> chain.server.publicKey = rsa(modulus(), BigInteger.ONE),
                        OTHER_ERRORS),
                Forgery.of(
                        "a server's RSA key with an even exponent",
                        chain -> chain.server.publicKey = rsa(modulus(), BigInteger.TWO),
                        OTHER_ERRORS),
                Forgery.of(
                        "a server's RSA key with an even modulus",
                        chain ->
                                chain.server.publicKey = rsa(modulus().add(BigInteger.ONE), BigInteger.valueOf(65_537)),
                        OTHER_ERRORS),
                Forgery.of(
                        "an issuer's curve with parameters of its own",
                        chain -> chain.issuing.publicKey = explicit(chain.issuing.publicKey),
                        INVALID_SIGNATURE,
                        OTHER_ERRORS),
                Forgery.of(
                        "a server's curve with parameters of its own",
                        chain -> chain.server.publicKey = explicit(chain.server.publicKey),
                        OTHER_ERRORS),
                Forgery.of(
                        "an EC key without a point",
                        chain -> chain.issuing.publicKey =
                                new SubjectPublicKeyInfo(chain.issuing.publicKey.getAlgorithm(), new byte[] {0}),
                        INVALID_SIGNATURE),
                Forgery.of(
                        "an EC key on another curve of the same size",
                        chain -> chain.issuing.publicKey = new SubjectPublicKeyInfo(
                                new AlgorithmIdentifier(
                                        X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256k1),
                                chain.issuing.publicKey.getPublicKeyData().getBytes()),
                        INVALID_SIGNATURE));
    }

    @ParameterizedTest
    @MethodSource("signatures")
    void theForgeryIsFound(Forgery forgery) {
        forgery.assertFound(true);
    }

    /** Whatever the setting of algorithms says: these keys and signatures are not weak but wrong. */
    @ParameterizedTest
    @MethodSource("signatures")
    void itIsFoundAlsoWhereWeakAlgorithmsAreAllowed(Forgery forgery) {
        forgery.assertFound(false);
    }

    @Test
    void bytesAfterTheCertificateMakeItUnreadable() {
        ChainOfFour chain = new ChainOfFour();
        assertEquals(
                List.of(OTHER_ERRORS),
                chain.verdict(List.of(
                                Certificate.of(append(chain.server.encoded())),
                                chain.issuing.issue(),
                                chain.upper.issue()))
                        .errors());
    }

    @Test
    void onlyDerIsRead() throws Exception {
        ChainOfFour chain = new ChainOfFour();
        ASN1Sequence certificate = ASN1Sequence.getInstance(chain.server.encoded());
        byte[] ber = new BERSequence(certificate.toArray()).getEncoded(ASN1Encoding.BER);
        byte[] longLength = longerLength(chain.server.encoded());
        for (byte[] encoded : List.of(ber, longLength)) {
            assertEquals(
                    List.of(OTHER_ERRORS),
                    chain.verdict(List.of(Certificate.of(encoded), chain.issuing.issue(), chain.upper.issue()))
                            .errors());
        }
    }

    /** Writes the length of the whole with one byte more than needed. */
    private static byte[] longerLength(byte[] der) {
        assertEquals(0x82, der[1] & 0xff);
        ByteArrayOutputStream longer = new ByteArrayOutputStream();
        longer.write(der[0]);
        longer.write(0x83);
        longer.write(0);
        longer.write(der, 2, der.length - 2);
        return longer.toByteArray();
    }

    private static byte[] append(byte[] content) {
        byte[] more = Arrays.copyOf(content, content.length + 1);
        more[content.length] = 5;
        return more;
    }

    private static byte[] pair(long r, long s) {
        return pair(BigInteger.valueOf(r), BigInteger.valueOf(s));
    }

    private static byte[] pair(BigInteger r, BigInteger s) {
        return encoded(new DERSequence(new ASN1Encodable[] {new ASN1Integer(r), new ASN1Integer(s)}));
    }

    private static byte[] encoded(ASN1Object value) {
        try {
            return value.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger modulus() {
        return ((java.security.interfaces.RSAPublicKey)
                        Keys.of("RSA", 2048, "upper").getPublic())
                .getModulus();
    }

    private static SubjectPublicKeyInfo rsa(BigInteger modulus, BigInteger exponent) {
        try {
            return new SubjectPublicKeyInfo(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    new RSAPublicKey(modulus, exponent));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** With this exponent the padded hash is its own signature. */
    private static void exponent(ChainOfFour chain, int exponent) {
        chain.issuing.publicKey = rsa(modulus(), BigInteger.valueOf(exponent));
        chain.server.signedBy(Keys.of("RSA", 2048, "upper"), "SHA256withRSA").withoutKeyIdentifiers();
        chain.server.signature = signed -> {
            BigInteger padded = new BigInteger(1, signed).modPow(BigInteger.valueOf(65_537), modulus());
            byte[] value = padded.toByteArray(); // begins with 1: 00 01 ff ff ...
            byte[] full = new byte[256];
            System.arraycopy(value, 0, full, full.length - value.length, value.length);
            return full;
        };
    }

    private static SubjectPublicKeyInfo explicit(SubjectPublicKeyInfo named) {
        return new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(
                        X9ObjectIdentifiers.id_ecPublicKey,
                        new X962Parameters(X962NamedCurves.getByOID(X9ObjectIdentifiers.prime256v1))),
                named.getPublicKeyData().getBytes());
    }
}
