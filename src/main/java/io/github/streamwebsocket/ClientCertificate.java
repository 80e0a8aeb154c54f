package io.github.streamwebsocket;

import io.github.streamwebsocket.internal.tls.ClientKey;
import io.github.streamwebsocket.internal.tls.PemFiles;
import io.github.streamwebsocket.internal.tls.Pkcs12File;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What a client proves its name with in a TLS handshake: a certificate chain and its private key. Files are read when the
 * object is made, and what no server would take is refused then: a key of another certificate, a certificate that has
 * expired, is not valid yet, or is not for signatures. The certificate is offered to every server that asks for one,
 * whatever authorities it names. Immutable, for any number of sockets and threads.
 */
public final class ClientCertificate {
    private final X509ExtendedKeyManager keyManager;

    private ClientCertificate(X509ExtendedKeyManager keyManager) {
        this.keyManager = keyManager;
    }

    /**
     * Reads key and certificates from a PKCS#12 file ({@code .p12}, {@code .pfx}; RFC 7292) that has one private key.
     *
     * @param file the file; read now
     * @param password of the file and of the key in it; copied, and the copy cleared before this returns
     * @return the certificate
     * @throws IOException if the file cannot be read, is no PKCS#12 file, has another password, has no private key, several
     *     (nothing says which is meant; give one by {@link #of(List, PrivateKey)}), or one whose certificate is missing,
     *     of another key, not valid now or not for signatures; the message names file and fault
     */
    public static ClientCertificate ofPkcs12(Path file, char[] password) throws IOException {
        Objects.requireNonNull(file, "file");
        char[] copy = Objects.requireNonNull(password, "password").clone();
        try {
            Pkcs12File.Content content = Pkcs12File.read(file, copy);
            return new ClientCertificate(new ClientKey(content.chain(), content.privateKey(), Instant.now()));
        } catch (IllegalArgumentException e) {
            throw new IOException("cannot use " + file + " as client certificate: " + e.getMessage(), e);
        } finally {
            Arrays.fill(copy, '\0');
        }
    }

    /**
     * Reads certificates and a key that is not encrypted from PEM files (RFC 7468); both may be the same.
     *
     * @param chain has the client's certificate, then those that lead to an authority; read now
     * @param privateKey has the key of the first: PKCS#8, PKCS#1 (RSA) or SEC 1 (EC); read now
     * @return the certificate
     * @throws IOException if a file cannot be read or has not what is expected, the key is encrypted or not that of the
     *     first certificate, or the certificate is not valid now or not for signatures; the message names file and fault
     */
    public static ClientCertificate ofPem(Path chain, Path privateKey) throws IOException {
        return readPem(chain, privateKey, null);
    }

    /**
     * Reads certificates and a key from PEM files (RFC 7468); both may be the same.
     *
     * @param chain has the client's certificate, then those that lead to an authority; read now
     * @param privateKey has the key of the first: encrypted PKCS#8, or PKCS#1 (RSA) or SEC 1 (EC) encrypted in the old way
     *     with {@code Proc-Type: 4,ENCRYPTED}, or one that is not encrypted; read now
     * @param password opens the key; copied, and the copy cleared before this returns
     * @return the certificate
     * @throws IOException if a file cannot be read or has not what is expected, the key has another password or is not that
     *     of the first certificate, or the certificate is not valid now or not for signatures; the message names file and
     *     fault
     */
    public static ClientCertificate ofPem(Path chain, Path privateKey, char[] password) throws IOException {
        char[] copy = Objects.requireNonNull(password, "password").clone();
        try {
            return readPem(chain, privateKey, copy);
        } finally {
            Arrays.fill(copy, '\0');
        }
    }

    private static ClientCertificate readPem(Path chain, Path privateKey, char @Nullable [] password)
            throws IOException {
        List<X509Certificate> certificates = PemFiles.certificates(Objects.requireNonNull(chain, "chain"));
        PrivateKey key = PemFiles.privateKey(Objects.requireNonNull(privateKey, "privateKey"), password);
        try {
            return of(certificates, key);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "cannot use " + chain + " with the key in " + privateKey + " as client certificate: "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * Takes certificates and key as objects.
     *
     * @param chain the client's certificate, then those that lead to an authority
     * @param privateKey the key of the first
     * @return the certificate
     * @throws IllegalArgumentException if the chain is empty, the key is not that of its first certificate, or the
     *     certificate is not valid now or not for signatures
     */
    public static ClientCertificate of(List<X509Certificate> chain, PrivateKey privateKey) {
        return new ClientCertificate(new ClientKey(Objects.requireNonNull(chain, "chain"), privateKey, Instant.now()));
    }

    /**
     * Takes certificate and key from a key manager, which chooses among those it has, such as those on a smart card.
     * Nothing is checked before the handshake. An EC key may stay in its hardware; an RSA key that cannot be read out of it
     * is of no use to BouncyCastle's TLS, which signs RSA-PSS itself: take {@link TlsControl#sslContext an SSLContext} then.
     *
     * @param keyManager is called in each handshake whose server asks for a certificate, on the thread that connects
     * @return the certificate
     */
    public static ClientCertificate of(X509ExtendedKeyManager keyManager) {
        return new ClientCertificate(Objects.requireNonNull(keyManager, "keyManager"));
    }

    X509ExtendedKeyManager keyManager() {
        return keyManager;
    }

    /** Returns the certificate's subject; the key and what opened it are not told. */
    @Override
    public String toString() {
        return "ClientCertificate[" + (keyManager instanceof ClientKey key ? key.subject() : "of a key manager") + "]";
    }
}
