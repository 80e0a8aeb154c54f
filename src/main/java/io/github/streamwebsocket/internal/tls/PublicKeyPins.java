package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.PeerText;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.cert.X509CertificateHolder;

/** Compares the public keys of a path with pins (RFC 7469 2.4, 2.6). Pure. */
final class PublicKeyPins {

    private PublicKeyPins() {}

    /**
     * Returns {@code sha256/} and the base64 of SHA-256 over the certificate's SubjectPublicKeyInfo, as it stands there:
     * what a PublicKey of the JDK gives back may be encoded anew.
     */
    static String pin(X509Certificate certificate) {
        try {
            byte[] keyInfo = new X509CertificateHolder(certificate.getEncoded())
                    .getSubjectPublicKeyInfo()
                    .getEncoded(ASN1Encoding.DER);
            return "sha256/"
                    + Base64.getEncoder()
                            .encodeToString(MessageDigest.getInstance("SHA-256").digest(keyInfo));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("expected a certificate that was read before", e);
        }
    }

    /**
     * Looks for one of the pins in a path.
     *
     * @return what is wrong, with the pins that would match for a person to copy; empty when a pin is there
     */
    static Optional<String> miss(List<X509Certificate> path, Set<String> pins) {
        if (path.stream().map(PublicKeyPins::pin).anyMatch(pins::contains)) {
            return Optional.empty();
        }
        String found = path.stream().map(PublicKeyPins::shown).collect(Collectors.joining(", "));
        return Optional.of(
                "no public key of the path is pinned: it has " + (found.isEmpty() ? "no certificate" : found));
    }

    private static String shown(X509Certificate certificate) {
        return pin(certificate) + " of "
                + PeerText.shown(certificate.getSubjectX500Principal().getName());
    }
}
