package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.internal.BouncyCastle;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.jcajce.PKIXCRLStore;
import org.bouncycastle.jcajce.PKIXCRLStoreSelector;
import org.bouncycastle.jcajce.PKIXCertRevocationChecker;
import org.bouncycastle.jcajce.PKIXCertRevocationCheckerParameters;
import org.bouncycastle.jcajce.PKIXExtendedParameters;
import org.bouncycastle.util.Selector;
import org.jspecify.annotations.Nullable;

/**
 * Asks BouncyCastle's checker what lists of one signer say about a certificate: distribution points, scopes, reasons,
 * indirect and delta lists (RFC 5280 6.3.3). The signer is given to it as the certificate's issuer, and it has no store of
 * certificates, so that it builds no path of its own: that would be unbounded, and would fetch OCSP responses where the
 * process has {@code ocsp.enable} set.
 */
final class PkixCrlCheck {
    /** Each costs a verification of each list. */
    private static final int MOST_DISTRIBUTION_POINTS = 32;

    private PkixCrlCheck() {}

    /** Returns what speaks against the certificate, null when the lists prove that it was not revoked. */
    static @Nullable String fault(Certificate certificate, Certificate signer, List<Crl> lists, Instant time) {
        try {
            return fault(
                    certificate.jca().orElseThrow(),
                    points(certificate),
                    signer.jca().orElseThrow(),
                    lists,
                    time);
        } catch (CertPathValidatorException e) {
            return e.getMessage() == null ? "" : e.getMessage();
        } catch (GeneralSecurityException | IOException | RuntimeException e) { // its parser throws what it met
            return "a distribution point or scope cannot be read";
        }
    }

    private static @Nullable String fault(
            X509Certificate certificate,
            List<GeneralName> points,
            X509Certificate signer,
            List<Crl> lists,
            Instant time)
            throws GeneralSecurityException, IOException {
        if (points.size() > MOST_DISTRIBUTION_POINTS) {
            return "there are more than " + MOST_DISTRIBUTION_POINTS + " distribution points";
        }
        List<X509CRL> crls = new ArrayList<>();
        boolean deltas = false;
        for (Crl list : lists) {
            crls.add(list.jca());
            deltas |= list.delta();
        }
        PKIXExtendedParameters.Builder parameters = new PKIXExtendedParameters.Builder(
                        new PKIXParameters(Set.of(new TrustAnchor(signer, null))))
                .addCRLStore(new Lists(crls))
                .setUseDeltasEnabled(deltas);
        for (GeneralName point : points) {
            // a point that has a store is not fetched, also where org.bouncycastle.x509.enableCRLDP is set
            parameters.addNamedCRLStore(point, new Lists(List.of()));
        }
        check(certificate, signer, parameters.build(), time);
        return null;
    }

    private static void check(
            X509Certificate certificate, X509Certificate signer, PKIXExtendedParameters parameters, Instant time)
            throws GeneralSecurityException {
        CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
        PKIXRevocationChecker checker = (PKIXRevocationChecker)
                CertPathValidator.getInstance("PKIX", BouncyCastle.PROVIDER).getRevocationChecker();
        checker.setOptions(Set.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        PKIXCertRevocationChecker ofBouncyCastle = (PKIXCertRevocationChecker) checker;
        // it refuses a time after its own clock's; that the lists are of the asked time was looked at before
        Instant now = Instant.now();
        ofBouncyCastle.initialize(new PKIXCertRevocationCheckerParameters(
                parameters, Date.from(time.isAfter(now) ? now : time), path, 0, signer, signer.getPublicKey()));
        ofBouncyCastle.check(certificate);
    }

    /** The full names of a certificate's distribution points. */
    private static List<GeneralName> points(Certificate certificate) {
        List<GeneralName> names = new ArrayList<>();
        for (DistributionPoint point : distributionPoints(certificate)) {
            DistributionPointName name = point.getDistributionPoint();
            if (name != null && name.getType() == DistributionPointName.FULL_NAME) {
                names.addAll(List.of(GeneralNames.getInstance(name.getName()).getNames()));
            }
        }
        return names;
    }

    /** The distribution points of a certificate, which may be malformed: then it throws what the parser met. */
    static List<DistributionPoint> distributionPoints(Certificate certificate) {
        Extension extension = certificate.holder().getExtension(Extension.cRLDistributionPoints);
        return Optional.ofNullable(extension)
                .map(present -> List.of(
                        CRLDistPoint.getInstance(present.getParsedValue()).getDistributionPoints()))
                .orElse(List.of());
    }

    /** All lists, for a checker that gives up at the first distribution point for which a store has none. */
    private record Lists(List<X509CRL> all) implements PKIXCRLStore<CRL> {
        @Override
        public Collection<CRL> getMatches(@Nullable Selector<CRL> selector) {
            if (selector == null) {
                return List.copyOf(all);
            }
            List<CRL> matching = new ArrayList<>();
            for (CRL crl : all) {
                if (selector.match(crl)) {
                    matching.add(crl);
                }
            }
            if (matching.isEmpty()
                    && selector instanceof PKIXCRLStoreSelector<?> asked
                    && !asked.isDeltaCRLIndicatorEnabled()) {
                // of another issuer, so that it goes on to the next point; what they say is not taken (6.3.3 b 1)
                all.stream()
                        .filter(crl -> crl.getExtensionValue(Extension.deltaCRLIndicator.getId()) == null)
                        .forEach(matching::add);
            }
            return matching;
        }
    }
}
