package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.internal.x509.Certificate;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that the JDK's parser refuses reach the validator. */
@Timeout(60)
class PeerCertificateTest {

    private static final X509Certificate GOOD = Credentials.EC.chain().get(0);

    private interface Change {
        void apply(ASN1EncodableVector extensions) throws Exception;
    }

    /** The good certificate with more extensions; its signature is then wrong, which is nobody's matter here. */
    private static byte[] changed(Change change) throws Exception {
        ASN1Sequence whole = ASN1Sequence.getInstance(GOOD.getEncoded());
        ASN1EncodableVector fields = new ASN1EncodableVector();
        for (ASN1Encodable field : ASN1Sequence.getInstance(whole.getObjectAt(0))) {
            if (field instanceof ASN1TaggedObject tagged && tagged.getTagNo() == 3) {
                ASN1EncodableVector extensions = new ASN1EncodableVector();
                for (ASN1Encodable extension : ASN1Sequence.getInstance(tagged, true)) {
                    extensions.add(extension);
                }
                change.apply(extensions);
                fields.add(new DERTaggedObject(true, 3, new DERSequence(extensions)));
            } else {
                fields.add(field);
            }
        }
        return new DERSequence(
                        new ASN1Encodable[] {new DERSequence(fields), whole.getObjectAt(1), whole.getObjectAt(2)})
                .getEncoded(ASN1Encoding.DER);
    }

    private static byte[] withAnExtensionTwice() throws Exception {
        return changed(extensions -> extensions.add(extensions.get(0)));
    }

    private static byte[] withNonsenseInACriticalExtension() throws Exception {
        return changed(
                extensions -> extensions.add(new Extension(Extension.nameConstraints, true, new byte[] {4, 1, 0})));
    }

    private static void assertTheJdkRefuses(byte[] encoded) {
        assertThrows(
                CertificateException.class,
                () -> CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded)));
    }

    @Test
    void aGoodCertificateIsTheJdks() throws Exception {
        X509Certificate read = PeerCertificate.read(GOOD.getEncoded());
        assertEquals(GOOD, read);
        assertEquals(GOOD.getClass(), read.getClass());
    }

    @Test
    void aPinIsOfTheKeyWhateverTheExtensionsAreLike() throws Exception {
        assertEquals(PublicKeyPins.pin(GOOD), PublicKeyPins.pin(PeerCertificate.read(withAnExtensionTwice())));
    }

    @Test
    void aMalformedExtensionStaysToBeLookedAt() throws Exception {
        byte[] encoded = withNonsenseInACriticalExtension();
        assertTheJdkRefuses(encoded);
        X509Certificate read = PeerCertificate.read(encoded);
        assertArrayEquals(encoded, read.getEncoded());
        assertNotNull(read.getExtensionValue(Extension.nameConstraints.getId()));
        assertEquals(GOOD.getSubjectX500Principal(), read.getSubjectX500Principal());
    }

    @Test
    void aCertificateThatHasAnExtensionTwiceIsReadWithoutItsExtensions() throws Exception {
        byte[] encoded = withAnExtensionTwice();
        assertTheJdkRefuses(encoded);
        X509Certificate read = PeerCertificate.read(encoded);
        assertInstanceOf(BareCertificate.class, read);
        assertArrayEquals(encoded, read.getEncoded());
        assertEquals(Certificate.of(encoded), Certificate.of(read));
        assertEquals(GOOD.getSubjectX500Principal(), read.getSubjectX500Principal());
        assertEquals(GOOD.getIssuerX500Principal(), read.getIssuerX500Principal());
        assertEquals(GOOD.getSerialNumber(), read.getSerialNumber());
        assertEquals(GOOD.getNotAfter(), read.getNotAfter());
        assertEquals(GOOD.getPublicKey(), read.getPublicKey());
        assertTrue(read.toString().startsWith("certificate for CN=localhost whose extensions cannot be read: "));
    }

    /** Nobody must take it for a good one because what is wrong was left out. */
    @Test
    void suchACertificatePassesNoCheck() throws Exception {
        X509Certificate read = PeerCertificate.read(withAnExtensionTwice());
        assertTrue(read.hasUnsupportedCriticalExtension());
        assertEquals(-1, read.getBasicConstraints());
        assertNull(read.getKeyUsage());
        assertThrows(CertificateParsingException.class, read::getSubjectAlternativeNames);
        assertThrows(
                SignatureException.class,
                () -> read.verify(Credentials.AUTHORITY.certificate().getPublicKey()));
    }

    @Test
    void whatIsNoCertificateIsAnIoException() {
        for (byte[] broken :
                List.of(new byte[0], new byte[] {1, 2, 3}, new byte[] {0x30, 0}, new byte[] {0x30, 3, 2, 1, 0})) {
            assertThrows(IOException.class, () -> PeerCertificate.read(broken));
        }
    }

    /** A server whose certificate the JDK refuses to make an object of. */
    private static SSLContext serverOf(X509Certificate certificate) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS", "SunJSSE");
        context.init(new X509ExtendedKeyManager[] {new FixedServerKey(certificate)}, null, null);
        return context;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void theTrustManagerSeesWhatTheServerSent(String version) throws Exception {
        for (byte[] encoded : List.of(withAnExtensionTwice(), withNonsenseInACriticalExtension())) {
            RecordingTrust trust = new RecordingTrust();
            try (JdkTlsServer server = new JdkTlsServer(
                            serverOf(PeerCertificate.read(encoded)),
                            listener -> listener.setEnabledProtocols(new String[] {version}),
                            socket -> {});
                    SSLSocket socket = new TlsSockets(trust)
                            .layered(new RecordedSocket(server.port()), "localhost", TestTls.groups())) {
                socket.startHandshake();
            }
            assertArrayEquals(encoded, trust.chain.get(0).getEncoded());
        }
    }
}
