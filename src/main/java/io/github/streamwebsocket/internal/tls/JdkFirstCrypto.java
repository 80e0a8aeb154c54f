package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.BouncyCastle;
import java.io.IOException;
import java.security.AlgorithmParameterGenerator;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.X509ObjectIdentifiers;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.jcajce.util.ProviderJcaJceHelper;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;
import org.jspecify.annotations.Nullable;

/**
 * BouncyCastle's TLS over the JDK's algorithms, with {@link BouncyCastle BouncyCastle's own} where the JDK has none of the
 * name that is asked for, or is slow. The JDK's AES-GCM is compiled to the processor's instructions and more than ten times
 * as fast; RSA-PSS under the names of TLS, ChaCha20 and some curves are BouncyCastle's. So are X25519 and X448, and the
 * verification of ECDSA and EdDSA, which are faster. What needs a private key that lasts stays with the JDK, as the key may
 * be on a device.
 */
final class JdkFirstCrypto extends JcaTlsCryptoProvider {

    private final JcaJceHelper helper = new Algorithms();

    @Override
    public JcaJceHelper getHelper() {
        return helper;
    }

    @Override
    public JcaTlsCrypto create(SecureRandom keyRandom, SecureRandom nonceRandom) {
        return new Crypto(helper, keyRandom, nonceRandom);
    }

    /** Takes the certificates of the peer as {@link PeerCertificate} reads them. */
    private static final class Crypto extends JcaTlsCrypto {
        /** Verifies with BouncyCastle's algorithms. */
        private final JcaTlsCrypto verifying;

        Crypto(JcaJceHelper helper, SecureRandom keyRandom, SecureRandom nonceRandom) {
            super(helper, keyRandom, nonceRandom);
            verifying = new JcaTlsCryptoProvider()
                    .setProvider(BouncyCastle.PROVIDER)
                    .create(keyRandom, nonceRandom);
        }

        @Override
        public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
            if (type != CertificateType.X509) {
                throw new TlsFatalAlert(AlertDescription.unsupported_certificate);
            }
            return new JudgedCertificate(this, verifying, PeerCertificate.read(encoding));
        }

        @Override
        public TlsCipher createCipher(TlsCryptoParameters parameters, int encryption, int mac) throws IOException {
            Tls13Staples.note(parameters.getSecurityParametersHandshake());
            return super.createCipher(parameters, encryption, mac);
        }
    }

    /**
     * Has two things its own way. Signatures other than RSA's are verified with BouncyCastle's algorithms. And it hides that
     * a certificate demands a stapled response (RFC 7633): whether there is one is for our validation to say. BouncyCastle 1.84 looks
     * for it among the server's extensions in TLS 1.3 too, where it is none of them, and would refuse every such server.
     */
    private static final class JudgedCertificate extends JcaTlsCertificate {
        private static final ASN1ObjectIdentifier TLS_FEATURE = X509ObjectIdentifiers.id_pe.branch("24");

        private final JcaTlsCertificate verifying;

        JudgedCertificate(JcaTlsCrypto crypto, JcaTlsCrypto verifying, X509Certificate certificate) {
            super(crypto, certificate);
            this.verifying = new JcaTlsCertificate(verifying, certificate);
        }

        @Override
        public TlsVerifier createVerifier(short signatureAlgorithm) throws IOException {
            return isRsa() ? super.createVerifier(signatureAlgorithm) : verifying.createVerifier(signatureAlgorithm);
        }

        @Override
        public Tls13Verifier createVerifier(int signatureScheme) throws IOException {
            return isRsa() ? super.createVerifier(signatureScheme) : verifying.createVerifier(signatureScheme);
        }

        private boolean isRsa() throws IOException {
            return getPublicKey() instanceof RSAPublicKey;
        }

        @Override
        public byte @Nullable [] getExtension(ASN1ObjectIdentifier oid) throws IOException {
            return TLS_FEATURE.equals(oid) ? null : super.getExtension(oid);
        }
    }

    @FunctionalInterface
    private interface Maker<T> {
        T make(JcaJceHelper source, String algorithm) throws GeneralSecurityException;
    }

    /**
     * Looks among the process's providers first, or among BouncyCastle's algorithms where these are faster. Only what TLS
     * asks for is overridden.
     */
    private static final class Algorithms extends DefaultJcaJceHelper {

        private static final JcaJceHelper BOUNCY_CASTLE = new ProviderJcaJceHelper(BouncyCastle.PROVIDER);

        private static final JcaJceHelper PROCESS = new DefaultJcaJceHelper();
        /** Only for keys that are made for one handshake. */
        private static final Set<String> FASTER = Set.of("X25519", "X448");

        private static <T> T made(Maker<T> maker, String algorithm) throws NoSuchAlgorithmException {
            boolean faster = FASTER.contains(algorithm);
            try {
                return maker.make(faster ? BOUNCY_CASTLE : PROCESS, algorithm);
            } catch (GeneralSecurityException notThere) {
                try {
                    return maker.make(faster ? PROCESS : BOUNCY_CASTLE, algorithm);
                } catch (NoSuchAlgorithmException nowhere) {
                    throw nowhere;
                } catch (GeneralSecurityException other) { // a mode or padding that nobody has
                    throw new NoSuchAlgorithmException(other.getMessage(), other);
                }
            }
        }

        @Override
        public Cipher createCipher(String algorithm) throws NoSuchAlgorithmException {
            return made(JcaJceHelper::createCipher, algorithm);
        }

        @Override
        public Mac createMac(String algorithm) throws NoSuchAlgorithmException {
            return made(JcaJceHelper::createMac, algorithm);
        }

        @Override
        public KeyAgreement createKeyAgreement(String algorithm) throws NoSuchAlgorithmException {
            return made(JcaJceHelper::createKeyAgreement, algorithm);
        }

        @Override
        public AlgorithmParameterGenerator createAlgorithmParameterGenerator(String algorithm)
                throws NoSuchAlgorithmException {
            return made(JcaJceHelper::createAlgorithmParameterGenerator, algorithm);
        }

        @Override
        public AlgorithmParameters createAlgorithmParameters(String algorithm) throws NoSuchAlgorithmException {
            return algorithm.equals(GcmParameters.NAME)
                    ? GcmParameters.make()
                    : made(JcaJceHelper::createAlgorithmParameters, algorithm);
        }

        @Override
        public KeyGenerator createKeyGenerator(String algorithm) throws NoSuchAlgorithmException {
            return made(JcaJceHelper::createKeyGenerator, algorithm);
        }

        @Override
        public KeyFactory createKeyFactory(String algorithm) throws NoSuchAlgorithmException {
            return made(JcaJceHelper::createKeyFactory, algorithm);
        }

        @Override
        public KeyPairGenerator createKeyPairGenerator(String algorithm) throws NoSuchAlgorithmException {
            return made(JcaJceHelper::createKeyPairGenerator, algorithm);
        }

        @Override
        public MessageDigest createMessageDigest(String algorithm) throws NoSuchAlgorithmException {
            return made(JcaJceHelper::createMessageDigest, algorithm);
        }

        @Override
        public Signature createSignature(String algorithm) throws NoSuchAlgorithmException {
            return made(JcaJceHelper::createSignature, algorithm);
        }
    }
}
