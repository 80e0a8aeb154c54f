package io.github.streamwebsocket.internal.x509;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;
import org.jspecify.annotations.Nullable;

/** One OCSP response, and what it says about a certificate (RFC 6960). For one thread. */
final class OcspResponse {
    /** A response is about one certificate and takes 2 KiB; a server might send anything. */
    static final int MAX_LENGTH = 65_536;

    /** Most certificates looked for in one response. */
    private static final int MOST_SINGLE_RESPONSES = 256;

    /** How far the responder's clock may be from ours. */
    static final Duration SKEW = Duration.ofMinutes(5);

    /**
     * How long a response without nextUpdate is believed. It means that newer information is available all the time (RFC
     * 6960 2.4), but a stapled one has no other bound, and one of before the revocation could be shown for ever.
     */
    static final Duration TRUSTED_WITHOUT_END = Duration.ofDays(7);

    private static final Map<ASN1ObjectIdentifier, String> HASHES = Map.of(
            OIWObjectIdentifiers.idSHA1, "SHA-1",
            NISTObjectIdentifiers.id_sha256, "SHA-256",
            NISTObjectIdentifiers.id_sha384, "SHA-384",
            NISTObjectIdentifiers.id_sha512, "SHA-512");

    private static final Set<ASN1ObjectIdentifier> KNOWN_EXTENSIONS = Set.of(
            OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
            OCSPObjectIdentifiers.id_pkix_ocsp_crl,
            OCSPObjectIdentifiers.id_pkix_ocsp_archive_cutoff);

    private final @Nullable BasicOCSPResp basic;
    private final List<SingleResp> singles;
    private final String fault;

    private OcspResponse(@Nullable BasicOCSPResp basic, List<SingleResp> singles, String fault) {
        this.basic = basic;
        this.singles = singles;
        this.fault = fault;
    }

    /** Reads an OCSPResponse in DER; what cannot be used says why. */
    static OcspResponse read(byte[] der) {
        if (der.length == 0) { // where several are stapled, the place of one that is not there (RFC 6961 2.2)
            return new OcspResponse(null, List.of(), "");
        }
        if (der.length > MAX_LENGTH) {
            return useless("is longer than " + MAX_LENGTH + " bytes");
        }
        try {
            OCSPResp response = new OCSPResp(der);
            if (response.getStatus() != OCSPResp.SUCCESSFUL) {
                return useless("is no answer: the responder says " + statusName(response.getStatus()));
            }
            if (!(response.getResponseObject() instanceof BasicOCSPResp basic)) {
                return useless("is of an unknown type");
            }
            List<SingleResp> singles =
                    Stream.of(basic.getResponses()).limit(MOST_SINGLE_RESPONSES).toList();
            return new OcspResponse(basic, singles, "");
        } catch (IOException | OCSPException | RuntimeException malformed) { // BouncyCastle throws what its parser met
            return useless("cannot be read");
        }
    }

    private static OcspResponse useless(String fault) {
        return new OcspResponse(null, List.of(), fault);
    }

    private static String statusName(int status) {
        return switch (status) {
            case OCSPResp.MALFORMED_REQUEST -> "malformedRequest";
            case OCSPResp.INTERNAL_ERROR -> "internalError";
            case OCSPResp.TRY_LATER -> "tryLater";
            case OCSPResp.SIG_REQUIRED -> "sigRequired";
            case OCSPResp.UNAUTHORIZED -> "unauthorized";
            default -> "status " + status;
        };
    }

    /** Whether there is none. */
    boolean absent() {
        return basic == null && fault.isEmpty();
    }

    /** Why it says nothing about any certificate; empty when it does. */
    String fault() {
        return fault;
    }

    /** Whether it is about a certificate, be it reliable or not. */
    boolean names(Certificate certificate, Certificate issuer) {
        return singles.stream().anyMatch(single -> isFor(single.getCertID(), certificate, issuer));
    }

    /** What it says about a certificate; NONE when it is about others. */
    RevocationAnswer about(Certificate certificate, Certificate issuer, ValidationRequest request, WorkLimit limit) {
        BasicOCSPResp response = basic;
        if (response == null) {
            return fault.isEmpty() ? RevocationAnswer.NONE : RevocationAnswer.unusable(fault);
        }
        try {
            return about(response, certificate, issuer, request, limit);
        } catch (RuntimeException malformed) { // BouncyCastle reads some parts only when they are asked for
            return RevocationAnswer.unusable("cannot be read");
        }
    }

    private RevocationAnswer about(
            BasicOCSPResp response,
            Certificate certificate,
            Certificate issuer,
            ValidationRequest request,
            WorkLimit limit) {
        List<SingleResp> matching = singles.stream()
                .filter(single -> isFor(single.getCertID(), certificate, issuer))
                .toList();
        if (matching.isEmpty()) {
            return RevocationAnswer.NONE;
        }
        if (hasUnknown(response.getCriticalExtensionOIDs())) {
            return RevocationAnswer.unusable("has a critical extension that is not known");
        }
        String distrust = OcspResponder.whyNotToTrust(response, certificate, issuer, request, limit);
        if (distrust != null) {
            return RevocationAnswer.unusable(distrust);
        }
        RevocationAnswer answer = RevocationAnswer.NONE;
        for (SingleResp single : matching) {
            answer = answer.or(read(single, request.time()));
        }
        return answer;
    }

    /** Whether a CertID names exactly this certificate (RFC 6960 4.1.1). */
    private static boolean isFor(CertificateID id, Certificate certificate, Certificate issuer) {
        String hash = HASHES.get(id.getHashAlgOID());
        if (hash == null || !id.getSerialNumber().equals(certificate.serialNumber())) {
            return false;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(hash);
            byte[] name = digest.digest(certificate.issuer().getEncoded(ASN1Encoding.DER));
            byte[] key = digest.digest(issuer.publicKeyInfo().getPublicKeyData().getBytes());
            return MessageDigest.isEqual(name, id.getIssuerNameHash())
                    && MessageDigest.isEqual(key, id.getIssuerKeyHash());
        } catch (NoSuchAlgorithmException | IOException e) {
            throw new IllegalStateException("expected " + hash + " and a name that can be encoded", e);
        }
    }

    private static RevocationAnswer read(SingleResp single, Instant now) {
        if (hasUnknown(single.getCriticalExtensionOIDs())) {
            return RevocationAnswer.unusable("has a critical extension that is not known");
        }
        String stale = whyNotNow(single, now);
        if (single.getCertStatus() == null) { // BouncyCastle's word for good
            return stale == null ? RevocationAnswer.GOOD : RevocationAnswer.unusable(stale);
        }
        if (single.getCertStatus() instanceof RevokedStatus revoked) {
            int reason = revoked.hasRevocationReason() ? revoked.getRevocationReason() : CRLReason.unspecified;
            // what was revoked stays so, unless it was only put on hold: here an old response is as true as a new one
            return stale == null || reason != CRLReason.certificateHold
                    ? RevocationAnswer.revoked(revoked.getRevocationTime().toInstant(), reason)
                    : RevocationAnswer.unusable(stale);
        }
        return RevocationAnswer.unusable("says that the responder does not know the certificate");
    }

    private static @Nullable String whyNotNow(SingleResp single, Instant now) {
        Instant begin = single.getThisUpdate().toInstant();
        Date nextUpdate = single.getNextUpdate();
        if (begin.isAfter(now.plus(SKEW))) {
            return "is not valid before " + RevocationAnswer.day(begin);
        }
        if (nextUpdate != null) {
            Instant end = nextUpdate.toInstant();
            return end.isBefore(now.minus(SKEW)) ? "ended " + RevocationAnswer.day(end) : null;
        }
        return begin.isBefore(now.minus(TRUSTED_WITHOUT_END))
                ? "names no end and is of " + RevocationAnswer.day(begin) + ", more than "
                        + TRUSTED_WITHOUT_END.toDays() + " days old"
                : null;
    }

    private static boolean hasUnknown(Set<?> critical) {
        Set<Object> unknown = new HashSet<>(critical);
        unknown.removeAll(KNOWN_EXTENSIONS);
        return !unknown.isEmpty();
    }
}
