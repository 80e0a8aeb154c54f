package io.github.streamwebsocket.internal.x509;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.OtherName;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyMappings;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * The extensions of one certificate that path validation knows (RFC 5280 4.2), read strictly; what is malformed or not
 * known is listed. Immutable.
 */
final class CertificateExtensions {
    /** id-pe-tlsfeature (RFC 7633). */
    private static final ASN1ObjectIdentifier TLS_FEATURE = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24");

    private static final int STATUS_REQUEST = 5;

    private static final Set<ASN1ObjectIdentifier> KNOWN = Set.of(
            Extension.authorityInfoAccess,
            Extension.authorityKeyIdentifier,
            Extension.basicConstraints,
            Extension.cRLDistributionPoints,
            Extension.certificatePolicies,
            Extension.extendedKeyUsage,
            Extension.inhibitAnyPolicy,
            Extension.issuerAlternativeName,
            Extension.keyUsage,
            Extension.nameConstraints,
            Extension.policyConstraints,
            Extension.policyMappings,
            Extension.subjectAlternativeName,
            Extension.subjectKeyIdentifier,
            OCSPObjectIdentifiers.id_pkix_ocsp_nocheck,
            TLS_FEATURE);

    private final List<String> malformed = new ArrayList<>();
    private final List<String> unknownCritical = new ArrayList<>();

    final @Nullable BasicConstraints basicConstraints;
    final @Nullable KeyUsage keyUsage;
    final @Nullable ExtendedKeyUsage extendedKeyUsage;
    final List<GeneralName> alternativeNames;
    final @Nullable NameConstraints nameConstraints;
    final @Nullable CertificatePolicies policies;
    final @Nullable PolicyMappings policyMappings;
    final @Nullable PolicyConstraints policyConstraints;
    final @Nullable BigInteger inhibitAnyPolicy;
    final byte @Nullable [] subjectKeyIdentifier;
    final byte @Nullable [] authorityKeyIdentifier;
    final boolean mustStaple;

    CertificateExtensions(@Nullable Extensions all) {
        Set<ASN1ObjectIdentifier> critical = new HashSet<>();
        if (all != null) {
            critical.addAll(Arrays.asList(all.getCriticalExtensionOIDs()));
        }
        for (ASN1ObjectIdentifier oid : critical) {
            if (!KNOWN.contains(oid)) {
                unknownCritical.add(oid.getId());
            }
        }
        basicConstraints = read(all, Extension.basicConstraints, "basicConstraints", CertificateExtensions::basic);
        keyUsage = read(all, Extension.keyUsage, "keyUsage", KeyUsage::getInstance);
        extendedKeyUsage = read(all, Extension.extendedKeyUsage, "extKeyUsage", ExtendedKeyUsage::getInstance);
        GeneralNames names =
                read(all, Extension.subjectAlternativeName, "subjectAltName", CertificateExtensions::names);
        alternativeNames = names == null ? List.of() : List.of(names.getNames());
        nameConstraints = read(all, Extension.nameConstraints, "nameConstraints", CertificateExtensions::constraints);
        policies = read(all, Extension.certificatePolicies, "certificatePolicies", CertificatePolicies::getInstance);
        policyMappings = read(all, Extension.policyMappings, "policyMappings", CertificateExtensions::mappings);
        policyConstraints = read(all, Extension.policyConstraints, "policyConstraints", PolicyConstraints::getInstance);
        inhibitAnyPolicy = read(all, Extension.inhibitAnyPolicy, "inhibitAnyPolicy", CertificateExtensions::skipCerts);
        SubjectKeyIdentifier ski =
                read(all, Extension.subjectKeyIdentifier, "subjectKeyIdentifier", SubjectKeyIdentifier::getInstance);
        subjectKeyIdentifier = ski == null ? null : ski.getKeyIdentifier();
        AuthorityKeyIdentifier aki = read(
                all, Extension.authorityKeyIdentifier, "authorityKeyIdentifier", AuthorityKeyIdentifier::getInstance);
        authorityKeyIdentifier = aki == null ? null : aki.getKeyIdentifierOctets();
        Boolean staple = read(all, TLS_FEATURE, "tlsfeature", CertificateExtensions::asksForStatus);
        mustStaple = staple != null && staple;
        if (critical.contains(Extension.cRLDistributionPoints)) {
            read(all, Extension.cRLDistributionPoints, "cRLDistributionPoints", CRLDistPoint::getInstance);
        }
        if (critical.contains(Extension.authorityInfoAccess)) {
            malformed.add("authorityInfoAccess (it must not be critical)"); // 4.2.2.1, and nothing here looks at it
        }
        if (critical.contains(Extension.issuerAlternativeName)) {
            read(all, Extension.issuerAlternativeName, "issuerAltName", CertificateExtensions::names);
        }
    }

    /** Returns an extension's value, null when there is none or it is malformed, which is noted. */
    private <T> @Nullable T read(
            @Nullable Extensions all, ASN1ObjectIdentifier oid, String name, Function<ASN1Primitive, T> reader) {
        Extension extension = all == null ? null : all.getExtension(oid);
        if (extension == null) {
            return null;
        }
        try {
            ASN1OctetString value = extension.getExtnValue();
            return reader.apply(ASN1Primitive.fromByteArray(value.getOctets()));
        } catch (Exception unreadable) { // IOException, and whatever BouncyCastle's parser met
            malformed.add(name);
            return null;
        }
    }

    private static BasicConstraints basic(ASN1Primitive value) {
        if (ASN1Sequence.getInstance(value).size() > 2) {
            throw new IllegalArgumentException("more than cA and pathLenConstraint");
        }
        BasicConstraints constraints = BasicConstraints.getInstance(value);
        BigInteger length = constraints.getPathLenConstraint();
        if (length != null && length.signum() < 0) {
            throw new IllegalArgumentException("negative path length");
        }
        return constraints;
    }

    /** BouncyCastle reads them only when they are asked for. */
    private static PolicyMappings mappings(ASN1Primitive value) {
        for (ASN1Encodable element : ASN1Sequence.getInstance(value)) {
            ASN1Sequence mapping = ASN1Sequence.getInstance(element);
            if (mapping.size() != 2) {
                throw new IllegalArgumentException("expected two policies");
            }
            ASN1ObjectIdentifier.getInstance(mapping.getObjectAt(0));
            ASN1ObjectIdentifier.getInstance(mapping.getObjectAt(1));
        }
        return PolicyMappings.getInstance(value);
    }

    /** Makes sure of what BouncyCastle reads only when it is asked for. */
    private static void check(GeneralName name) {
        switch (name.getTagNo()) {
            case GeneralName.otherName -> OtherName.getInstance(name.getName());
            case GeneralName.directoryName -> DistinguishedNames.check(X500Name.getInstance(name.getName()));
            default -> {}
        }
    }

    private static void check(GeneralSubtree @Nullable [] subtrees) {
        for (GeneralSubtree subtree : subtrees == null ? new GeneralSubtree[0] : subtrees) {
            check(subtree.getBase());
        }
    }

    /** Names of the right types; whether their text makes sense is judged where they are used. */
    private static GeneralNames names(ASN1Primitive value) {
        GeneralNames names = GeneralNames.getInstance(value);
        if (names.getNames().length == 0) {
            throw new IllegalArgumentException("no name");
        }
        for (GeneralName name : names.getNames()) {
            check(name);
        }
        return names;
    }

    /** An empty list of subtrees is none that the syntax allows: who wrote it meant something, and we cannot tell what. */
    private static NameConstraints constraints(ASN1Primitive value) {
        NameConstraints constraints = NameConstraints.getInstance(value);
        GeneralSubtree[] permitted = constraints.getPermittedSubtrees();
        GeneralSubtree[] excluded = constraints.getExcludedSubtrees();
        boolean empty = (permitted == null && excluded == null)
                || (permitted != null && permitted.length == 0)
                || (excluded != null && excluded.length == 0);
        if (empty) {
            throw new IllegalArgumentException("no subtree");
        }
        check(permitted);
        check(excluded);
        return constraints;
    }

    private static BigInteger skipCerts(ASN1Primitive value) {
        BigInteger count = ASN1Integer.getInstance(value).getValue();
        if (count.signum() < 0) {
            throw new IllegalArgumentException("negative number of certificates");
        }
        return count;
    }

    private static Boolean asksForStatus(ASN1Primitive value) {
        for (ASN1Encodable feature : ASN1Sequence.getInstance(value)) {
            if (ASN1Integer.getInstance(feature).hasValue(STATUS_REQUEST)) {
                return true;
            }
        }
        return false;
    }

    /** Names of extensions that cannot be read. */
    List<String> malformed() {
        return malformed;
    }

    /** OIDs of critical extensions that are not known. */
    List<String> unknownCritical() {
        return unknownCritical;
    }

    /** Whether the certificate may issue others. */
    boolean isAuthority() {
        return basicConstraints != null && basicConstraints.isCA();
    }

    /** Whether the key may be used for this; without the extension, for everything. */
    boolean allows(int usage) {
        return keyUsage == null || keyUsage.hasUsages(usage);
    }
}
