package io.github.streamwebsocket.internal.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server proves its name with.
 *
 * @param chain the server's certificate, then those that lead to an authority, in order; the authority's own may be
 *     left out
 * @param privateKey the key of the first certificate
 */
public record ServerCredential(List<X509Certificate> chain, PrivateKey privateKey) {

    /**
     * Checks that key and certificate belong together.
     *
     * @throws IllegalArgumentException when the chain is empty, or the key is not that of its first certificate
     */
    public ServerCredential {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("expected a certificate but the chain is empty");
        }
        KeyAndCertificate.check(chain.get(0), privateKey);
    }

    /** Names the certificate only: a key does not belong into a log. */
    @Override
    public String toString() {
        return "ServerCredential[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
