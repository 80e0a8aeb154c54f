package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.BouncyCastle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.HexFormat;
import javax.crypto.BadPaddingException;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.InputDecryptor;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.jspecify.annotations.Nullable;

/**
 * A private key in a PEM file: PKCS#8, or one of the two older forms, each of them encrypted or not.
 *
 * @param file named in every fault
 * @param block what holds the key
 * @param parameters the block EC PARAMETERS before it, null if there is none
 */
record PemPrivateKey(Path file, PemObject block, @Nullable PemObject parameters) {

    private static final String ENCRYPTED_PKCS8 = "ENCRYPTED PRIVATE KEY";

    /** The header that names cipher and initial vector of an older encrypted key (RFC 1421 4.6.1.3). */
    private static final String CIPHER = "DEK-Info";

    /**
     * Returns the key.
     *
     * @param password opens it if it is encrypted; null: it must not be
     * @throws IOException when it is broken, of an unknown kind, or the password does not open it
     */
    PrivateKey read(char @Nullable [] password) throws IOException {
        boolean encrypted = block.getType().equals(ENCRYPTED_PKCS8) || header(CIPHER) != null;
        if (encrypted && password == null) {
            throw new IOException("the private key in " + file + " is encrypted: expected a password for it, or a key"
                    + " without one");
        }
        try {
            return new JcaPEMKeyConverter()
                    .getPrivateKey(encrypted ? decrypted(password) : keyInfo(block.getContent()));
        } catch (UnopenedException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // BouncyCastle throws what its parsers met
            throw new IOException(
                    "broken or unknown private key in " + file + " (BEGIN " + block.getType() + "): " + e.getMessage(),
                    e);
        }
    }

    private PrivateKeyInfo decrypted(char @Nullable [] password) throws IOException {
        if (block.getType().equals(ENCRYPTED_PKCS8)) {
            EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(block.getContent());
            InputDecryptor cipher = pkcs8Cipher(info.getEncryptionAlgorithm(), password);
            try (var plain = cipher.getInputStream(new ByteArrayInputStream(info.getEncryptedData()))) {
                return PrivateKeyInfo.getInstance(plain.readAllBytes());
            } catch (IOException | RuntimeException e) { // bad padding, or padding that is good by chance round garbage
                throw wrongPassword(e);
            }
        }
        byte[] plain = decryptedOldForm(password);
        try {
            return keyInfo(plain);
        } catch (IOException | RuntimeException e) {
            throw wrongPassword(e);
        }
    }

    /** The value of DEK-Info is the cipher's name, a comma and the initial vector in hex. */
    private byte[] decryptedOldForm(char @Nullable [] password) throws IOException {
        String[] cipher = String.valueOf(header(CIPHER)).split(",", 2);
        if (cipher.length < 2) {
            throw new IOException("expected cipher and initial vector in " + CIPHER);
        }
        try {
            return new JcePEMDecryptorProviderBuilder()
                    .setProvider(BouncyCastle.PROVIDER)
                    .build(password)
                    .get(cipher[0])
                    .decrypt(block.getContent(), HexFormat.of().parseHex(cipher[1].strip()));
        } catch (OperatorCreationException e) {
            throw new IOException("it cannot be decrypted: " + e.getMessage(), e);
        } catch (IOException e) {
            throw e.getCause() instanceof BadPaddingException ? wrongPassword(e) : e;
        }
    }

    private InputDecryptor pkcs8Cipher(AlgorithmIdentifier algorithm, char @Nullable [] password) throws IOException {
        try {
            return new JcePKCSPBEInputDecryptorProviderBuilder()
                    .setProvider(BouncyCastle.PROVIDER)
                    .build(password)
                    .get(algorithm);
        } catch (OperatorCreationException e) {
            throw new IOException("it cannot be decrypted: " + e.getMessage(), e);
        }
    }

    private UnopenedException wrongPassword(Exception why) {
        return new UnopenedException("wrong password for the private key in " + file, why);
    }

    private static final class UnopenedException extends IOException {
        private static final long serialVersionUID = 1L;

        UnopenedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private @Nullable String header(String name) {
        for (Object header : block.getHeaders()) {
            if (header instanceof PemHeader pem && pem.getName().equals(name)) {
                return pem.getValue();
            }
        }
        return null;
    }

    /**
     * The two older forms are PKCS#8's inner part, without the algorithm that PKCS#8 puts before it. An EC key names its
     * curve itself (RFC 5915 3) or leaves that to a block of parameters before it.
     */
    private PrivateKeyInfo keyInfo(byte[] content) throws IOException {
        return switch (block.getType()) {
            case "PRIVATE KEY" -> PrivateKeyInfo.getInstance(content);
            case "RSA PRIVATE KEY" ->
                new PrivateKeyInfo(
                        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                        RSAPrivateKey.getInstance(content));
            case "EC PRIVATE KEY" -> {
                ECPrivateKey key = ECPrivateKey.getInstance(content);
                ASN1Object curve = key.getParametersObject();
                if (curve == null && parameters != null) {
                    curve = X962Parameters.getInstance(parameters.getContent());
                }
                if (curve == null) {
                    throw new IOException("expected the key to name its curve");
                }
                yield new PrivateKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), key);
            }
            default -> throw new IOException("expected PRIVATE KEY, RSA PRIVATE KEY or EC PRIVATE KEY");
        };
    }
}
