package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.PeerText;
import java.io.IOException;
import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERSequence;
import org.jspecify.annotations.Nullable;

/**
 * A certificate whose extensions nobody can read. It has its encoding as it came, its names, dates and key, and no
 * extensions; nobody can take it for a good one, as it claims an unsupported critical extension and no signature of it
 * verifies.
 */
@SuppressWarnings("serial") // a certificate is serialized as its encoding
final class BareCertificate extends X509Certificate {

    /** Where extensions stand in a TBSCertificate: {@code [3]} (RFC 5280 4.1). */
    private static final int EXTENSIONS = 3;

    private final byte[] encoded;
    private final X509Certificate readable;
    private final CertificateException why;

    /**
     * @param encoded the certificate as it came, DER
     * @param readable the same without its extensions
     * @param why what was wrong with them
     */
    BareCertificate(byte[] encoded, X509Certificate readable, CertificateException why) {
        this.encoded = encoded.clone();
        this.readable = readable;
        this.why = why;
    }

    /** Returns the DER of a certificate without its extensions; its signature is then over something else. */
    static byte[] stripped(ASN1Sequence certificate) throws IOException {
        ASN1EncodableVector kept = new ASN1EncodableVector();
        for (ASN1Encodable field : ASN1Sequence.getInstance(certificate.getObjectAt(0))) {
            if (!(field instanceof ASN1TaggedObject tagged && tagged.hasTag(BERTags.CONTEXT_SPECIFIC, EXTENSIONS))) {
                kept.add(field);
            }
        }
        ASN1EncodableVector whole = new ASN1EncodableVector();
        whole.add(new DERSequence(kept));
        for (int i = 1; i < certificate.size(); i++) {
            whole.add(certificate.getObjectAt(i));
        }
        return new DERSequence(whole).getEncoded(ASN1Encoding.DER);
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        return encoded.clone();
    }

    @Override
    public void verify(PublicKey key) throws SignatureException {
        throw new SignatureException("a certificate that cannot be read is not verified", why);
    }

    @Override
    public void verify(PublicKey key, String provider) throws SignatureException {
        verify(key);
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return true;
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return Set.of();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return Set.of();
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        return null;
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        return null;
    }

    @Override
    public int getBasicConstraints() {
        return -1;
    }

    @Override
    public Collection<List<?>> getSubjectAlternativeNames() throws CertificateParsingException {
        throw new CertificateParsingException("the extensions cannot be read", why);
    }

    @Override
    public Collection<List<?>> getIssuerAlternativeNames() throws CertificateParsingException {
        throw new CertificateParsingException("the extensions cannot be read", why);
    }

    @Override
    public void checkValidity() throws CertificateExpiredException, CertificateNotYetValidException {
        readable.checkValidity();
    }

    @Override
    public void checkValidity(Date date) throws CertificateExpiredException, CertificateNotYetValidException {
        readable.checkValidity(date);
    }

    @Override
    public int getVersion() {
        return readable.getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return readable.getSerialNumber();
    }

    @Override
    @Deprecated
    public Principal getIssuerDN() {
        return readable.getIssuerX500Principal();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return readable.getIssuerX500Principal();
    }

    @Override
    @Deprecated
    public Principal getSubjectDN() {
        return readable.getSubjectX500Principal();
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return readable.getSubjectX500Principal();
    }

    @Override
    public Date getNotBefore() {
        return readable.getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return readable.getNotAfter();
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        try {
            return ASN1Sequence.getInstance(encoded)
                    .getObjectAt(0)
                    .toASN1Primitive()
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new CertificateEncodingException("the signed part has no encoding", e);
        }
    }

    @Override
    public byte[] getSignature() {
        return readable.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return readable.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return readable.getSigAlgOID();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return readable.getSigAlgParams();
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        return readable.getIssuerUniqueID();
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        return readable.getSubjectUniqueID();
    }

    @Override
    public PublicKey getPublicKey() {
        return readable.getPublicKey();
    }

    @Override
    public String toString() {
        return "certificate for " + PeerText.shown(getSubjectX500Principal().getName())
                + " whose extensions cannot be read: " + why.getMessage();
    }
}
