package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.PeerText;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Reads the private key and its certificate chain from a PKCS#12 file (RFC 7292). Every fault names the file. */
public final class Pkcs12File {

    private Pkcs12File() {}

    /**
     * What a file holds.
     *
     * @param chain the certificate of the key, then those that lead to an authority
     * @param privateKey the key
     */
    public record Content(List<X509Certificate> chain, PrivateKey privateKey) {
        /** Has no more to say: a key does not belong into a log. */
        @Override
        public String toString() {
            return "Content[" + chain.size() + " certificates]";
        }
    }

    /**
     * Returns the one private key with its certificates.
     *
     * @param password of the file and of the key in it; not kept
     * @throws IOException when the file cannot be read, is no PKCS#12, or has another password; when it has no private
     *     key, one without certificates, or several
     */
    public static Content read(Path file, char[] password) throws IOException {
        try {
            KeyStore store = loaded(file, password);
            String alias = onlyKey(file, store);
            List<X509Certificate> chain = chain(file, store, alias);
            if (store.getKey(alias, password) instanceof PrivateKey key) {
                return new Content(chain, key);
            }
            throw new IOException("expected a private key in " + file + " but it is a secret key");
        } catch (UnrecoverableKeyException e) {
            throw new IOException("wrong password for the private key in " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read " + file + " as PKCS#12: " + e.getMessage(), e);
        }
    }

    private static KeyStore loaded(Path file, char[] password) throws IOException, GeneralSecurityException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readAllBytes();
        } catch (NoSuchFileException e) {
            throw (IOException) new FileNotFoundException("cannot read " + file + ": no such file").initCause(e);
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(content), password);
        } catch (IOException e) {
            // so java.security.KeyStore.load promises
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw new IOException("wrong password for " + file, e);
            }
            throw new IOException("not a PKCS#12 file: " + file + " (" + e.getMessage() + ")", e);
        }
        return store;
    }

    /** Which of several is meant is not for us to guess: their order in the file means nothing. */
    private static String onlyKey(Path file, KeyStore store) throws IOException, GeneralSecurityException {
        List<String> aliases = Collections.list(store.aliases());
        List<String> keys = new ArrayList<>();
        for (String alias : aliases) {
            if (store.isKeyEntry(alias)) {
                keys.add(alias);
            }
        }
        if (keys.isEmpty()) {
            throw new IOException("no private key in " + file + ": "
                    + (aliases.isEmpty() ? "it is empty" : "it has certificates only"));
        }
        if (keys.size() > 1) {
            throw new IOException("expected one private key in " + file + " but it has " + keys.size() + ": "
                    + PeerText.shown(String.join(", ", keys)));
        }
        return keys.get(0);
    }

    private static List<X509Certificate> chain(Path file, KeyStore store, String alias)
            throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        Certificate[] certificates = store.getCertificateChain(alias);
        for (Certificate certificate : certificates == null ? new Certificate[0] : certificates) {
            if (certificate instanceof X509Certificate x509) {
                chain.add(x509);
            }
        }
        if (chain.isEmpty()) {
            throw new IOException("no certificate for the private key in " + file);
        }
        return chain;
    }
}
