package io.github.streamwebsocket;

import java.util.Objects;
import javax.net.ssl.X509ExtendedKeyManager;

/** What a client proves its name with in a TLS handshake: a certificate chain and its private key. Immutable. */
public final class ClientCertificate {
    private final X509ExtendedKeyManager keyManager;

    private ClientCertificate(X509ExtendedKeyManager keyManager) {
        this.keyManager = keyManager;
    }

    /**
     * Takes certificate and key from a key manager, which chooses among those it has, such as those on a smart card.
     *
     * @param keyManager is called in each handshake whose server asks for a certificate
     * @return the certificate
     */
    public static ClientCertificate of(X509ExtendedKeyManager keyManager) {
        return new ClientCertificate(Objects.requireNonNull(keyManager, "keyManager"));
    }

    X509ExtendedKeyManager keyManager() {
        return keyManager;
    }
}
