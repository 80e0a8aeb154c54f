package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.internal.BouncyCastle;
import io.github.streamwebsocket.internal.PeerText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.Provider;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jspecify.annotations.Nullable;

/**
 * One certificate, read by BouncyCastle's ASN.1 (RFC 5280 4.1). What cannot be read is kept too, and says so, because a
 * verdict must name it. Equal when its bytes are. For any thread.
 */
public final class Certificate {
    private final byte[] encoded;
    private final int hash;
    private final @Nullable X509CertificateHolder holder;
    private final Instant notBefore;
    private final Instant notAfter;
    private volatile @Nullable X509Certificate jca;
    private volatile @Nullable CertificateExtensions extensions;
    private volatile @Nullable PublicKeyFacts publicKey;
    private volatile byte @Nullable [] publicKeyEncoded;

    private Certificate(byte[] encoded, @Nullable X509Certificate jca) {
        this.encoded = encoded;
        this.hash = Arrays.hashCode(encoded);
        this.jca = jca;
        X509CertificateHolder read = null;
        Instant begin = Instant.MAX;
        Instant end = Instant.MIN;
        try {
            read = new X509CertificateHolder(encoded);
            DistinguishedNames.check(read.getSubject());
            DistinguishedNames.check(read.getIssuer());
            // The JDK reads dates many times faster.
            begin = (jca == null ? read.getNotBefore() : jca.getNotBefore()).toInstant();
            end = (jca == null ? read.getNotAfter() : jca.getNotAfter()).toInstant();
        } catch (IOException | RuntimeException malformed) { // BouncyCastle throws what its parser met
            read = null;
        }
        holder = read;
        notBefore = begin;
        notAfter = end;
    }

    /** Reads DER; what cannot be read makes a certificate that is {@link #malformed()}. */
    public static Certificate of(byte[] der) {
        return new Certificate(der, null);
    }

    public static Certificate of(X509Certificate certificate) {
        try {
            return new Certificate(certificate.getEncoded(), certificate);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("expected a certificate with an encoding", e);
        }
    }

    boolean malformed() {
        return holder == null;
    }

    /**
     * Whether its bytes are the only ones that its content can have (X.690 10). BouncyCastle reads BER too and verifies
     * the signature over the DER of it, so other bytes, with another fingerprint, would pass for what was signed.
     */
    boolean isDer() {
        try {
            return Arrays.equals(holder().toASN1Structure().getEncoded(ASN1Encoding.DER), encoded);
        } catch (IOException e) {
            throw new IllegalStateException("what was read can be written", e);
        }
    }

    /** The certificate's content; not to be asked of one that is malformed. */
    X509CertificateHolder holder() {
        if (holder == null) {
            throw new IllegalStateException("expected a certificate that can be read");
        }
        return holder;
    }

    X500Name subject() {
        return holder().getSubject();
    }

    X500Name issuer() {
        return holder().getIssuer();
    }

    Instant notBefore() {
        return notBefore;
    }

    Instant notAfter() {
        return notAfter;
    }

    BigInteger serialNumber() {
        return holder().getSerialNumber();
    }

    SubjectPublicKeyInfo publicKeyInfo() {
        return holder().getSubjectPublicKeyInfo();
    }

    CertificateExtensions extensions() {
        CertificateExtensions known = extensions;
        if (known == null) {
            known = new CertificateExtensions(holder().getExtensions());
            extensions = known;
        }
        return known;
    }

    PublicKeyFacts publicKey() {
        PublicKeyFacts known = publicKey;
        if (known == null) {
            known = PublicKeyFacts.of(publicKeyInfo());
            publicKey = known;
        }
        return known;
    }

    /** Self-issued: its issuer has its name (RFC 5280 3.2); the key need not be the same. */
    boolean selfIssued() {
        return DistinguishedNames.same(subject(), issuer());
    }

    /** Whether both are the same authority: name and key, whatever else differs. */
    boolean sameEntity(Certificate other) {
        return DistinguishedNames.same(subject(), other.subject()) && samePublicKey(other);
    }

    private boolean samePublicKey(Certificate other) {
        return Arrays.equals(publicKeyEncoded(), other.publicKeyEncoded());
    }

    private byte[] publicKeyEncoded() {
        byte[] known = publicKeyEncoded;
        if (known == null) {
            try {
                known = publicKeyInfo().getEncoded(ASN1Encoding.DER);
            } catch (IOException e) {
                throw new IllegalStateException("what was read can be written", e);
            }
            publicKeyEncoded = known;
        }
        return known;
    }

    byte[] encoded() {
        return encoded.clone();
    }

    /** Returns the JDK's view of it, or BouncyCastle's when the JDK cannot read it; empty when neither can. */
    Optional<X509Certificate> jca() {
        X509Certificate known = jca;
        if (known == null) {
            known = read(null);
            if (known == null) {
                known = read(BouncyCastle.PROVIDER);
            }
            jca = known;
        }
        return Optional.ofNullable(known);
    }

    private @Nullable X509Certificate read(@Nullable Provider provider) {
        try {
            CertificateFactory factory = provider == null
                    ? CertificateFactory.getInstance("X.509")
                    : CertificateFactory.getInstance("X.509", provider);
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded));
        } catch (CertificateException | RuntimeException unreadable) {
            return null;
        }
    }

    /** Names it for a person: its common name if it has one, escaped and cut. */
    String shown() {
        if (holder == null) {
            return "a certificate that cannot be read";
        }
        return DistinguishedNames.shown(subject());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Certificate that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return holder == null
                ? "Certificate[malformed]"
                : "Certificate[" + PeerText.shown(subject().toString()) + "]";
    }
}
