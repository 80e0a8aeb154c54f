package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether each key of a path may be used for what it is used for: the server's to be a TLS server's, the others to
 * sign certificates of TLS servers (RFC 5280 4.2.1.3, 4.2.1.12). Pure.
 */
final class UsageStep {
    private UsageStep() {}

    static void check(Path path, ValidationPolicy policy, Findings findings) {
        for (int i = 0; i < path.certificates().size(); i++) {
            CertificateExtensions extensions = path.certificates().get(i).extensions();
            if (!isForServers(extensions.extendedKeyUsage)) {
                add(findings, path.shown(i) + " is not for TLS servers (extKeyUsage)");
            }
            if (i > 0 && !extensions.allows(KeyUsage.keyCertSign)) {
                add(findings, path.shown(i) + " may not sign certificates (keyUsage)");
            }
        }
        switch (policy.keyUse()) {
            case DIGITAL_SIGNATURE -> {
                if (!path.leaf().extensions().allows(KeyUsage.digitalSignature)) {
                    add(findings, "the server's key may not sign (keyUsage)");
                }
            }
            case KEY_ENCIPHERMENT -> {
                if (!path.leaf().extensions().allows(KeyUsage.keyEncipherment)) {
                    add(findings, "the server's key may not decrypt keys (keyUsage)");
                }
            }
        }
    }

    private static void add(Findings findings, String explanation) {
        findings.add(ChainValidationResult.WRONG_USAGE, explanation);
    }

    /** On an authority it bounds what the certificates below may be for: not in RFC 5280, but what all browsers do. */
    private static boolean isForServers(@Nullable ExtendedKeyUsage usage) {
        return usage == null
                || usage.hasKeyPurposeId(KeyPurposeId.id_kp_serverAuth)
                || usage.hasKeyPurposeId(KeyPurposeId.anyExtendedKeyUsage);
    }
}
