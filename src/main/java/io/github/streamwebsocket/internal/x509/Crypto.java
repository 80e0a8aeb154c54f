package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.internal.BouncyCastle;
import java.io.IOException;
import java.io.OutputStream;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jcajce.io.OutputStreamFactory;
import org.bouncycastle.operator.AlgorithmNameFinder;
import org.bouncycastle.operator.ContentVerifier;
import org.bouncycastle.operator.ContentVerifierProvider;
import org.bouncycastle.operator.DefaultSignatureNameFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.RuntimeOperatorException;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signatures. RSA with the JDK's algorithms, EC and EdDSA with {@link BouncyCastle BouncyCastle's}, which are
 * faster, and with the JDK's where BouncyCastle has none. BouncyCastle's own {@code JcaContentVerifierProviderBuilder}
 * verifies every signature twice.
 */
final class Crypto {
    private static final AlgorithmNameFinder NAMES = new DefaultSignatureNameFinder();

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
            PublicKeyFacts facts = PublicKeyFacts.of(key);
            if (!facts.usable()) { // whoever asks: a key may be made to keep us busy
                throw new OperatorCreationException("expected a key of a form that is allowed");
            }
            boolean rsa = facts.kind() == PublicKeyFacts.Kind.RSA;
            try {
                return verifier(algorithm, !rsa);
            } catch (GeneralSecurityException | IOException | RuntimeException notThere) {
                if (rsa) { // BouncyCastle would look first whether the modulus is a prime, for a second
                    throw new OperatorCreationException("no algorithm verifies " + algorithm.getAlgorithm(), notThere);
                }
                try {
                    return verifier(algorithm, false);
                } catch (GeneralSecurityException | IOException | RuntimeException e) {
                    throw new OperatorCreationException("no algorithm verifies " + algorithm.getAlgorithm(), e);
                }
            }
        }

        private ContentVerifier verifier(AlgorithmIdentifier algorithm, boolean bouncyCastle)
                throws GeneralSecurityException, IOException {
            boolean pss = algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
            String name = pss ? "RSASSA-PSS" : NAMES.getAlgorithmName(algorithm);
            String keyName = key.getAlgorithm().getAlgorithm().getId();
            Signature signature =
                    bouncyCastle ? Signature.getInstance(name, BouncyCastle.PROVIDER) : Signature.getInstance(name);
            KeyFactory keys = bouncyCastle
                    ? KeyFactory.getInstance(keyName, BouncyCastle.PROVIDER)
                    : KeyFactory.getInstance(keyName);
            if (pss) {
                AlgorithmParameters parameters = AlgorithmParameters.getInstance(name);
                parameters.init(algorithm.getParameters().toASN1Primitive().getEncoded());
                signature.setParameter(parameters.getParameterSpec(PSSParameterSpec.class));
            }
            signature.initVerify(keys.generatePublic(new X509EncodedKeySpec(key.getEncoded())));
            return new Verifier(algorithm, signature);
        }
    }

    private record Verifier(AlgorithmIdentifier algorithm, Signature signature) implements ContentVerifier {
        @Override
        public AlgorithmIdentifier getAlgorithmIdentifier() {
            return algorithm;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStreamFactory.createStream(signature);
        }

        @Override
        public boolean verify(byte[] expected) {
            try {
                return signature.verify(expected);
            } catch (SignatureException e) {
                throw new RuntimeOperatorException("the signature is malformed", e);
            }
        }
    }
}
