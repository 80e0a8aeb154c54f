package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CertificateTextTest {
    private static final Instant NOW = MadeCertificate.UNTIL.minus(Duration.ofDays(83));

    private static Map<String, String> facts(MadeCertificate made) throws Exception {
        return CertificateText.facts(made.make(), NOW);
    }

    @Test
    void everyFactHasItsLine() throws Exception {
        X509Certificate certificate = MadeCertificate.of("CN=a.example")
                .names("a.example", "b.example")
                .make();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        assertEquals(
                List.of(
                        "names=a.example, b.example",
                        "valid=2026-01-02 to 2026-04-02, ends in 83 days",
                        "key=EC P-256",
                        "signature=ECDSA with SHA-256",
                        "serial=1f2e3d4c",
                        "SHA-256=" + HexFormat.of().formatHex(sha256.digest(certificate.getEncoded())),
                        "pin=sha256/"
                                + Base64.getEncoder()
                                        .encodeToString(sha256.digest(
                                                certificate.getPublicKey().getEncoded()))),
                CertificateText.facts(certificate, NOW).entrySet().stream()
                        .map(Map.Entry::toString)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=R11, O=Let's Encrypt, C=US | R11 (Let's Encrypt)",
                "C=US, O=Corp, CN=Corp | Corp",
                "CN=host.example | host.example",
                "O=Only Inc | Only Inc",
                "OU=Unit, C=DE | OU=Unit,C=DE",
                "CN=Doe\\, Jane, O=A \\+ B | Doe, Jane (A + B)"
            })
    void aNameIsItsCommonNameAndOrganization(String distinguishedName, String text) throws Exception {
        assertEquals(
                text,
                CertificateText.subject(MadeCertificate.of(distinguishedName).make()));
    }

    @Test
    void aCertificateWithoutANameSaysSo() throws Exception {
        X509Certificate certificate = MadeCertificate.of(new X500Name(new org.bouncycastle.asn1.x500.RDN[0]))
                .issuedBy("CN=somebody")
                .make();
        assertEquals("(no name)", CertificateText.subject(certificate));
        assertEquals("somebody", CertificateText.issuer(certificate));
    }

    @Test
    void namesCommandNoTerminalAndAreCut() throws Exception {
        X500Name evil = new X500NameBuilder()
                .addRDN(BCStyle.CN, new DERUTF8String("a\u001b[31m\r\nb\u202e" + "x".repeat(1_000)))
                .build();
        X509Certificate certificate = MadeCertificate.of(evil)
                .names("c\u0007\u001b]0;d", "e".repeat(500))
                .make();
        String subject = CertificateText.subject(certificate);
        assertTrue(subject.startsWith("a[31m bxxx") && subject.length() == 100, subject);
        String names = CertificateText.facts(certificate, NOW).get("names");
        assertTrue(names.startsWith("c]0;d, eee") && names.length() < 120, names);
    }

    @Test
    void manyNamesAreCounted() throws Exception {
        String[] names =
                IntStream.range(0, 1_000).mapToObj(i -> "n" + i + ".example").toArray(String[]::new);
        assertEquals(
                "n0.example, n1.example, n2.example, n3.example, n4.example, n5.example, n6.example, n7.example,"
                        + " and 992 more",
                facts(MadeCertificate.of("CN=a").names(names)).get("names"));
    }

    @Test
    void hostNamesAndAddressesGoBeforeNamesOfOtherKinds() throws Exception {
        MadeCertificate made = MadeCertificate.of("CN=a")
                .name(new GeneralName(GeneralName.rfc822Name, "me@a.example"))
                .name(new GeneralName(GeneralName.uniformResourceIdentifier, "spiffe://a"))
                .name(new GeneralName(GeneralName.dNSName, "*.a.example"))
                .name(new GeneralName(GeneralName.iPAddress, "10.0.0.1"))
                .name(new GeneralName(GeneralName.iPAddress, "2001:db8:0:0:1::1"))
                .name(new GeneralName(GeneralName.iPAddress, "::1"));
        assertEquals(
                "*.a.example, 10.0.0.1, 2001:db8::1:0:0:1, ::1, mail me@a.example, URI spiffe://a",
                facts(made).get("names"));
    }

    static List<Arguments> keys() throws Exception {
        return List.of(
                Arguments.of("EC P-256", MadeCertificate.keys("EC", 256)),
                Arguments.of("EC P-384", MadeCertificate.keys("EC", 384)),
                Arguments.of("EC P-521", MadeCertificate.keys("EC", new ECGenParameterSpec("secp521r1"))),
                Arguments.of("RSA 2048", MadeCertificate.keys("RSA", 2048)),
                Arguments.of("RSA 1024", MadeCertificate.keys("RSA", 1024)),
                Arguments.of("RSA 2048", MadeCertificate.keys("RSASSA-PSS", 2048)),
                Arguments.of("DSA 1024", MadeCertificate.keys("DSA", 1024)),
                Arguments.of("Ed25519", KeyPairOf.ed25519()));
    }

    private static final class KeyPairOf {
        static KeyPair ed25519() throws Exception {
            return java.security.KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aKeyIsItsKindAndSize(String text, KeyPair keys) throws Exception {
        assertEquals(text, facts(MadeCertificate.of("CN=a").keys(keys)).get("key"));
    }

    @ParameterizedTest
    @CsvSource({
        "SHA256withECDSA, EC, ECDSA with SHA-256",
        "SHA512withECDSA, EC, ECDSA with SHA-512",
        "SHA384withRSA, RSA, RSA with SHA-384",
        "SHA1withRSA, RSA, RSA with SHA-1",
        "MD5withRSA, RSA, MD5withRSA",
        "Ed25519, Ed25519, Ed25519"
    })
    void aSignatureIsItsKindAndItsHash(String algorithm, String keyAlgorithm, String text) throws Exception {
        KeyPair signer =
                java.security.KeyPairGenerator.getInstance(keyAlgorithm).generateKeyPair();
        assertEquals(
                text,
                facts(MadeCertificate.of("CN=a").signed(algorithm, signer)).get("signature"));
    }

    @Test
    void aSerialNumberOfAnyLengthIsCut() throws Exception {
        String serial = facts(MadeCertificate.of("CN=a").serial(BigInteger.ONE.shiftLeft(5_000)))
                .get("serial");
        assertTrue(serial.startsWith("1000") && serial.length() == 64, serial);
    }
}
