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
        return privateKey(file, null);
    }

    /**
     * Returns the first private key of a file, also one that is encrypted: as PKCS#8 (RFC 5958 3), or in the older way
     * with a Proc-Type header (RFC 1421 4.6.1.1).
     *
     * @param password opens an encrypted key, and is not looked at for another; null: expect none that is encrypted
     * @throws IOException when the file cannot be read, or has no private key, or one that is broken or that the password
     *     does not open
     */
    public static PrivateKey privateKey(Path file, char @Nullable [] password) throws IOException {
        PemObject curve = null;
        for (PemObject block : blocks(file)) {
            if (block.getType().equals("EC PARAMETERS")) {
                curve = block;
            } else if (block.getType().endsWith("PRIVATE KEY")) {
                return new PemPrivateKey(file, block, curve).read(password);
            }
        }
        throw new IOException("no private key in " + file
                + ": expected a PEM block BEGIN PRIVATE KEY, BEGIN RSA PRIVATE KEY or BEGIN EC PRIVATE KEY");
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
}
