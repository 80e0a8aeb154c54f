package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.streamwebsocket.ChainValidationResult;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Certificates made to break the reader or to get past a check. */
class HostileCertificateTest {
    private static final long SEED = 52_800_917;
    private static final int MUTATIONS = 3_000;

    private final ChainFactory root = ChainFactory.root("Hostile Root");
    private final ChainFactory lower = root.authorityBelow("Hostile Lower");
    private final ChainFactory leaf = lower.leaf("hostile leaf");

    private Set<ChainValidationResult> errors() {
        return ChainCase.sent(leaf.issue(), lower.issue())
                .trusting(root.issue())
                .errors();
    }

    @Test
    void aMutatedCertificateIsRefusedAndNothingIsThrown() {
        System.out.println("HostileCertificateTest: " + MUTATIONS + " mutations, seed " + SEED);
        Random random = new Random(SEED);
        byte[] good = leaf.issue().encoded();
        byte[] goodIssuer = lower.issue().encoded();
        for (int i = 0; i < MUTATIONS; i++) {
            boolean ofLeaf = random.nextBoolean();
            byte[] mutated = mutated(ofLeaf ? good : goodIssuer, random);
            Certificate first = Certificate.of(ofLeaf ? mutated : good);
            Certificate second = Certificate.of(ofLeaf ? goodIssuer : mutated);
            Set<ChainValidationResult> errors =
                    ChainCase.sent(first, second).trusting(root.issue()).errors();
            boolean changed = !Arrays.equals(mutated, ofLeaf ? good : goodIssuer);
            int number = i;
            assertEquals(
                    changed,
                    !errors.isEmpty(),
                    () -> "mutation " + number + (ofLeaf ? " of the leaf: " : " of its issuer: ") + errors + " "
                            + HexFormat.of().formatHex(mutated));
        }
    }

    private static byte[] mutated(byte[] good, Random random) {
        byte[] bytes = good.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> bytes = Arrays.copyOf(bytes, at);
            default -> {
                byte[] longer = new byte[bytes.length + 1 + random.nextInt(4)];
                random.nextBytes(longer);
                System.arraycopy(bytes, 0, longer, 0, at);
                System.arraycopy(bytes, at, longer, longer.length - bytes.length + at, bytes.length - at);
                bytes = longer;
            }
        }
        return bytes;
    }

    /** Mutations that are signed again: whatever can be wrong inside an extension or a name must not be thrown. */
    @Test
    void aMutatedExtensionThatIsSignedIsJudgedAndNothingIsThrown() {
        Random random = new Random(SEED);
        lower.constrained(new GeneralName(GeneralName.dNSName, "example"), null);
        List<ASN1ObjectIdentifier> oids = List.of(
                Extension.subjectAlternativeName,
                Extension.keyUsage,
                Extension.extendedKeyUsage,
                Extension.basicConstraints,
                Extension.nameConstraints,
                Extension.certificatePolicies,
                Extension.policyMappings,
                Extension.policyConstraints,
                Extension.inhibitAnyPolicy,
                Extension.authorityKeyIdentifier,
                Extension.subjectKeyIdentifier,
                Extension.cRLDistributionPoints);
        for (int i = 0; i < 1_000; i++) {
            ASN1ObjectIdentifier oid = oids.get(random.nextInt(oids.size()));
            byte[] value = mutated(ChainFactory.der(EXAMPLES.get(random.nextInt(EXAMPLES.size()))), random);
            ChainFactory changedLower = lower.copy(root);
            ChainFactory changedLeaf = leaf.copy(changedLower);
            (random.nextBoolean() ? changedLeaf : changedLower).raw(oid, random.nextBoolean(), value);
            int unused = ChainCase.sent(changedLeaf.issue(), changedLower.issue())
                    .trusting(root.issue())
                    .errors()
                    .size();
        }
    }

    private static final List<ASN1Encodable> EXAMPLES = List.of(
            new BasicConstraints(3),
            new KeyUsage(KeyUsage.keyCertSign),
            sequence(new DERTaggedObject(false, 2, new DERIA5String("a.example")), new DERTaggedObject(4, dn("x"))),
            sequence(new DERTaggedObject(false, 0, sequence(Extension.keyUsage, new DERTaggedObject(0, dn("x"))))),
            sequence(new DERTaggedObject(false, 0, sequence(sequence(new DERTaggedObject(4, dn("y")))))),
            sequence(new DERTaggedObject(false, 1, sequence(sequence(new DERTaggedObject(false, 7, octets(8)))))),
            sequence(sequence(Extension.keyUsage), sequence(Extension.basicConstraints, sequence())),
            sequence(sequence(Extension.keyUsage, Extension.basicConstraints)),
            sequence(
                    new DERTaggedObject(false, 0, new ASN1Integer(0)),
                    new DERTaggedObject(false, 1, new ASN1Integer(2))),
            new ASN1Integer(4),
            octets(20));

    private static DERSequence sequence(ASN1Encodable... elements) {
        return new DERSequence(elements);
    }

    private static DEROctetString octets(int count) {
        return new DEROctetString(new byte[count]);
    }

    private static X500Name dn(String name) {
        return new X500Name("O=Example,CN=" + name);
    }

    private static DynamicTest row(String name, Consumer<HostileCertificateTest> attack) {
        return DynamicTest.dynamicTest(name, () -> {
            HostileCertificateTest fresh = new HostileCertificateTest();
            attack.accept(fresh);
            Set<ChainValidationResult> errors = fresh.errors();
            assertFalse(errors.isEmpty(), name);
        });
    }

    @TestFactory
    Stream<DynamicTest> anAttackIsRefused() {
        return Stream.of(
                row("names no host: embedded NUL", t -> t.leaf.names(dns("server.example\0.evil.example"))),
                row("embedded space", t -> t.leaf.names(dns("server.example "))),
                row("two names in one", t -> t.leaf.names(dns("server.example,evil.example"))),
                row("* alone", t -> t.leaf.names(dns("*"))),
                row("*. alone", t -> t.leaf.names(dns("*."))),
                row("*.example", t -> t.leaf.names(dns("*.example"))),
                row("s*.example", t -> t.leaf.names(dns("s*.example"))),
                row("server.*", t -> t.leaf.names(dns("server.*"))),
                row("*server.example", t -> t.leaf.names(dns("*server.example"))),
                row("*.*", t -> t.leaf.names(dns("*.*"))),
                row("empty name", t -> t.leaf.names(dns(""))),
                row("dot alone", t -> t.leaf.names(dns("."))),
                row("CN only", t -> {
                    t.leaf.subject = new X500Name("CN=server.example");
                    t.leaf.without(Extension.subjectAlternativeName);
                }),
                row("host as mail", t -> t.leaf.names(new GeneralName(GeneralName.rfc822Name, "server.example"))),
                row(
                        "host as URI",
                        t -> t.leaf.names(
                                new GeneralName(GeneralName.uniformResourceIdentifier, "https://server.example"))),
                row(
                        "alternative names with no name",
                        t -> t.leaf.raw(Extension.subjectAlternativeName, false, new byte[] {0x30, 0})),
                row("otherName with rubbish under a constraint on otherName", t -> {
                    t.lower.constrained(null, new GeneralName(GeneralName.otherName, sequence(new ASN1Integer(1))));
                    t.leaf.names(dns(ChainFactory.HOST), new GeneralName(GeneralName.otherName, sequence()));
                }),
                row("directory name with rubbish under a constraint", t -> {
                    t.lower.constrained(new GeneralName(dn("x")), null);
                    t.leaf.raw(
                            Extension.subjectAlternativeName,
                            false,
                            ChainFactory.der(
                                    sequence(new DERTaggedObject(true, 4, sequence(new DERSet(new ASN1Integer(1)))))));
                }),
                row(
                        "subject with rubbish",
                        t -> t.leaf.subject = X500Name.getInstance(sequence(new DERSet(sequence(new ASN1Integer(1)))))),
                row("subject with an empty set", t -> t.leaf.subject = X500Name.getInstance(sequence(new DERSet()))),
                row(
                        "issuer with rubbish",
                        t -> t.lower.subject = X500Name.getInstance(
                                sequence(new DERSet(sequence(DERNull.INSTANCE, DERNull.INSTANCE))))),
                row(
                        "nested attribute",
                        t -> t.leaf.subject = X500Name.getInstance(
                                sequence(new DERSet(sequence(new ASN1ObjectIdentifier("2.5.4.3"), nested(400)))))),
                row("nested extension", t -> t.leaf.with(Extension.subjectAlternativeName, false, nested(400))),
                row("excluded, in other case", t -> excluded(t, "SERVER.Example", dns(ChainFactory.HOST))),
                row("excluded, name in other case", t -> excluded(t, "server.example", dns("SERVER.EXAMPLE"))),
                row(
                        "excluded, beside it with a dot",
                        t -> excluded(t, "evil.example", dns(ChainFactory.HOST), dns("evil.example."))),
                row(
                        "excluded, wildcard over it",
                        t -> excluded(t, "a.evil.example", dns(ChainFactory.HOST), dns("*.evil.example"))),
                row(
                        "excluded, wildcard below it",
                        t -> excluded(t, "evil.example", dns(ChainFactory.HOST), dns("*.evil.example"))),
                row("mail in the subject", t -> {
                    t.lower.constrained(null, new GeneralName(GeneralName.rfc822Name, "evil.example"));
                    t.leaf.subject = new X500Name("CN=x,E=root@EVIL.example");
                    t.leaf.without(Extension.subjectAlternativeName);
                }),
                row("otherName of an excluded type", t -> {
                    GeneralName other = other("1.2.3.4", "evil");
                    t.lower.constrained(null, other);
                    t.leaf.names(dns(ChainFactory.HOST), other);
                }),
                row("an intermediate with the anchor's name and another key", t -> {
                    t.lower.subject = t.root.subject;
                    t.lower.issuedBy(t.root.subject, t.lower.key);
                }),
                row(
                        "duplicate extension in the leaf",
                        t -> t.leaf.again(
                                Extension.keyUsage, true, ChainFactory.der(new KeyUsage(KeyUsage.digitalSignature)))),
                row(
                        "duplicate extension in the intermediate",
                        t -> t.lower.again(
                                Extension.basicConstraints, true, ChainFactory.der(new BasicConstraints(true)))),
                row(
                        "negative path length",
                        t -> t.lower.with(
                                Extension.basicConstraints, true, sequence(ASN1Boolean.TRUE, new ASN1Integer(-1)))),
                row(
                        "three basic constraints",
                        t -> t.lower.with(
                                Extension.basicConstraints,
                                true,
                                sequence(ASN1Boolean.TRUE, new ASN1Integer(1), new ASN1Integer(1)))),
                row(
                        "policy demanded and there is none",
                        t -> t.lower.with(
                                Extension.policyConstraints,
                                true,
                                sequence(new DERTaggedObject(false, 0, new ASN1Integer(0))))),
                row(
                        "empty keyUsage in the leaf",
                        t -> t.leaf.with(Extension.keyUsage, true, new DERBitString(new byte[0]))),
                row("empty keyUsage in the issuer", t -> t.lower.with(Extension.keyUsage, true, new KeyUsage(0))),
                row("empty extKeyUsage", t -> t.leaf.with(Extension.extendedKeyUsage, false, sequence())),
                row("version 1 intermediate", t -> t.lower.version = 1),
                row("version 2 intermediate", t -> t.lower.version = 2),
                row(
                        "policy mapping of rubbish",
                        t -> t.lower.with(Extension.policyMappings, true, sequence(new ASN1Integer(1)))),
                row(
                        "policy mapping of one",
                        t -> t.lower.with(Extension.policyMappings, true, sequence(sequence(Extension.keyUsage)))),
                row(
                        "policies of rubbish",
                        t -> t.leaf.with(Extension.certificatePolicies, true, sequence(new ASN1Integer(1)))),
                row(
                        "another algorithm is named in the signed part",
                        t -> t.leaf.claimed = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA384)),
                row("RSA exponent 1", t -> t.leaf.publicKey = rsa(BigInteger.ONE)),
                row("RSA exponent 2", t -> t.leaf.publicKey = rsa(BigInteger.TWO)),
                row("RSA exponent 0", t -> t.leaf.publicKey = rsa(BigInteger.ZERO)),
                row(
                        "EC key with explicit parameters",
                        t -> t.leaf.publicKey = new SubjectPublicKeyInfo(
                                new AlgorithmIdentifier(
                                        X9ObjectIdentifiers.id_ecPublicKey,
                                        SECNamedCurves.getByOID(SECObjectIdentifiers.secp256r1)),
                                SubjectPublicKeyInfo.getInstance(
                                                t.leaf.key.getPublic().getEncoded())
                                        .getPublicKeyData()
                                        .getBytes())),
                row(
                        "EC key with implicit parameters",
                        t -> t.leaf.publicKey = new SubjectPublicKeyInfo(
                                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, DERNull.INSTANCE),
                                new byte[65])),
                row("many unknown critical extensions", t -> {
                    for (int i = 0; i < 500; i++) {
                        t.leaf.with(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.7." + i), true, DERNull.INSTANCE);
                    }
                }));
    }

    private static DERSequence rsa(BigInteger exponent) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(2047).add(BigInteger.valueOf(12_345));
        return sequence(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                new DERBitString(ChainFactory.der(new RSAPublicKey(modulus, exponent))));
    }

    private static void excluded(HostileCertificateTest test, String subtree, GeneralName... names) {
        test.lower.constrained(null, dns(subtree));
        test.leaf.names(names);
    }

    private static GeneralName dns(String name) {
        return new GeneralName(GeneralName.dNSName, name);
    }

    private static GeneralName other(String type, String value) {
        return new GeneralName(
                GeneralName.otherName,
                sequence(new ASN1ObjectIdentifier(type), new DERTaggedObject(true, 0, new DERUTF8String(value))));
    }

    private static ASN1Encodable nested(int depth) {
        ASN1Encodable inner = DERNull.INSTANCE;
        for (int i = 0; i < depth; i++) {
            inner = sequence(inner);
        }
        return inner;
    }

    /** X.690 10: the same content in other bytes would have another fingerprint, and the signature would still fit. */
    @Test
    void berIsRefusedThoughTheSignatureFits() {
        byte[] der = leaf.issue().encoded();
        int length = der.length - 4; // after 30 82 and two bytes of length
        byte[] longer = new byte[der.length + 1];
        longer[0] = 0x30;
        longer[1] = (byte) 0x83;
        longer[3] = (byte) (length >> 8);
        longer[4] = (byte) length;
        System.arraycopy(der, 4, longer, 5, length);
        byte[] indefinite = new byte[length + 4];
        indefinite[0] = 0x30;
        indefinite[1] = (byte) 0x80;
        System.arraycopy(der, 4, indefinite, 2, length);
        byte[] trailing = Arrays.copyOf(der, der.length + 1);
        for (byte[] bytes : List.of(longer, indefinite, trailing)) {
            Set<ChainValidationResult> errors = ChainCase.sent(Certificate.of(bytes), lower.issue())
                    .trusting(root.issue())
                    .errors();
            assertEquals(Set.of(ChainValidationResult.OTHER_ERRORS), errors);
        }
    }

    /** A verdict on what the server put beside its chain must not be lost on what cannot be read. */
    @Test
    void aCertificateWithRubbishBesideAGoodChainChangesNothing() {
        ChainFactory stray = lower.copy(root);
        stray.subject = X500Name.getInstance(sequence(new DERSet(sequence(new ASN1Integer(1)))));
        assertEquals(
                Set.of(),
                ChainCase.sent(leaf.issue(), stray.issue(), lower.issue())
                        .trusting(root.issue())
                        .errors());
    }

    /** RFC 4291 2.5.5.2: not the address of the host in another form, or constraints on IPv4 would be got round. */
    @Test
    void anIpv4MappedAddressIsNotTheIpv4Address() {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;
        mapped[12] = 10;
        mapped[15] = 1;
        leaf.names(new GeneralName(GeneralName.iPAddress, new DEROctetString(mapped)));
        for (String host : List.of("10.0.0.1", "::ffff:10.0.0.1", "[::ffff:a00:1]")) {
            assertEquals(
                    Set.of(ChainValidationResult.INVALID_NAME),
                    ChainCase.sent(leaf.issue(), lower.issue())
                            .trusting(root.issue())
                            .host(host)
                            .errors());
        }
    }

    @Test
    void anIpAddressInADnsNameDoesNotNameTheAddress() {
        leaf.names(dns("10.0.0.1"), dns("::1"), dns("[::1]"));
        for (String host : List.of("10.0.0.1", "::1", "[::1]")) {
            assertFalse(ChainCase.sent(leaf.issue(), lower.issue())
                    .trusting(root.issue())
                    .host(host)
                    .errors()
                    .isEmpty());
        }
    }
}
