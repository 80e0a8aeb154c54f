package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.tls.ClientCredentials;
import io.github.streamwebsocket.internal.tls.ClientCredentials.Credential;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a client's certificate comes from, and what is said when it does not come. */
class ClientCertificateTest {
    private static final char[] PASSWORD = "correct horse".toCharArray();
    private static final char[] WRONG = "battery staple".toCharArray();
    private static final Credential ALICE = ClientCredentials.issue(KeyKind.EC, "alice");
    private static final Credential RSA = ClientCredentials.issue(KeyKind.RSA, "rsa");

    @TempDir
    Path folder;

    private interface Loading {
        ClientCertificate load() throws IOException;
    }

    private static String failure(Loading loading) {
        IOException failure = assertThrows(IOException.class, loading::load);
        for (Throwable link = failure; link != null; link = link.getCause()) {
            String text = String.valueOf(link.getMessage());
            assertFalse(text.contains(new String(PASSWORD)) || text.contains(new String(WRONG)), text);
        }
        return failure.getMessage();
    }

    private Path pkcs12(KeyStore store) throws Exception {
        Path file = folder.resolve("client.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD);
        }
        return file;
    }

    private Path pem(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static void assertHas(Credential expected, ClientCertificate made) {
        X509ExtendedKeyManager keys = made.keyManager();
        String alias = keys.chooseClientAlias(new String[] {"EC"}, null, null);
        assertEquals(expected.chain(), List.of(keys.getCertificateChain(alias)));
        assertEquals(expected.privateKey(), keys.getPrivateKey(alias));
        assertEquals("ClientCertificate[" + expected.certificate().getSubjectX500Principal() + "]", made.toString());
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void aPkcs12FileIsReadAndThePasswordStaysTheCallers(KeyKind kind) throws Exception {
        Credential credential = kind == KeyKind.EC ? ALICE : RSA;
        char[] password = PASSWORD.clone();
        assertHas(credential, ClientCertificate.ofPkcs12(pkcs12(credential.keyStore(PASSWORD, "me")), password));
        assertArrayEquals(PASSWORD, password);
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Path missing = folder.resolve("missing");
        FileNotFoundException failure =
                assertThrows(FileNotFoundException.class, () -> ClientCertificate.ofPkcs12(missing, PASSWORD));
        assertEquals("cannot read " + missing + ": no such file", failure.getMessage());
        assertEquals(
                "cannot read " + missing + ": no such file", failure(() -> ClientCertificate.ofPem(missing, missing)));
        Path chain = pem("chain.pem", SelfMadeAuthority.pem(ALICE.chain()));
        assertEquals(
                "cannot read " + missing + ": no such file", failure(() -> ClientCertificate.ofPem(chain, missing)));
    }

    @Test
    void aFolderIsNoFile() {
        assertTrue(
                failure(() -> ClientCertificate.ofPkcs12(folder, PASSWORD)).startsWith("cannot read " + folder + ": "));
    }

    @Test
    void aWrongPasswordOfAPkcs12FileIsCalledOne() throws Exception {
        Path file = pkcs12(ALICE.keyStore(PASSWORD, "me"));
        assertEquals("wrong password for " + file, failure(() -> ClientCertificate.ofPkcs12(file, WRONG)));
        assertEquals("wrong password for " + file, failure(() -> ClientCertificate.ofPkcs12(file, new char[0])));
    }

    @Test
    void aWrongPasswordOfTheKeyInsideIsCalledOne() throws Exception {
        Path file = pkcs12(ALICE.keyStore(WRONG, "me"));
        assertEquals(
                "wrong password for the private key in " + file,
                failure(() -> ClientCertificate.ofPkcs12(file, PASSWORD)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "0\u0003abc"})
    void whatIsNoPkcs12FileIsCalledNone(String content) throws IOException {
        Path file = pem("x.p12", content);
        String message = failure(() -> ClientCertificate.ofPkcs12(file, PASSWORD));
        assertTrue(message.startsWith("not a PKCS#12 file: " + file + " ("), message);
    }

    @Test
    void aKeyStoreWithoutAPrivateKeyIsRefused() throws Exception {
        KeyStore empty = KeyStore.getInstance("PKCS12");
        empty.load(null, null);
        Path file = pkcs12(empty);
        assertEquals(
                "no private key in " + file + ": it is empty",
                failure(() -> ClientCertificate.ofPkcs12(file, PASSWORD)));
        pkcs12(ClientCredentials.anchors());
        assertEquals(
                "no private key in " + file + ": it has certificates only",
                failure(() -> ClientCertificate.ofPkcs12(file, PASSWORD)));
    }

    @Test
    void severalPrivateKeysAreNamedAndNoneIsGuessed() throws Exception {
        Path file = pkcs12(ALICE.keyStore(PASSWORD, "home", "work"));
        String message = failure(() -> ClientCertificate.ofPkcs12(file, PASSWORD));
        assertTrue(message.startsWith("expected one private key in " + file + " but it has 2: "), message);
        assertTrue(message.contains("home") && message.contains("work"), message);
    }

    @Test
    void aCertificateThatIsOverOrToComeIsRefusedWithItsDates() throws Exception {
        Instant begin = Instant.parse("2020-01-01T00:00:00Z");
        Instant end = Instant.parse("2020-02-01T00:00:00Z");
        Credential over = ClientCredentials.issue(KeyKind.EC, "old", begin, end, KeyUsage.digitalSignature);
        Path file = pkcs12(over.keyStore(PASSWORD, "me"));
        assertEquals(
                "cannot use " + file + " as client certificate: expected a certificate that is valid now but that for"
                        + " CN=old has expired: it is valid from " + begin + " until " + end,
                failure(() -> ClientCertificate.ofPkcs12(file, PASSWORD)));
        Path pem = pem("both.pem", SelfMadeAuthority.pem(over.chain()) + SelfMadeAuthority.pem(over.privateKey()));
        String message = failure(() -> ClientCertificate.ofPem(pem, pem));
        assertTrue(message.contains(pem.toString()) && message.contains("until " + end), message);

        Instant far = Instant.parse("2120-01-01T00:00:00Z");
        Credential toCome = ClientCredentials.issue(
                KeyKind.EC, "young", far, Instant.parse("2120-02-01T00:00:00Z"), KeyUsage.digitalSignature);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> ClientCertificate.of(toCome.chain(), toCome.privateKey()));
        assertTrue(refused.getMessage().contains("is not valid yet: it is valid from " + far), refused::getMessage);
    }

    @Test
    void aCertificateThatIsNotForSignaturesIsRefused() {
        Instant now = Instant.now();
        Credential other = ClientCredentials.issue(
                KeyKind.EC, "agreeing", now.minusSeconds(60), now.plusSeconds(600), KeyUsage.keyAgreement);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> ClientCertificate.of(other.chain(), other.privateKey()));
        assertTrue(refused.getMessage().contains("digitalSignature"), refused::getMessage);
    }

    @Test
    void aKeyOfAnotherCertificateIsRefused() throws IOException {
        assertEquals(
                "expected the private key of the certificate for CN=alice (EC) but was another RSA key",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ClientCertificate.of(ALICE.chain(), RSA.privateKey()))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> ClientCertificate.of(List.of(), RSA.privateKey()));
        Path chain = pem("chain.pem", SelfMadeAuthority.pem(ALICE.chain()));
        Path key = pem("key.pem", SelfMadeAuthority.pem(RSA.privateKey()));
        assertEquals(
                "cannot use " + chain + " with the key in " + key
                        + " as client certificate: expected the private key of"
                        + " the certificate for CN=alice (EC) but was another RSA key",
                failure(() -> ClientCertificate.ofPem(chain, key)));
    }

    @Test
    void aPemFileWithoutCertificatesOrKeyIsRefused() throws IOException {
        Path key = pem("key.pem", SelfMadeAuthority.pem(ALICE.privateKey()));
        assertEquals(
                "no certificate in " + key + ": expected a PEM block BEGIN CERTIFICATE",
                failure(() -> ClientCertificate.ofPem(key, key)));
        Path chain = pem("chain.pem", SelfMadeAuthority.pem(ALICE.chain()));
        assertTrue(failure(() -> ClientCertificate.ofPem(chain, chain)).startsWith("no private key in " + chain));
    }

    private static String written(PemObject block) throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(block);
        }
        return text.toString();
    }

    private static String pkcs8(PrivateKey key) throws Exception {
        return written(new JcaPKCS8Generator(
                        key,
                        new JceOpenSSLPKCS8EncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                                .setPRF(new AlgorithmIdentifier(
                                        PKCSObjectIdentifiers.id_hmacWithSHA256, DERNull.INSTANCE))
                                .setPassword(PASSWORD)
                                .setProvider(new BouncyCastleProvider())
                                .build())
                .generate());
    }

    private static String pkcs8WithScrypt(PrivateKey key) throws Exception {
        byte[] encrypted = new JcaPKCS8EncryptedPrivateKeyInfoBuilder(key)
                .build(new JcePKCSPBEOutputEncryptorBuilder(
                                new ScryptConfig.Builder(1024, 8, 1).build(), NISTObjectIdentifiers.id_aes256_CBC)
                        .setProvider(new BouncyCastleProvider())
                        .build(PASSWORD))
                .getEncoded();
        return written(new PemObject("ENCRYPTED PRIVATE KEY", encrypted));
    }

    private static String oldForm(PrivateKey key, String cipher) throws Exception {
        return written(new JcaMiscPEMGenerator(
                        key,
                        new JcePEMEncryptorBuilder(cipher)
                                .setProvider(new BouncyCastleProvider())
                                .build(PASSWORD))
                .generate());
    }

    @Test
    void encryptedKeysInPemAreOpened() throws Exception {
        Path chain = pem("chain.pem", SelfMadeAuthority.pem(RSA.chain()));
        for (String text : List.of(
                pkcs8(RSA.privateKey()),
                pkcs8WithScrypt(RSA.privateKey()),
                oldForm(RSA.privateKey(), "AES-256-CBC"),
                oldForm(RSA.privateKey(), "DES-EDE3-CBC"))) {
            Path key = pem("key.pem", text);
            char[] password = PASSWORD.clone();
            assertHas(RSA, ClientCertificate.ofPem(chain, key, password));
            assertArrayEquals(PASSWORD, password);
            for (int i = 0; i < 20; i++) { // one in 256 garbled keys has good padding
                char[] wrong = ("battery staple" + i).toCharArray();
                assertEquals(
                        "wrong password for the private key in " + key,
                        failure(() -> ClientCertificate.ofPem(chain, key, wrong)));
            }
            assertEquals(
                    "the private key in " + key + " is encrypted: expected a password for it, or a key without one",
                    failure(() -> ClientCertificate.ofPem(chain, key)));
        }
    }

    @Test
    void aPasswordForAKeyThatNeedsNoneIsNotLookedAt() throws IOException {
        Path both = pem("both.pem", SelfMadeAuthority.pem(ALICE.chain()) + SelfMadeAuthority.pem(ALICE.privateKey()));
        assertHas(ALICE, ClientCertificate.ofPem(both, both));
        assertHas(ALICE, ClientCertificate.ofPem(both, both, PASSWORD));
    }

    @Test
    void anUnknownCipherIsNoWrongPassword() throws IOException {
        Path chain = pem("chain.pem", SelfMadeAuthority.pem(RSA.chain()));
        for (String cipher : List.of("ROT-13,0011223344556677", "AES-128-CBC", "AES-128-CBC,xyz")) {
            Path key = pem(
                    "key.pem",
                    "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: " + cipher
                            + "\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");
            String message = failure(() -> ClientCertificate.ofPem(chain, key, PASSWORD));
            assertTrue(message.startsWith("broken or unknown private key in " + key), message);
        }
    }

    @Test
    void aKeyManagerIsTakenAsItIs() throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(ALICE.keyStore(PASSWORD, "me"), PASSWORD);
        X509ExtendedKeyManager keys = (X509ExtendedKeyManager) factory.getKeyManagers()[0];
        ClientCertificate made = ClientCertificate.of(keys);
        assertSame(keys, made.keyManager());
        assertEquals("ClientCertificate[of a key manager]", made.toString());
    }
}
