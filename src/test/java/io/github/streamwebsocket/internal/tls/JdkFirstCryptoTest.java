package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.internal.BouncyCastle;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.Key;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.InvalidParameterSpecException;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jcajce.util.JcaJceHelper;
import org.junit.jupiter.api.Test;

class JdkFirstCryptoTest {

    private final JcaJceHelper algorithms = new JdkFirstCrypto().getHelper();

    /** Ten times the speed hangs on this. */
    @Test
    void aesGcmIsTheJdks() throws Exception {
        assertEquals(
                "SunJCE",
                algorithms.createCipher("AES/GCM/NoPadding").getProvider().getName());
    }

    /** Also where the process has another provider's cipher in front. */
    @Test
    void theParametersOfAesGcmAreTakenByTheJdksCipherAndByBouncyCastles() throws Exception {
        Key key = new SecretKeySpec(new byte[16], "AES");
        GCMParameterSpec spec = new GCMParameterSpec(128, new byte[12]);
        Cipher expected = Cipher.getInstance("AES/GCM/NoPadding");
        expected.init(Cipher.ENCRYPT_MODE, key, spec);
        byte[] sealed = expected.doFinal(new byte[100]);
        for (Cipher cipher : List.of(
                algorithms.createCipher("AES/GCM/NoPadding"),
                Cipher.getInstance("AES/GCM/NoPadding", BouncyCastle.PROVIDER))) {
            AlgorithmParameters parameters = algorithms.createAlgorithmParameters("GCM");
            parameters.init(spec);
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters);
            assertArrayEquals(sealed, cipher.doFinal(new byte[100]));
        }
    }

    @Test
    void theParametersOfAesGcmAreNothingElse() throws Exception {
        AlgorithmParameters parameters = algorithms.createAlgorithmParameters("GCM");
        assertThrows(IOException.class, () -> parameters.init(new byte[] {0x30, 0}));
        parameters.init(new GCMParameterSpec(128, new byte[12]));
        assertThrows(InvalidParameterSpecException.class, () -> parameters.getParameterSpec(IvParameterSpec.class));
        assertThrows(IOException.class, parameters::getEncoded);
    }

    @Test
    void hashesMacsAndSignaturesAreTheJdks() throws Exception {
        assertEquals(
                "SUN", algorithms.createMessageDigest("SHA-256").getProvider().getName());
        assertEquals("SunJCE", algorithms.createMac("HmacSHA256").getProvider().getName());
        assertEquals(
                "SunEC", algorithms.createKeyAgreement("ECDH").getProvider().getName());
        assertEquals(
                "SunEC",
                algorithms.createSignature("SHA256withECDSA").getProvider().getName());
    }

    /** It takes half of the JDK's time. */
    @Test
    void x25519IsBouncyCastles() throws Exception {
        assertEquals(
                "BC", algorithms.createKeyPairGenerator("X25519").getProvider().getName());
        assertEquals("BC", algorithms.createKeyAgreement("X25519").getProvider().getName());
        assertEquals("BC", algorithms.createKeyFactory("X25519").getProvider().getName());
    }

    /** RSA servers of TLS 1.3 cannot be had without it. */
    @Test
    void whatTheJdkLacksIsBouncyCastles() throws Exception {
        assertThrows(NoSuchAlgorithmException.class, () -> java.security.Signature.getInstance("SHA256withRSAandMGF1"));
        assertEquals(
                "BC",
                algorithms.createSignature("SHA256withRSAandMGF1").getProvider().getName());
        assertEquals("BC", algorithms.createCipher("ChaCha7539").getProvider().getName());
    }

    @Test
    void whatNobodyHasIsAnError() {
        assertThrows(NoSuchAlgorithmException.class, () -> algorithms.createCipher("ROT13"));
        assertThrows(NoSuchAlgorithmException.class, () -> algorithms.createSignature("SHA256withCrayon"));
    }

    @Test
    void noProviderIsRegistered() throws Exception {
        Provider[] before = Security.getProviders();
        algorithms.createSignature("SHA256withRSAandMGF1");
        new TlsServer(List.of(Credentials.EC));
        assertArrayEquals(before, Security.getProviders());
        assertEquals(null, Security.getProvider("BC"));
        assertEquals(null, Security.getProvider("BCJSSE"));
    }
}
