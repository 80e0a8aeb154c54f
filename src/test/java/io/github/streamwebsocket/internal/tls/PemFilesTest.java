package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PemFilesTest {

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("x.pem"), text);
    }

    /** BouncyCastle writes RSA keys as PKCS#1 and EC keys as SEC 1 unless told otherwise. */
    private static String inItsOldForm(PrivateKey key) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(key);
        }
        return text.toString();
    }

    @Test
    void aChainIsReadInItsOrderWithTextAroundAndOtherBlocksBetween() throws IOException {
        Path file = file(
                "Subject: ä\n" + SelfMadeAuthority.pem(Credentials.EC.chain().subList(0, 1))
                        + SelfMadeAuthority.pem(Credentials.EC.privateKey())
                        + "# the authority\n"
                        + SelfMadeAuthority.pem(Credentials.EC.chain().subList(1, 2)));
        assertEquals(Credentials.EC.chain(), PemFiles.certificates(file));
        assertEquals(Credentials.EC.privateKey(), PemFiles.privateKey(file));
        assertEquals(Credentials.EC.chain(), PemFiles.credential(file, file).chain());
    }

    @Test
    void pkcs8KeysAreRead() throws Exception {
        assertEquals(
                Credentials.RSA.privateKey(),
                PemFiles.privateKey(file(SelfMadeAuthority.pem(Credentials.RSA.privateKey()))));
        PrivateKey edwards =
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
        assertEquals(edwards, PemFiles.privateKey(file(SelfMadeAuthority.pem(edwards))));
    }

    @Test
    void pkcs1KeysAreRead() throws IOException {
        String text = inItsOldForm(Credentials.RSA.privateKey());
        assertTrue(text.startsWith("-----BEGIN RSA PRIVATE KEY-----"), text);
        assertEquals(Credentials.RSA.privateKey(), PemFiles.privateKey(file(text)));
    }

    @Test
    void sec1KeysThatNameTheirCurveAreRead() throws Exception {
        ASN1Sequence inner = ASN1Sequence.getInstance(
                PrivateKeyInfo.getInstance(Credentials.EC.privateKey().getEncoded())
                        .parsePrivateKey());
        ECPrivateKey named =
                new ECPrivateKey(256, ECPrivateKey.getInstance(inner).getKey(), SECObjectIdentifiers.secp256r1);
        String text = "-----BEGIN EC PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(named.getEncoded())
                + "\n-----END EC PRIVATE KEY-----\n";
        PrivateKey read = PemFiles.privateKey(file(text));
        // Not equal as a whole, as the JDK keeps the inner name of the curve.
        assertEquals(
                ((java.security.interfaces.ECPrivateKey) Credentials.EC.privateKey()).getS(),
                ((java.security.interfaces.ECPrivateKey) read).getS());
    }

    @Test
    void sec1KeysWhoseCurveStandsBeforeThemAreRead() throws IOException {
        String text = inItsOldForm(Credentials.EC.privateKey());
        assertTrue(text.startsWith("-----BEGIN EC PRIVATE KEY-----"), text);
        String parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
        assertEquals(Credentials.EC.privateKey(), PemFiles.privateKey(file(parameters + text)));
        IOException failure = assertThrows(IOException.class, () -> PemFiles.privateKey(file(text)));
        assertTrue(failure.getMessage().endsWith("expected the key to name its curve"), failure::getMessage);
    }

    @Test
    void anEncryptedKeyIsNamedAsSuch() throws Exception {
        Path file = file("-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----\n");
        assertMessage(
                "the private key in " + file + " is encrypted: expected a password for it, or a key without one", file);
        file("""
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,00

                AAAA
                -----END RSA PRIVATE KEY-----
                """);
        assertMessage(
                "the private key in " + file + " is encrypted: expected a password for it, or a key without one", file);
    }

    private static void assertMessage(String message, Path file) {
        assertEquals(
                message,
                assertThrows(IOException.class, () -> PemFiles.privateKey(file)).getMessage());
    }

    @Test
    void aFileWithoutWhatIsWantedNamesItselfAndTheWant() throws IOException {
        Path file = file("nothing\n");
        assertMessage(
                "no private key in " + file + ": expected a PEM block BEGIN PRIVATE KEY, BEGIN RSA PRIVATE KEY or"
                        + " BEGIN EC PRIVATE KEY",
                file);
        IOException failure = assertThrows(IOException.class, () -> PemFiles.certificates(file));
        assertEquals("no certificate in " + file + ": expected a PEM block BEGIN CERTIFICATE", failure.getMessage());
    }

    @Test
    void aMissingFileIsNamed() {
        Path missing = folder.resolve("missing.pem");
        FileNotFoundException failure = assertThrows(FileNotFoundException.class, () -> PemFiles.certificates(missing));
        assertEquals("cannot read " + missing + ": no such file", failure.getMessage());
    }

    @Test
    void brokenContentIsAnIoExceptionThatNamesTheFile() throws IOException {
        for (String broken : new String[] {
            "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\nAAAA\n",
        }) {
            Path file = file(broken);
            IOException failure = assertThrows(IOException.class, () -> PemFiles.certificates(file), broken);
            assertTrue(failure.getMessage().contains(file.toString()), failure::getMessage);
        }
        for (String type : new String[] {"PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY"}) {
            Path file = file("-----BEGIN " + type + "-----\nMAA=\n-----END " + type + "-----\n");
            IOException failure = assertThrows(IOException.class, () -> PemFiles.privateKey(file), type);
            assertTrue(failure.getMessage().contains(file.toString()), failure::getMessage);
        }
    }

    @Test
    void aKeyOfAnotherCertificateIsToldWithBothFiles() throws IOException {
        Path chain = Files.writeString(folder.resolve("chain.pem"), SelfMadeAuthority.pem(Credentials.EC.chain()));
        Path key = Files.writeString(folder.resolve("key.pem"), SelfMadeAuthority.pem(Credentials.RSA.privateKey()));
        IOException failure = assertThrows(IOException.class, () -> PemFiles.credential(chain, key));
        assertTrue(failure.getMessage().startsWith(key + " does not go with " + chain + ": "), failure::getMessage);
    }
}
