package io.github.streamwebsocket.internal.x509;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Makes certificates of parts that no builder would take, with a signature that verifies with nothing. */
final class OddCertificate {
    static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private static final SubjectPublicKeyInfo KEY =
            StatusAuthority.root("any key").certificate().publicKeyInfo();
    private static final AlgorithmIdentifier ECDSA = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

    private final ASN1Encodable subject;
    private final ASN1Encodable issuer;
    private final ASN1EncodableVector extensions = new ASN1EncodableVector();
    private SubjectPublicKeyInfo key = KEY;
    private AlgorithmIdentifier algorithm = ECDSA;
    private byte[] signature = twoIntegers();

    private OddCertificate(ASN1Encodable subject, ASN1Encodable issuer) {
        this.subject = subject;
        this.issuer = issuer;
    }

    static OddCertificate of(String subject, String issuer) {
        return new OddCertificate(new X500Name(subject), new X500Name(issuer));
    }

    static OddCertificate of(ASN1Encodable subject, ASN1Encodable issuer) {
        return new OddCertificate(subject, issuer);
    }

    OddCertificate key(SubjectPublicKeyInfo other) {
        key = other;
        return this;
    }

    OddCertificate signature(AlgorithmIdentifier name, byte[] value) {
        algorithm = name;
        signature = value.clone();
        return this;
    }

    OddCertificate with(ASN1ObjectIdentifier oid, ASN1Encodable value) throws IOException {
        extensions.add(new Extension(oid, true, value.toASN1Primitive().getEncoded(ASN1Encoding.DER)));
        return this;
    }

    Certificate make() throws IOException {
        ASN1EncodableVector fields = new ASN1EncodableVector();
        fields.add(new DERTaggedObject(true, 0, new ASN1Integer(2)));
        fields.add(new ASN1Integer(7));
        fields.add(algorithm);
        fields.add(issuer);
        fields.add(new DERSequence(new ASN1Encodable[] {
            new Time(Date.from(NOW.minusSeconds(1_000))), new Time(Date.from(NOW.plusSeconds(1_000)))
        }));
        fields.add(subject);
        fields.add(key);
        if (extensions.size() > 0) {
            fields.add(new DERTaggedObject(true, 3, new DERSequence(extensions)));
        }
        return Certificate.of(
                new DERSequence(new ASN1Encodable[] {new DERSequence(fields), algorithm, new DERBitString(signature)})
                        .getEncoded(ASN1Encoding.DER));
    }

    /** The form of a signature of DSA and ECDSA. */
    static byte[] twoIntegers() {
        ASN1Integer large = new ASN1Integer(BigInteger.ONE.shiftLeft(250));
        try {
            return new DERSequence(new ASN1Encodable[] {large, large}).getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A request in which nobody is trusted. */
    static ValidationRequest request(List<Certificate> sent) {
        return new ValidationRequest(
                sent,
                "a.example",
                new TrustAnchors(List.of()),
                NOW,
                ValidationPolicy.TLS_SERVER,
                RevocationMaterial.NONE);
    }
}
