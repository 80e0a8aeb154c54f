package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.internal.PeerText;

/** Looks whether each certificate of a path has content that can be judged (RFC 5280 4.1, 4.1.2.4, 4.1.2.7, 4.2). Pure. */
final class ContentStep {
    private ContentStep() {}

    static void check(Path path, Findings findings) {
        for (int i = 0; i < path.certificates().size(); i++) {
            Certificate certificate = path.certificates().get(i);
            CertificateExtensions extensions = certificate.extensions();
            if (!extensions.unknownCritical().isEmpty()) {
                findings.add(
                        ChainValidationResult.UNKNOWN_CRITICAL_EXTENSION,
                        path.shown(i) + " has " + PeerText.shown(String.join(", ", extensions.unknownCritical())));
            }
            if (!extensions.malformed().isEmpty()) {
                findings.add(
                        ChainValidationResult.OTHER_ERRORS,
                        path.shown(i) + " has a malformed " + String.join(", ", extensions.malformed()));
            }
            if (!certificate.isDer()) {
                findings.add(
                        ChainValidationResult.OTHER_ERRORS, path.shown(i) + " is not encoded as it was signed, in DER");
            }
            boolean root = path.endsInRoot() && i == path.certificates().size() - 1;
            if (!certificate.publicKey().usable() && (!root || (i == 0 && !path.leafIsAnchor()))) {
                findings.add(
                        ChainValidationResult.OTHER_ERRORS,
                        path.shown(i) + " has a public key of a form that is not allowed");
            }
            if (certificate.issuer().getRDNs().length == 0) {
                findings.add(ChainValidationResult.OTHER_ERRORS, path.shown(i) + " does not name its issuer");
            }
        }
    }
}
