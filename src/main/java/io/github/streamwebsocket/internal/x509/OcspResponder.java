package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.internal.PeerText;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a response was signed by one who may: the issuer of the certificate in question, or a responder whom
 * that issuer itself has certified for it (RFC 6960 4.2.2.2). Whether the responder was revoked is not looked at, be it
 * marked with id-pkix-ocsp-nocheck or not: nothing is fetched, and only the issuer could have stapled an answer.
 */
final class OcspResponder {
    /** Most certificates of a response that are tried as the responder's. */
    private static final int MOST_RESPONDERS = 3;

    private OcspResponder() {}

    /** Returns what is wrong with the signature of a response about a certificate, null when it can be relied on. */
    static @Nullable String whyNotToTrust(
            BasicOCSPResp response,
            Certificate certificate,
            Certificate issuer,
            ValidationRequest request,
            WorkLimit limit) {
        if (request.policy().weakAlgorithmsRefused() && WeakSignatures.isWeak(response.getSignatureAlgorithmID())) {
            return "is signed with a weak hash";
        }
        ResponderID id = response.getResponderId().toASN1Primitive();
        if (names(id, issuer.subject(), issuer.publicKeyInfo())
                && limit.takeSignature(issuer.publicKey())
                && signedBy(response, issuer.publicKeyInfo())) {
            return null;
        }
        List<X509CertificateHolder> named = Stream.of(response.getCerts())
                .filter(holder -> names(id, holder.getSubject(), holder.getSubjectPublicKeyInfo()))
                .limit(MOST_RESPONDERS)
                .toList();
        String fault = names(id, issuer.subject(), issuer.publicKeyInfo())
                ? "has a signature that does not verify"
                : "comes from a responder whose certificate is missing: " + shown(id);
        for (X509CertificateHolder holder : named) {
            if (!limit.takeSignature(issuer.publicKey())) {
                return "is one of too many to look at";
            }
            fault = whyNotToTrust(response, holder, issuer, request, limit);
            if (fault == null && !holder.getSubjectPublicKeyInfo().equals(certificate.publicKeyInfo())) {
                return null;
            }
            if (fault == null) {
                fault = "comes from the certificate itself, which cannot tell whether it was revoked";
            }
        }
        return fault;
    }

    private static @Nullable String whyNotToTrust(
            BasicOCSPResp response,
            X509CertificateHolder holder,
            Certificate issuer,
            ValidationRequest request,
            WorkLimit limit) {
        String who = "comes from the responder " + DistinguishedNames.shown(holder.getSubject());
        if (!holder.getIssuer().equals(issuer.subject()) || !Crypto.verifies(holder, issuer.publicKeyInfo())) {
            return who + ", whom the certificate's issuer has not certified";
        }
        CertificateExtensions extensions = new CertificateExtensions(holder.getExtensions());
        if (extensions.extendedKeyUsage == null
                || !extensions.extendedKeyUsage.hasKeyPurposeId(KeyPurposeId.id_kp_OCSPSigning)) {
            return who + ", who may not sign OCSP responses";
        }
        if (extensions.keyUsage != null && !extensions.keyUsage.hasUsages(KeyUsage.digitalSignature)) {
            return who + ", whose keyUsage lacks digitalSignature";
        }
        if (!extensions.unknownCritical().isEmpty() || !extensions.malformed().isEmpty()) {
            return who + ", whose certificate has an extension that is not understood";
        }
        if (request.time().isBefore(holder.getNotBefore().toInstant())) {
            return who + ", whose certificate is not valid before "
                    + RevocationAnswer.day(holder.getNotBefore().toInstant());
        }
        if (request.time().isAfter(holder.getNotAfter().toInstant())) {
            return who + ", whose certificate ended "
                    + RevocationAnswer.day(holder.getNotAfter().toInstant());
        }
        if (request.policy().weakAlgorithmsRefused() && WeakSignatures.isWeak(holder.getSignatureAlgorithm())) {
            return who + ", whose certificate is signed with a weak hash";
        }
        SubjectPublicKeyInfo key = holder.getSubjectPublicKeyInfo();
        return limit.takeSignature(PublicKeyFacts.of(key)) && signedBy(response, key)
                ? null
                : "has a signature that does not verify";
    }

    private static boolean signedBy(BasicOCSPResp response, SubjectPublicKeyInfo key) {
        try {
            return response.isSignatureValid(Crypto.verifier(key));
        } catch (OCSPException | RuntimeException unusable) { // an unknown algorithm, a key of another kind
            return false;
        }
    }

    /** Whether a ResponderID means who has this name and key. */
    private static boolean names(ResponderID id, X500Name subject, SubjectPublicKeyInfo key) {
        if (id.getName() != null) {
            return id.getName().equals(subject);
        }
        try { // KeyHash ::= SHA-1 of the key, always
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest(key.getPublicKeyData().getBytes());
            return MessageDigest.isEqual(hash, id.getKeyHash());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("expected SHA-1", e);
        }
    }

    private static String shown(ResponderID id) {
        return id.getName() == null
                ? PeerText.shown("key " + HexFormat.of().formatHex(id.getKeyHash()))
                : DistinguishedNames.shown(id.getName());
    }
}
