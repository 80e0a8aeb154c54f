package io.github.streamwebsocket.internal.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * A key manager that has one key and one certificate chain, for a client. It offers them to every server that asks, also
 * to one that names other authorities: the application chose them, and the alert of a server that does not take them tells
 * more than a certificate that was silently kept back. Whether the server can verify that kind of key is looked at by the
 * TLS provider. Immutable.
 */
public final class ClientKey extends X509ExtendedKeyManager {

    private static final String ALIAS = "client";

    /** keyUsage of RFC 5280 4.2.1.3. */
    private static final int DIGITAL_SIGNATURE = 0;

    private final List<X509Certificate> chain;
    private final PrivateKey privateKey;

    /**
     * Checks what servers would refuse without saying much.
     *
     * @param chain the client's certificate, then those that lead to an authority
     * @param privateKey the key of the first
     * @throws IllegalArgumentException when the chain is empty, the key is not that of its first certificate, or the
     *     certificate is not valid at {@code now} or not for signatures
     */
    public ClientKey(List<X509Certificate> chain, PrivateKey privateKey, Instant now) {
        this.chain = List.copyOf(chain);
        this.privateKey = Objects.requireNonNull(privateKey, "privateKey");
        if (this.chain.isEmpty()) {
            throw new IllegalArgumentException("expected a certificate but the chain is empty");
        }
        X509Certificate certificate = this.chain.get(0);
        KeyAndCertificate.check(certificate, privateKey);
        checkValidity(certificate, now);
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            throw new IllegalArgumentException("expected a certificate whose key usage has digitalSignature, with which"
                    + " a TLS client proves itself, but that for " + subject() + " has not");
        }
    }

    private void checkValidity(X509Certificate certificate, Instant now) {
        Instant notBefore = certificate.getNotBefore().toInstant();
        Instant notAfter = certificate.getNotAfter().toInstant();
        if (now.isAfter(notAfter) || now.isBefore(notBefore)) {
            throw new IllegalArgumentException("expected a certificate that is valid now but that for " + subject()
                    + (now.isAfter(notAfter) ? " has expired" : " is not valid yet")
                    + ": it is valid from " + notBefore + " until " + notAfter);
        }
    }

    /** Whom the certificate is for. */
    public String subject() {
        return KeyAndCertificate.subject(chain.get(0));
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return ALIAS;
    }

    @Override
    public String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return ALIAS;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return new String[] {ALIAS};
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return chain.toArray(new X509Certificate[0]);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return privateKey;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    /** Names the certificate only: a key does not belong into a log. */
    @Override
    public String toString() {
        return subject();
    }
}
