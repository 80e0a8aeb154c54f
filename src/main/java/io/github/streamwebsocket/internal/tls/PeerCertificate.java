package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.BouncyCastle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsUtils;
import org.jspecify.annotations.Nullable;

/**
 * Reads a certificate that came over the wire, so that the validator sees it and can say what is wrong with it: by the
 * JDK; if the JDK refuses, by BouncyCastle, which lets malformed extensions stand; if that refuses too, such as for one
 * that has an extension twice, without its extensions. A certificate whose very frame is broken ends the handshake.
 */
final class PeerCertificate {

    private PeerCertificate() {}

    /** @throws IOException when it is no certificate at all; an alert that says so */
    static X509Certificate read(byte[] encoding) throws IOException {
        byte[] der = der(encoding);
        try {
            return by(null, der);
        } catch (CertificateException refused) {
            try {
                return by(BouncyCastle.PROVIDER, der);
            } catch (CertificateException refusedToo) {
                return withoutExtensions(der, refusedToo);
            }
        }
    }

    /** A TLS peer may send BER. */
    private static byte[] der(byte[] encoding) throws IOException {
        try {
            return TlsUtils.readASN1Object(encoding).getEncoded(ASN1Encoding.DER);
        } catch (IOException | RuntimeException broken) { // BouncyCastle's parser throws those
            throw alert(broken);
        }
    }

    /** Without a cause: it would be taken for the reason, where the fault is the certificate's. */
    private static TlsFatalAlert alert(Exception broken) {
        TlsFatalAlert alert = new TlsFatalAlert(
                AlertDescription.bad_certificate,
                "expected a certificate but its encoding is malformed: " + broken.getMessage());
        alert.addSuppressed(broken);
        return alert;
    }

    private static X509Certificate by(@Nullable Provider provider, byte[] der) throws CertificateException {
        CertificateFactory factory = provider == null
                ? CertificateFactory.getInstance("X.509")
                : CertificateFactory.getInstance("X.509", provider);
        if (factory.generateCertificate(new ByteArrayInputStream(der)) instanceof X509Certificate certificate) {
            return certificate;
        }
        throw new CertificateException("expected an X.509 certificate");
    }

    private static X509Certificate withoutExtensions(byte[] der, CertificateException why) throws TlsFatalAlert {
        try {
            ASN1Sequence whole = ASN1Sequence.getInstance(der);
            return new BareCertificate(der, by(null, BareCertificate.stripped(whole)), why);
        } catch (IOException | CertificateException | RuntimeException broken) { // BouncyCastle's parser throws those
            throw alert(broken);
        }
    }
}
