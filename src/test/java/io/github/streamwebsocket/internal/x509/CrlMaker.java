package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.internal.x509.StatusAuthority.day;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.jspecify.annotations.Nullable;

/** Makes CRLs for tests: an empty one of yesterday unless told otherwise. */
final class CrlMaker {
    private final X509v2CRLBuilder builder;
    private StatusAuthority.Holder signer;
    private String algorithm = "SHA256withECDSA";

    private CrlMaker(StatusAuthority.Holder issuer, int fromDay, int toDay) {
        signer = issuer;
        builder = new X509v2CRLBuilder(issuer.name(), Date.from(day(fromDay)));
        builder.setNextUpdate(Date.from(day(toDay)));
    }

    static CrlMaker list(StatusAuthority authority) {
        return list(authority.self, -1, 6);
    }

    static CrlMaker list(StatusAuthority.Holder issuer, int fromDay, int toDay) {
        return new CrlMaker(issuer, fromDay, toDay);
    }

    CrlMaker revoking(StatusAuthority.Holder certificate, int day, int reason) {
        builder.addCRLEntry(certificate.serialNumber(), Date.from(day(day)), reason);
        return this;
    }

    /** An entry of an indirect list, about a certificate of somebody else. */
    CrlMaker revokingOf(X500Name issuer, BigInteger serialNumber, int day) {
        ExtensionsGenerator extensions = new ExtensionsGenerator();
        try {
            extensions.addExtension(Extension.reasonCode, false, CRLReason.lookup(CRLReason.keyCompromise));
            extensions.addExtension(Extension.certificateIssuer, true, new GeneralNames(new GeneralName(issuer)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Extensions generated = extensions.generate();
        builder.addCRLEntry(serialNumber, Date.from(day(day)), generated);
        return this;
    }

    CrlMaker number(int number) {
        return with(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(number)));
    }

    CrlMaker deltaTo(int base) {
        return with(Extension.deltaCRLIndicator, true, new CRLNumber(BigInteger.valueOf(base)));
    }

    CrlMaker with(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            builder.addExtension(oid, critical, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    CrlMaker indirect() {
        return scope(null, false, false, true);
    }

    CrlMaker scope(@Nullable DistributionPointName point, boolean users, boolean authorities, boolean indirect) {
        return with(
                Extension.issuingDistributionPoint,
                true,
                new IssuingDistributionPoint(point, users, authorities, null, indirect, false));
    }

    CrlMaker unknownCritical() {
        return with(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"), true, new ASN1Integer(1));
    }

    CrlMaker signedBy(StatusAuthority.Holder other) {
        signer = other;
        return this;
    }

    CrlMaker signedWith(String other) {
        algorithm = other;
        return this;
    }

    X509CRL make() {
        try {
            byte[] der = builder.build(signer.signer(algorithm)).getEncoded();
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (CertificateException | CRLException e) {
            throw new IllegalStateException(e);
        }
    }
}
