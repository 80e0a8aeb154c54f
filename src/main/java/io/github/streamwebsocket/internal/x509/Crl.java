package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.internal.BouncyCastle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Enumeration;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.TBSCertList;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CRLHolder;
import org.jspecify.annotations.Nullable;

/** One list of revoked certificates (RFC 5280 5). For one thread. */
final class Crl {
    private final X509CRLHolder holder;
    private final @Nullable IssuingDistributionPoint scope;
    private @Nullable X509CRL jca;

    /**
     * A line of the list.
     *
     * @param since when the certificate was revoked
     * @param reason why, a CRLReason
     */
    record Entry(Instant since, int reason) {
        /** Whether it lifts what the complete list says (RFC 5280 5.2.4). */
        boolean lifted() {
            return reason == CRLReason.removeFromCRL;
        }

        /** Whether it may be lifted again. */
        boolean onHold() {
            return reason == CRLReason.certificateHold;
        }

        /** A key that was stolen may sign for the past; all other reasons count from their day on. */
        boolean counts(Instant time) {
            return !time.isBefore(since)
                    || reason == CRLReason.unspecified
                    || reason == CRLReason.keyCompromise
                    || reason == CRLReason.cACompromise
                    || reason == CRLReason.aACompromise;
        }
    }

    private Crl(X509CRLHolder holder) {
        this.holder = holder;
        ASN1Encodable point = parsed(holder.getExtensions(), Extension.issuingDistributionPoint);
        scope = point == null ? null : IssuingDistributionPoint.getInstance(point);
    }

    /** Reads a list with BouncyCastle, null when it cannot be read. */
    static @Nullable Crl of(X509CRL list) {
        try {
            return new Crl(new X509CRLHolder(list.getEncoded()));
        } catch (CRLException | IOException | RuntimeException malformed) { // BouncyCastle throws what its parser met
            return null;
        }
    }

    private static @Nullable ASN1Encodable parsed(@Nullable Extensions extensions, ASN1ObjectIdentifier oid) {
        return extensions == null ? null : extensions.getExtensionParsedValue(oid);
    }

    X500Name issuer() {
        return holder.getIssuer();
    }

    Instant thisUpdate() {
        return holder.getThisUpdate().toInstant();
    }

    /** When the next one is out, {@link Instant#MAX} when it does not say. */
    Instant nextUpdate() {
        Date next = holder.getNextUpdate();
        return next == null ? Instant.MAX : next.toInstant();
    }

    AlgorithmIdentifier signatureAlgorithm() {
        return holder.toASN1Structure().getSignatureAlgorithm();
    }

    /** Whether it only says what changed since a complete one. */
    boolean delta() {
        return holder.getExtension(Extension.deltaCRLIndicator) != null;
    }

    /** Whether it is about attribute certificates, whose serial numbers are of another series. */
    boolean forAttributeCertificates() {
        return scope != null && scope.onlyContainsAttributeCerts();
    }

    /** Whether both are editions of one list: the newer one makes the older one void. */
    boolean sameList(Crl other) {
        return issuer().equals(other.issuer())
                && delta() == other.delta()
                && (scope == null ? other.scope == null : scope.equals(other.scope));
    }

    boolean signedBy(Certificate signer) {
        try {
            return holder.isSignatureValid(Crypto.verifier(signer.publicKeyInfo()));
        } catch (CertException | RuntimeException unusable) { // an unknown algorithm, a key of another kind
            return false;
        }
    }

    /**
     * Returns the lines about one certificate. All are read, and each with the issuer it is about, because an indirect list
     * may hold the same serial number of several issuers (RFC 5280 5.3.3).
     */
    List<Entry> entriesOf(X500Name issuer, BigInteger serialNumber) {
        List<Entry> found = new ArrayList<>(1);
        X500Name current = issuer();
        boolean indirect = scope != null && scope.isIndirectCRL();
        Enumeration<?> entries = holder.toASN1Structure().getRevokedCertificateEnumeration();
        while (entries.hasMoreElements()) {
            TBSCertList.CRLEntry entry = (TBSCertList.CRLEntry) entries.nextElement();
            if (indirect && entry.hasExtensions()) {
                current = issuerOf(entry, current);
            }
            if (entry.getUserCertificate().hasValue(serialNumber) && current.equals(issuer)) {
                found.add(new Entry(entry.getRevocationDate().getDate().toInstant(), reasonOf(entry)));
            }
        }
        return found;
    }

    private static int reasonOf(TBSCertList.CRLEntry entry) {
        try {
            ASN1Encodable reason = parsed(entry.getExtensions(), Extension.reasonCode);
            return reason == null
                    ? CRLReason.unspecified
                    : CRLReason.getInstance(reason).getValue().intValue();
        } catch (RuntimeException malformed) { // revoked all the same
            return CRLReason.unspecified;
        }
    }

    private static X500Name issuerOf(TBSCertList.CRLEntry entry, X500Name last) {
        ASN1Encodable names = parsed(entry.getExtensions(), Extension.certificateIssuer);
        if (names != null) {
            for (GeneralName name : GeneralNames.getInstance(names).getNames()) {
                if (name.getTagNo() == GeneralName.directoryName) {
                    return X500Name.getInstance(name.getName());
                }
            }
        }
        return last;
    }

    /** BouncyCastle's view of it, whose entries of indirect lists can be found by number; the JDK's cannot. */
    X509CRL jca() throws CertificateException, CRLException, IOException {
        X509CRL known = jca;
        if (known == null) {
            known = (X509CRL) CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER)
                    .generateCRL(new ByteArrayInputStream(holder.getEncoded()));
            jca = known;
        }
        return known;
    }
}
