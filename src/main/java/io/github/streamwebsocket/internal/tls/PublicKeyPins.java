package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.PeerText;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;

/** Compares the public keys of a path with pins (RFC 7469 2.4, 2.6). Pure. */
final class PublicKeyPins {

    private PublicKeyPins() {}

    /** Returns {@code sha256/} and the base64 of SHA-256 over the certificate's SubjectPublicKeyInfo. */
    static String pin(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(publicKeyInfo(certificate));
            return "sha256/" + Base64.getEncoder().encodeToString(digest);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("expected a certificate that was read before", e);
        }
    }

    /**
     * As it stands there (RFC 5280 4.1): a PublicKey of the JDK may encode it anew. Without reading the rest, which may be
     * malformed, as was found before.
     */
    private static byte[] publicKeyInfo(X509Certificate certificate) throws IOException, CertificateEncodingException {
        ASN1Sequence signed = ASN1Sequence.getInstance(
                ASN1Sequence.getInstance(certificate.getEncoded()).getObjectAt(0));
        boolean versioned = signed.getObjectAt(0) instanceof ASN1TaggedObject;
        return signed.getObjectAt(versioned ? 6 : 5).toASN1Primitive().getEncoded(ASN1Encoding.DER);
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
