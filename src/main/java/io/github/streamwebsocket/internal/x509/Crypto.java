package io.github.streamwebsocket.internal.x509;

import java.security.Provider;
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

/** Verifies signatures: with the JDK's algorithms, which are fast, and with BouncyCastle's where the JDK has none. */
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
        return new JdkFirst(key);
    }

    private record JdkFirst(SubjectPublicKeyInfo key) implements ContentVerifierProvider {
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
            try {
                return new JcaContentVerifierProviderBuilder().build(key).get(algorithm);
            } catch (OperatorCreationException notInTheJdk) {
                return new JcaContentVerifierProviderBuilder()
                        .setProvider(BOUNCY_CASTLE)
                        .build(key)
                        .get(algorithm);
            }
        }
    }
}
