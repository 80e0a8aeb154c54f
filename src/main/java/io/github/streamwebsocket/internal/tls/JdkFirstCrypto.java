package io.github.streamwebsocket.internal.tls;

import java.io.IOException;
import java.security.AlgorithmParameterGenerator;
import java.security.AlgorithmParameters;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;
import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.bouncycastle.jcajce.util.ProviderJcaJceHelper;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCertificate;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCryptoProvider;

/**
 * BouncyCastle's TLS over the JDK's algorithms, with BouncyCastle's own only where the JDK has none of the name that is
 * asked for. The JDK's AES-GCM is compiled to the processor's instructions and more than ten times as fast; RSA-PSS
 * under the names of TLS, ChaCha20 and some curves are BouncyCastle's. Nothing is registered in
 * {@link java.security.Security}: a library leaves the process's providers alone.
 */
final class JdkFirstCrypto extends JcaTlsCryptoProvider {

    private static final ProviderJcaJceHelper BOUNCY_CASTLE = new ProviderJcaJceHelper(new BouncyCastleProvider());

    private final JcaJceHelper helper = new Algorithms();

    @Override
    public JcaJceHelper getHelper() {
        return helper;
    }

    @Override
    public JcaTlsCrypto create(SecureRandom keyRandom, SecureRandom nonceRandom) {
        return new Tls(helper, keyRandom, nonceRandom);
    }

    /** Takes certificates that the JDK cannot read to BouncyCastle, so that ours says what is wrong with them. */
    private static final class Tls extends JcaTlsCrypto {
        Tls(JcaJceHelper helper, SecureRandom keyRandom, SecureRandom nonceRandom) {
            super(helper, keyRandom, nonceRandom);
        }

        @Override
        public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
            if (type != CertificateType.X509) {
                return super.createCertificate(type, encoding);
            }
            try {
                return super.createCertificate(type, encoding);
            } catch (IOException | RuntimeException notForTheJdk) { // providers throw what their parsers met
                return new JcaTlsCertificate(this, ours(encoding));
            }
        }

        private static X509Certificate ours(byte[] encoding) throws TlsFatalAlert {
            try {
                return JcaTlsCertificate.parseCertificate(BOUNCY_CASTLE, encoding);
            } catch (IOException | RuntimeException malformed) {
                TlsFatalAlert alert = new TlsFatalAlert(
                        AlertDescription.bad_certificate,
                        "expected a certificate but its encoding is malformed: " + malformed.getMessage());
                alert.addSuppressed(malformed);
                throw alert;
            }
        }
    }

    /** Looks among the process's providers first. Only what TLS asks for is overridden. */
    private static final class Algorithms extends DefaultJcaJceHelper {

        private final ProviderJcaJceHelper rest = BOUNCY_CASTLE;

        @Override
        public Cipher createCipher(String algorithm) throws NoSuchAlgorithmException, NoSuchPaddingException {
            try {
                return super.createCipher(algorithm);
            } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
                return rest.createCipher(algorithm);
            }
        }

        @Override
        public Mac createMac(String algorithm) throws NoSuchAlgorithmException {
            try {
                return super.createMac(algorithm);
            } catch (NoSuchAlgorithmException e) {
                return rest.createMac(algorithm);
            }
        }

        @Override
        public KeyAgreement createKeyAgreement(String algorithm) throws NoSuchAlgorithmException {
            try {
                return super.createKeyAgreement(algorithm);
            } catch (NoSuchAlgorithmException e) {
                return rest.createKeyAgreement(algorithm);
            }
        }

        @Override
        public AlgorithmParameterGenerator createAlgorithmParameterGenerator(String algorithm)
                throws NoSuchAlgorithmException {
            try {
                return super.createAlgorithmParameterGenerator(algorithm);
            } catch (NoSuchAlgorithmException e) {
                return rest.createAlgorithmParameterGenerator(algorithm);
            }
        }

        @Override
        public AlgorithmParameters createAlgorithmParameters(String algorithm) throws NoSuchAlgorithmException {
            try {
                return super.createAlgorithmParameters(algorithm);
            } catch (NoSuchAlgorithmException e) {
                return rest.createAlgorithmParameters(algorithm);
            }
        }

        @Override
        public KeyGenerator createKeyGenerator(String algorithm) throws NoSuchAlgorithmException {
            try {
                return super.createKeyGenerator(algorithm);
            } catch (NoSuchAlgorithmException e) {
                return rest.createKeyGenerator(algorithm);
            }
        }

        @Override
        public KeyFactory createKeyFactory(String algorithm) throws NoSuchAlgorithmException {
            try {
                return super.createKeyFactory(algorithm);
            } catch (NoSuchAlgorithmException e) {
                return rest.createKeyFactory(algorithm);
            }
        }

        @Override
        public KeyPairGenerator createKeyPairGenerator(String algorithm) throws NoSuchAlgorithmException {
            try {
                return super.createKeyPairGenerator(algorithm);
            } catch (NoSuchAlgorithmException e) {
                return rest.createKeyPairGenerator(algorithm);
            }
        }

        @Override
        public MessageDigest createMessageDigest(String algorithm) throws NoSuchAlgorithmException {
            try {
                return super.createMessageDigest(algorithm);
            } catch (NoSuchAlgorithmException e) {
                return rest.createMessageDigest(algorithm);
            }
        }

        @Override
        public Signature createSignature(String algorithm) throws NoSuchAlgorithmException {
            try {
                return super.createSignature(algorithm);
            } catch (NoSuchAlgorithmException e) {
                return rest.createSignature(algorithm);
            }
        }
    }
}
