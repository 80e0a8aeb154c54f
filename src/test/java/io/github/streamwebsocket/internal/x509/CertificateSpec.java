package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.internal.BouncyCastle;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
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
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.util.encoders.Hex;

/**
 * A certificate to be: every part of it may be made wrong, also in ways no builder allows. Written here from the ASN.1 of
 * RFC 5280 4.1. The same content gives the same certificate, signed once.
 */
final class CertificateSpec {
    private static final Map<String, byte[]> SIGNATURES = new ConcurrentHashMap<>();

    X500Name subject;
    X500Name issuer;
    SubjectPublicKeyInfo publicKey;
    PrivateKey signer;
    String algorithm = "SHA256withECDSA";
    Instant notBefore = ChainOfFour.NOW.minus(Duration.ofDays(30));
    Instant notAfter = ChainOfFour.NOW.plus(Duration.ofDays(30));
    int version = 3;
    final Map<ASN1ObjectIdentifier, Extension> extensions = new LinkedHashMap<>();

    /** Extensions on top, for those that must not be there twice. */
    final Map<String, Extension> more = new LinkedHashMap<>();

    /** What is written beside the signature, when it is not what the signed part names. */
    UnaryOperator<AlgorithmIdentifier> outerAlgorithm = UnaryOperator.identity();

    UnaryOperator<byte[]> signature = UnaryOperator.identity();

    private CertificateSpec(X500Name subject, X500Name issuer, KeyPair key, KeyPair signer) {
        this.subject = subject;
        this.issuer = issuer;
        this.publicKey = SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded());
        this.signer = signer.getPrivate();
        extension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(key)));
        extension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier(signer)));
    }

    static CertificateSpec authority(String name, String issuer) {
        CertificateSpec spec = new CertificateSpec(
                new X500Name("CN=" + name), new X500Name("CN=" + issuer), Keys.ec(name), Keys.ec(issuer));
        return spec.extension(Extension.basicConstraints, true, new BasicConstraints(true))
                .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    /** A server's certificate for a host. */
    static CertificateSpec server(String host, String issuer) {
        CertificateSpec spec = new CertificateSpec(
                new X500Name("CN=" + host), new X500Name("CN=" + issuer), Keys.ec(host), Keys.ec(issuer));
        return spec.extension(Extension.basicConstraints, true, new BasicConstraints(false))
                .extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .names(new GeneralName(GeneralName.dNSName, host));
    }

    CertificateSpec extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            return extension(oid, critical, value.toASN1Primitive().getEncoded(ASN1Encoding.DER));
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    CertificateSpec extension(ASN1ObjectIdentifier oid, boolean critical, byte[] value) {
        extensions.put(oid, new Extension(oid, critical, value));
        return this;
    }

    CertificateSpec without(ASN1ObjectIdentifier oid) {
        extensions.remove(oid);
        return this;
    }

    CertificateSpec withoutKeyIdentifiers() {
        return without(Extension.subjectKeyIdentifier).without(Extension.authorityKeyIdentifier);
    }

    CertificateSpec names(GeneralName... names) {
        return extension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }

    CertificateSpec dns(String... names) {
        GeneralName[] all = new GeneralName[names.length];
        for (int i = 0; i < names.length; i++) {
            all[i] = new GeneralName(GeneralName.dNSName, names[i]);
        }
        return names(all);
    }

    CertificateSpec subject(String name) {
        subject = new X500Name(name);
        return this;
    }

    CertificateSpec validity(int fromDay, int toDay) {
        notBefore = ChainOfFour.NOW.plus(Duration.ofDays(fromDay));
        notAfter = ChainOfFour.NOW.plus(Duration.ofDays(toDay));
        return this;
    }

    /** Gives the subject another key. */
    CertificateSpec key(KeyPair key) {
        publicKey = SubjectPublicKeyInfo.getInstance(key.getPublic().getEncoded());
        if (extensions.containsKey(Extension.subjectKeyIdentifier)) {
            extension(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(key)));
        }
        return this;
    }

    /** Signs with another key. */
    CertificateSpec signedBy(KeyPair key, String signatureAlgorithm) {
        signer = key.getPrivate();
        algorithm = signatureAlgorithm;
        if (extensions.containsKey(Extension.authorityKeyIdentifier)) {
            extension(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier(key)));
        }
        return this;
    }

    /** Changes one bit of the signature's value, deep inside, so that it stays well formed. */
    CertificateSpec corrupt() {
        signature = signed -> {
            byte[] changed = signed.clone();
            changed[changed.length - 5] ^= 1;
            return changed;
        };
        return this;
    }

    Certificate issue() {
        return Certificate.of(encoded());
    }

    byte[] encoded() {
        AlgorithmIdentifier inner = new DefaultSignatureAlgorithmIdentifierFinder().find(algorithm);
        ASN1EncodableVector body = new ASN1EncodableVector();
        if (version > 1) {
            body.add(new DERTaggedObject(0, new ASN1Integer(version - 1)));
        }
        body.add(serialNumber());
        body.add(inner);
        body.add(issuer);
        body.add(new DERSequence(new ASN1Encodable[] {new Time(Date.from(notBefore)), new Time(Date.from(notAfter))}));
        body.add(subject);
        body.add(publicKey);
        ASN1EncodableVector all = new ASN1EncodableVector();
        extensions.values().forEach(all::add);
        more.values().forEach(all::add);
        if (all.size() > 0) {
            body.add(new DERTaggedObject(3, new DERSequence(all)));
        }
        DERSequence signed = new DERSequence(body);
        try {
            byte[] value = signature.apply(sign(signed.getEncoded(ASN1Encoding.DER)));
            return new DERSequence(new ASN1Encodable[] {signed, outerAlgorithm.apply(inner), new DERBitString(value)})
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private ASN1Integer serialNumber() {
        return new ASN1Integer(BigInteger.valueOf(1 + (subject.toString().hashCode() & 0xffff)));
    }

    private byte[] sign(byte[] content) {
        try {
            String key = algorithm + Hex.toHexString(hash(signer.getEncoded())) + Hex.toHexString(hash(content));
            byte[] known = SIGNATURES.get(key);
            if (known == null) {
                Signature signing = Signature.getInstance(algorithm, BouncyCastle.PROVIDER);
                signing.initSign(signer);
                signing.update(content);
                known = signing.sign();
                SIGNATURES.put(key, known);
            }
            return known;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] identifier(KeyPair key) {
        return hash(key.getPublic().getEncoded());
    }

    private static byte[] hash(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
