package io.github.streamwebsocket.internal.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
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
        PublicKey publicKey = chain.get(0).getPublicKey();
        if (!belongTogether(privateKey, publicKey)) {
            throw new IllegalArgumentException("expected the private key of the certificate for "
                    + chain.get(0).getSubjectX500Principal() + " (" + publicKey.getAlgorithm() + ") but was another "
                    + privateKey.getAlgorithm() + " key");
        }
    }

    private static boolean belongTogether(PrivateKey privateKey, PublicKey publicKey) {
        String algorithm = switch (privateKey.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> privateKey.getAlgorithm();
        };
        byte[] probe = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Names the certificate only: a key does not belong into a log. */
    @Override
    public String toString() {
        return "ServerCredential[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
