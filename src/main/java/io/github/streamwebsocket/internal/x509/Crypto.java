package io.github.streamwebsocket.internal.x509;

import java.security.Provider;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signatures. RSA with the JDK's algorithms, EC and EdDSA with BouncyCastle's, which verify them in a third to a
 * half of the JDK's time (measured on JDK 25 without AVX-512 IFMA); each with the other's where the first has none.
 */
final class Crypto {
    /** Not registered with the process. */
    static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

    private Crypto() {}

    /**
     * Tells whether a certificate's signature verifies with a key, and was made with the algorithm the signed part names
     * (RFC 5280 4.1.1.2).
     */
    static boolean verifies(X509CertificateHolder signed, SubjectPublicKeyInfo key) {
        try {
            return signed.isSignatureValid(verifier(key));
        } catch (CertException
                | RuntimeException unusable) { // an unknown algorithm, a key of another kind, bad encoding
            return false;
        }
    }

    /** Returns what verifies signatures made with the private half of a key. */
    static ContentVerifierProvider verifier(SubjectPublicKeyInfo key) {
        return new Verifiers(key);
    }

    private record Verifiers(SubjectPublicKeyInfo key) implements ContentVerifierProvider {
        @Override
        public boolean hasAssociatedCertificate() {
            return false;
        }

        @Override
        public @Nullable X509CertificateHolder getAssociatedCertificate() {
            return null;
        }

        @Override
        public ContentVerifier get(AlgorithmIdentifier algorithm) throws OperatorCreationException {
            boolean rsa = key.getAlgorithm().getAlgorithm().on(PKCSObjectIdentifiers.pkcs_1);
            try {
                return builder(!rsa).build(key).get(algorithm);
            } catch (OperatorCreationException noSuchAlgorithm) {
                return builder(rsa).build(key).get(algorithm);
            }
        }

        private static JcaContentVerifierProviderBuilder builder(boolean bouncyCastle) {
            JcaContentVerifierProviderBuilder builder = new JcaContentVerifierProviderBuilder();
            return bouncyCastle ? builder.setProvider(BOUNCY_CASTLE) : builder;
        }
    }
}
