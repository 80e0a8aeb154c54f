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
            checkLength(path.anchor(), below, findings);
        }
        if (policy.maxPathLength() >= 0 && below > policy.maxPathLength()) {
            findings.add(
                    ChainValidationResult.BASIC_CONSTRAINTS_ERROR,
                    "expected at most " + policy.maxPathLength() + " authorities below the anchor but there are "
                            + below);
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
