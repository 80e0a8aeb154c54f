package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.PeerText;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/** Checks that a private key and a certificate belong together. */
final class KeyAndCertificate {

    private KeyAndCertificate() {}

    /** @throws IllegalArgumentException when the key is not that of the certificate */
    static void check(X509Certificate certificate, PrivateKey privateKey) {
        PublicKey publicKey = certificate.getPublicKey();
        if (!belongTogether(privateKey, publicKey)) {
            throw new IllegalArgumentException("expected the private key of the certificate for " + subject(certificate)
                    + " (" + publicKey.getAlgorithm() + ") but was another " + privateKey.getAlgorithm() + " key");
        }
    }

    /** Returns whom a certificate is for, as a message shows it. */
    static String subject(X509Certificate certificate) {
        return PeerText.shown(certificate.getSubjectX500Principal().toString());
    }

    /** Signs and verifies, which also keys can that do not leave their hardware. */
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
}
