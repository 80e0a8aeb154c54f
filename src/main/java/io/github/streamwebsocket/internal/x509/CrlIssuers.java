package io.github.streamwebsocket.internal.x509;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyUsage;

/**
 * Finds who may sign lists under a name for a certificate (RFC 5280 6.3.3 f): the authorities above it of that name, and
 * those of that name whom one of these authorities has certified for it, such as a separate key for lists, or the issuer
 * of an indirect list. A chain of more certificates to the issuer of a list is not followed.
 */
final class CrlIssuers {
    /** Most certificates of one name that are tried. */
    private static final int MOST_CANDIDATES = 8;

    private CrlIssuers() {}

    /** The authorities above the certificate that have this name, whether they may sign lists or not. */
    static List<Certificate> authorities(X500Name name, List<Certificate> authorities) {
        return authorities.stream()
                .filter(authority -> authority.subject().equals(name))
                .toList();
    }

    /** Whether a certificate's keyUsage does not speak against it (RFC 5280 4.2.1.3); an old root has none. */
    static boolean maySignLists(Certificate certificate) {
        KeyUsage usage = certificate.extensions().keyUsage;
        return usage == null || usage.hasUsages(KeyUsage.cRLSign);
    }

    /** Those of this name, among certificates of anybody, whom an authority has certified to sign lists. */
    static List<Certificate> certified(
            X500Name name, List<Certificate> authorities, List<Certificate> anybody, ValidationRequest request) {
        Set<Certificate> candidates = new LinkedHashSet<>();
        for (Certificate candidate : anybody) {
            if (candidates.size() < MOST_CANDIDATES
                    && !candidate.malformed()
                    && candidate.subject().equals(name)
                    && !authorities.contains(candidate)
                    && signsListsNow(candidate, request)) {
                candidates.add(candidate);
            }
        }
        List<Certificate> certified = new ArrayList<>();
        for (Certificate candidate : candidates) {
            if (!above(candidate, authorities).isEmpty()) {
                certified.add(candidate);
            }
        }
        return certified;
    }

    /** The authority that has certified somebody, and all above it; empty when none has. */
    static List<Certificate> above(Certificate certified, List<Certificate> authorities) {
        for (int i = 0; i < authorities.size(); i++) {
            Certificate authority = authorities.get(i);
            if (authority.subject().equals(certified.issuer())
                    && Crypto.verifies(certified.holder(), authority.publicKeyInfo())) {
                return authorities.subList(i, authorities.size());
            }
        }
        return List.of();
    }

    /** Stricter than for an authority above the certificate: who is only here for lists must say so. */
    private static boolean signsListsNow(Certificate candidate, ValidationRequest request) {
        CertificateExtensions extensions = candidate.extensions();
        return extensions.keyUsage != null
                && extensions.keyUsage.hasUsages(KeyUsage.cRLSign)
                && extensions.unknownCritical().isEmpty()
                && extensions.malformed().isEmpty()
                && candidate.publicKey().usable()
                && !request.time().isBefore(candidate.notBefore())
                && !request.time().isAfter(candidate.notAfter())
                && !(request.policy().weakAlgorithmsRefused()
                        && WeakSignatures.isWeak(candidate.holder().getSignatureAlgorithm()));
    }
}
