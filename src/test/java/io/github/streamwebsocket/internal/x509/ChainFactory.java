package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.internal.x509.StatusAuthority.Holder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
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
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * One certificate to be, with every field adjustable, also to what no builder would make: written field by field. Its
 * issuer's name and key are looked up when it is issued.
 */
final class ChainFactory {
    static final Instant NOW = StatusAuthority.NOW;
    static final String HOST = "server.example";

    private static final AtomicLong SERIAL_NUMBERS = new AtomicLong(5000);
    private static final Map<String, KeyPair> KEYS = new ConcurrentHashMap<>();
    private static final Map<List<Object>, Certificate> ISSUED = new ConcurrentHashMap<>();

    private record Field(ASN1ObjectIdentifier oid, boolean critical, List<Byte> value) {}

    private BigInteger serialNumber = BigInteger.valueOf(SERIAL_NUMBERS.incrementAndGet());
    private final List<Field> extensions = new ArrayList<>();
    private final ChainFactory issuer;
    X500Name subject;
    KeyPair key;
    int version = 3;
    int fromDay = -100;
    int toDay = 100;
    String algorithm = "SHA256withECDSA";
    boolean corrupt;

    /** What the signed part says about the signature, when it is not the truth. */
    @Nullable
    AlgorithmIdentifier claimed;

    @Nullable
    X500Name issuerName;

    @Nullable
    KeyPair signer;

    /** The public key as it is written, when it is not that of {@link #key}. */
    @Nullable
    ASN1Encodable publicKey;

    private ChainFactory(String name, @Nullable ChainFactory issuer) {
        this.subject = new X500Name("CN=" + name);
        this.key = key(name);
        this.issuer = issuer == null ? this : issuer;
    }

    /** The same certificate again, with its serial number, to be changed by itself. */
    ChainFactory copy(@Nullable ChainFactory below) {
        ChainFactory copy = new ChainFactory("", below);
        copy.serialNumber = serialNumber;
        copy.subject = subject;
        copy.key = key;
        copy.extensions.addAll(extensions);
        return copy;
    }

    static ChainFactory root(String name) {
        return new ChainFactory(name, null).authority();
    }

    ChainFactory authorityBelow(String name) {
        return new ChainFactory(name, this).authority();
    }

    /** The certificate of a server below this authority. */
    ChainFactory leaf(String name) {
        ChainFactory leaf = new ChainFactory(name, this)
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .with(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return leaf.names(new GeneralName(GeneralName.dNSName, HOST)).identified();
    }

    private ChainFactory authority() {
        return with(Extension.basicConstraints, true, new BasicConstraints(true))
                .with(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .identified();
    }

    private ChainFactory identified() {
        with(Extension.subjectKeyIdentifier, false, new SubjectKeyIdentifier(identifier(key)));
        return with(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier(issuer.key)));
    }

    private static byte[] identifier(KeyPair key) {
        return Arrays.copyOf(
                BigInteger.valueOf(Arrays.hashCode(key.getPublic().getEncoded()))
                        .toByteArray(),
                8);
    }

    /** Replaces an extension, or adds it. */
    ChainFactory with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        return raw(oid, critical, der(value));
    }

    /** The same with any bytes for a value. */
    ChainFactory raw(ASN1ObjectIdentifier oid, boolean critical, byte[] value) {
        return without(oid).again(oid, critical, value);
    }

    /** Adds an extension though it may be there already. */
    ChainFactory again(ASN1ObjectIdentifier oid, boolean critical, byte[] value) {
        List<Byte> bytes = new ArrayList<>();
        for (byte octet : value) {
            bytes.add(octet);
        }
        extensions.add(new Field(oid, critical, bytes));
        return this;
    }

    ChainFactory without(ASN1ObjectIdentifier oid) {
        extensions.removeIf(field -> field.oid().equals(oid));
        return this;
    }

    ChainFactory names(GeneralName... names) {
        return with(Extension.subjectAlternativeName, false, new GeneralNames(names));
    }

    /** Names of this authority are constrained; null for no such list. */
    ChainFactory constrained(@Nullable GeneralName permitted, @Nullable GeneralName excluded) {
        return with(Extension.nameConstraints, true, new NameConstraints(subtrees(permitted), subtrees(excluded)));
    }

    private static GeneralSubtree @Nullable [] subtrees(@Nullable GeneralName base) {
        return base == null ? null : new GeneralSubtree[] {new GeneralSubtree(base)};
    }

    ChainFactory valid(int from, int to) {
        fromDay = from;
        toDay = to;
        return this;
    }

    /** Another authority of this name and key has issued it. */
    ChainFactory issuedBy(X500Name name, KeyPair with) {
        issuerName = name;
        signer = with;
        return with(Extension.authorityKeyIdentifier, false, new AuthorityKeyIdentifier(identifier(with)));
    }

    /** Issues it; the same again if nothing has changed. */
    Certificate issue() {
        X500Name by = issuerName == null ? issuer.subject : issuerName;
        KeyPair signing = signer == null ? issuer.key : signer;
        List<Object> content = Arrays.asList(
                serialNumber,
                List.copyOf(extensions),
                ByteBuffer.wrap(der(subject)),
                ByteBuffer.wrap(der(by)),
                key,
                signing,
                List.of(version, fromDay, toDay, algorithm, corrupt),
                claimed,
                publicKey);
        return ISSUED.computeIfAbsent(content, absent -> Certificate.of(encoded(by, signing)));
    }

    /** For what signs lists and responses. */
    Holder holder() {
        return new Holder(issue(), key.getPrivate());
    }

    private byte[] encoded(X500Name by, KeyPair signing) {
        try {
            ContentSigner signs = new JcaContentSignerBuilder(algorithm).build(signing.getPrivate());
            DERSequence signedPart = signedPart(by, claimed == null ? signs.getAlgorithmIdentifier() : claimed);
            signs.getOutputStream().write(der(signedPart));
            byte[] signature = signs.getSignature();
            signature[signature.length - 1] ^= (byte) (corrupt ? 1 : 0);
            return der(new DERSequence(
                    new ASN1Encodable[] {signedPart, signs.getAlgorithmIdentifier(), new DERBitString(signature)}));
        } catch (IOException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        }
    }

    private DERSequence signedPart(X500Name by, AlgorithmIdentifier signature) {
        ASN1EncodableVector fields = new ASN1EncodableVector();
        if (version > 1) {
            fields.add(new DERTaggedObject(true, 0, new ASN1Integer(version - 1)));
        }
        fields.add(new ASN1Integer(serialNumber));
        fields.add(signature);
        fields.add(by);
        fields.add(new DERSequence(new ASN1Encodable[] {time(fromDay), time(toDay)}));
        fields.add(subject);
        fields.add(publicKey == null ? DERSequence.getInstance(key.getPublic().getEncoded()) : publicKey);
        if (version == 3) {
            ASN1EncodableVector all = new ASN1EncodableVector();
            extensions.forEach(field -> all.add(written(field)));
            fields.add(new DERTaggedObject(true, 3, new DERSequence(all)));
        }
        return new DERSequence(fields);
    }

    private static DERSequence written(Field field) {
        byte[] value = new byte[field.value().size()];
        for (int i = 0; i < value.length; i++) {
            value[i] = field.value().get(i);
        }
        return (DERSequence) new Extension(field.oid(), field.critical(), new DEROctetString(value)).toASN1Primitive();
    }

    private static Time time(int day) {
        return new Time(Date.from(StatusAuthority.day(day)));
    }

    static byte[] der(ASN1Encodable value) {
        try {
            return value.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The EC key of this name, always the same. */
    static KeyPair key(String name) {
        return KEYS.computeIfAbsent(name, absent -> generated("EC", 256));
    }

    static KeyPair generated(String kind, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            if (kind.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp" + bits + "r1"));
            } else {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
