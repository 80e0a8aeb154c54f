package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import java.math.BigInteger;
import org.bouncycastle.asn1.x509.BasicConstraints;

/** Looks whether each issuer of a path is an authority, and the path no longer than they allow (RFC 5280 6.1.4 (k)-(m)). */
final class AuthorityStep {
    private AuthorityStep() {}

    static void check(Path path, ValidationPolicy policy, Findings findings) {
        int below = 0; // intermediate certificates below the issuer that are not self-issued
        for (int i = 1; i < path.certificates().size(); i++) {
            Certificate issuer = path.certificates().get(i);
            if (!issuer.extensions().isAuthority()) {
                findings.add(
                        ChainValidationResult.BASIC_CONSTRAINTS_ERROR,
                        issuer.shown() + " is no authority but issued one");
            }
            checkLength(issuer, below, findings);
            if (!issuer.selfIssued()) {
                below++;
            }
        }
        if (path.anchor() != null && !path.leafIsAnchor()) {
            checkAnchor(path.anchor(), path, findings);
            checkLength(path.anchor(), below, findings);
        }
        if (policy.maxPathLength() >= 0 && below > policy.maxPathLength()) {
            findings.add(
                    ChainValidationResult.BASIC_CONSTRAINTS_ERROR,
                    "expected at most " + policy.maxPathLength() + " authorities below the anchor but there are "
                            + below);
        }
    }

    /**
     * Roots may be odd, and an anchor counts by its name and key (6.1.1 (d)). But who trusts a server's certificate that
     * somebody else has issued trusts that server, and does not make an authority of it. It may vouch for itself, as when
     * it was made anew with the same key.
     */
    private static void checkAnchor(Certificate anchor, Path path, Findings findings) {
        boolean odd = anchor.selfIssued() || anchor.holder().getVersionNumber() < 3; // which has no basicConstraints
        if (!odd && !anchor.extensions().isAuthority() && !anchor.sameEntity(path.leaf())) {
            findings.add(
                    ChainValidationResult.BASIC_CONSTRAINTS_ERROR,
                    anchor.shown() + " is trusted, but is no authority and issued one");
        }
    }

    private static void checkLength(Certificate issuer, int below, Findings findings) {
        BasicConstraints constraints = issuer.extensions().basicConstraints;
        BigInteger most = constraints == null || !constraints.isCA() ? null : constraints.getPathLenConstraint();
        if (most != null && most.compareTo(BigInteger.valueOf(below)) < 0) {
            findings.add(
                    ChainValidationResult.BASIC_CONSTRAINTS_ERROR,
                    issuer.shown() + " allows " + most + " authorities below it but there are " + below);
        }
    }
}
