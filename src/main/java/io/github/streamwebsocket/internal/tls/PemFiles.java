package io.github.streamwebsocket.internal.tls;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X962Parameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.jspecify.annotations.Nullable;

/** Reads certificates and private keys from PEM files (RFC 7468). Every fault names the file and what is wrong. */
public final class PemFiles {

    private PemFiles() {}

    /**
     * Returns the certificates of a file in its order, at least one; blocks of other kinds are passed over.
     *
     * @throws IOException when the file cannot be read, or has no certificate, or a broken one
     */
    public static List<X509Certificate> certificates(Path file) throws IOException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemObject block : blocks(file)) {
            if (block.getType().equals("CERTIFICATE")) {
                certificates.add(certificate(file, block));
            }
        }
        if (certificates.isEmpty()) {
            throw new IOException("no certificate in " + file + ": expected a PEM block BEGIN CERTIFICATE");
        }
        return certificates;
    }

    /**
     * Returns the first private key of a file: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC), none of them encrypted.
     *
     * @throws IOException when the file cannot be read, or has no private key, or one that is encrypted or broken
     */
    public static PrivateKey privateKey(Path file) throws IOException {
        PemObject curve = null;
        for (PemObject block : blocks(file)) {
            if (block.getType().equals("EC PARAMETERS")) {
                curve = block;
            } else if (block.getType().endsWith("PRIVATE KEY")) {
                refuseEncrypted(file, block);
                return privateKey(file, block, curve);
            }
        }
        throw new IOException("no private key in " + file
                + ": expected a PEM block BEGIN PRIVATE KEY, BEGIN RSA PRIVATE" + " KEY or BEGIN EC PRIVATE KEY");
    }

    /**
     * Returns a server's credential, from a file with its chain and one with its key; both may be the same.
     *
     * @throws IOException as the others, and when the key is not that of the first certificate
     */
    public static ServerCredential credential(Path chain, Path privateKey) throws IOException {
        List<X509Certificate> certificates = certificates(chain);
        PrivateKey key = privateKey(privateKey);
        try {
            return new ServerCredential(certificates, key);
        } catch (IllegalArgumentException e) {
            throw new IOException(privateKey + " does not go with " + chain + ": " + e.getMessage(), e);
        }
    }

    private static List<PemObject> blocks(Path file) throws IOException {
        List<PemObject> blocks = new ArrayList<>();
        // Latin-1: what stands around the blocks may be in any encoding, and the blocks are ASCII.
        try (Reader text = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
                PemReader reader = new PemReader(text)) {
            for (PemObject block = reader.readPemObject(); block != null; block = reader.readPemObject()) {
                blocks.add(block);
            }
        } catch (NoSuchFileException e) {
            throw (IOException) new FileNotFoundException("cannot read " + file + ": no such file").initCause(e);
        } catch (IOException | RuntimeException e) { // the decoder throws its own RuntimeException for bad base64
            throw new IOException("cannot read " + file + " as PEM: " + e.getMessage(), e);
        }
        return blocks;
    }

    private static X509Certificate certificate(Path file, PemObject block) throws IOException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.getContent()));
        } catch (CertificateException e) {
            throw new IOException("broken certificate in " + file + ": " + e.getMessage(), e);
        }
    }

    private static void refuseEncrypted(Path file, PemObject block) throws IOException {
        boolean encrypted = block.getType().startsWith("ENCRYPTED");
        for (Object header : block.getHeaders()) {
            encrypted |= header instanceof PemHeader pem && pem.getValue().contains("ENCRYPTED");
        }
        if (encrypted) {
            throw new IOException("the private key in " + file + " is encrypted: expected one without a password");
        }
    }

    private static PrivateKey privateKey(Path file, PemObject block, @Nullable PemObject curve) throws IOException {
        try {
            return new JcaPEMKeyConverter().getPrivateKey(privateKeyInfo(block, curve));
        } catch (IOException | RuntimeException e) {
            throw new IOException(
                    "broken or unknown private key in " + file + " (BEGIN " + block.getType() + "): " + e.getMessage(),
                    e);
        }
    }

    /**
     * The two older forms are PKCS#8's inner part, without the algorithm that PKCS#8 puts before it. An EC key names its
     * curve itself (RFC 5915 3) or leaves that to a block of parameters before it.
     */
    private static PrivateKeyInfo privateKeyInfo(PemObject block, @Nullable PemObject parameters) throws IOException {
        byte[] content = block.getContent();
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
