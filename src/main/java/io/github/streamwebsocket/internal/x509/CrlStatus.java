package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.Revocation;
import io.github.streamwebsocket.internal.PeerText;
import io.github.streamwebsocket.internal.x509.RevocationAnswer.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;

/**
 * What lists say about a certificate (RFC 5280 6.3). Who signed a list is found here; which list is about which
 * certificate is BouncyCastle's to say. That a certificate is on a list counts also where BouncyCastle does not come so
 * far: a list that has ended, or is of another scope, is as true about what was revoked before.
 */
final class CrlStatus {
    private final Certificate certificate;
    private final List<Certificate> authorities;
    private final List<Certificate> anybody;
    private final ValidationRequest request;
    private final boolean ofTheIssuerOfAList;
    private String fault = "";

    private CrlStatus(
            Certificate certificate,
            List<Certificate> authorities,
            List<Certificate> anybody,
            ValidationRequest request,
            boolean ofTheIssuerOfAList) {
        this.certificate = certificate;
        this.authorities = authorities;
        this.anybody = anybody;
        this.request = request;
        this.ofTheIssuerOfAList = ofTheIssuerOfAList;
    }

    /**
     * Looks a certificate up.
     *
     * @param certificate whose status is wanted
     * @param authorities its issuer and all above it, the anchor last
     * @param anybody certificates among which the issuer of a list may be
     */
    static RevocationAnswer of(
            Certificate certificate,
            List<Certificate> authorities,
            List<Certificate> anybody,
            List<Crl> lists,
            ValidationRequest request) {
        return new CrlStatus(certificate, authorities, anybody, request, false).among(lists);
    }

    private RevocationAnswer among(List<Crl> lists) {
        Set<X500Name> names = issuersOfLists();
        List<Crl> about = lists.stream()
                .filter(list -> names.contains(list.issuer()) && !list.forAttributeCertificates())
                .toList();
        if (about.isEmpty()) {
            return RevocationAnswer.NONE;
        }
        Map<Certificate, List<Crl>> signed = bySigner(about, lists);
        RevocationAnswer answer = RevocationAnswer.NONE;
        for (Map.Entry<Certificate, List<Crl>> bySigner : signed.entrySet()) {
            answer = answer.or(read(bySigner.getKey(), bySigner.getValue()));
        }
        return answer.or(RevocationAnswer.unusable(fault));
    }

    /** The names under which lists about this certificate are issued: its issuer's, and those it points to. */
    private Set<X500Name> issuersOfLists() {
        Set<X500Name> names = new HashSet<>();
        names.add(certificate.issuer());
        try {
            for (DistributionPoint point : PkixCrlCheck.distributionPoints(certificate)) {
                if (point.getCRLIssuer() != null) {
                    for (GeneralName name : point.getCRLIssuer().getNames()) {
                        if (name.getTagNo() == GeneralName.directoryName) {
                            names.add(X500Name.getInstance(name.getName()));
                        }
                    }
                }
            }
        } catch (RuntimeException malformed) { // then there is only the issuer
            fault("cannot be matched: the certificate's distribution points cannot be read");
        }
        return names;
    }

    /** Sorts lists by who signed them; one that nobody signed who may is left out, with a reason. */
    private Map<Certificate, List<Crl>> bySigner(List<Crl> about, List<Crl> all) {
        Map<Certificate, List<Crl>> signed = new LinkedHashMap<>();
        for (Crl list : about) {
            if (request.policy().weakAlgorithmsRefused() && WeakSignatures.isWeak(list.signatureAlgorithm())) {
                fault("is signed with a weak hash");
                continue;
            }
            Certificate signer = signerOf(list, all);
            if (signer != null) {
                signed.computeIfAbsent(signer, first -> new ArrayList<>()).add(list);
            }
        }
        return signed;
    }

    private @Nullable Certificate signerOf(Crl list, List<Crl> all) {
        List<Certificate> named = CrlIssuers.authorities(list.issuer(), authorities);
        for (Certificate authority : named) {
            if (list.signedBy(authority)) {
                if (CrlIssuers.maySignLists(authority)) {
                    return authority;
                }
                fault("comes from " + authority.shown() + ", whose keyUsage lacks cRLSign");
                return null;
            }
        }
        if (ofTheIssuerOfAList) { // whose own status is told by authorities only, or by itself if they say so
            if (tellsAboutItself(list)) {
                return certificate;
            }
        } else {
            for (Certificate issuer : CrlIssuers.certified(list.issuer(), authorities, anybody, request)) {
                if (list.signedBy(issuer)) {
                    return trusted(issuer, all) ? issuer : null;
                }
            }
        }
        fault(
                named.isEmpty()
                        ? "comes from " + DistinguishedNames.shown(list.issuer()) + ", whose certificate is missing"
                        : "has a signature that does not verify");
        return null;
    }

    /** Whether the authority has made this issuer of lists the one who tells about its own certificate, too. */
    private boolean tellsAboutItself(Crl list) {
        return list.issuer().equals(certificate.subject()) && !certificate.selfIssued() && list.signedBy(certificate);
    }

    /** Whether the issuer of a list was not revoked itself. */
    private boolean trusted(Certificate issuer, List<Crl> lists) {
        RevocationAnswer answer =
                new CrlStatus(issuer, CrlIssuers.above(issuer, authorities), anybody, request, true).among(lists);
        if (answer.is(Kind.GOOD)
                || (answer.is(Kind.NONE) && request.revocation().mode() != Revocation.REQUIRED)) {
            return true;
        }
        fault("comes from " + issuer.shown() + ", who " + (answer.is(Kind.REVOKED) ? answer.text() : "may be revoked"));
        return false;
    }

    /** Reads what one signer's lists say. */
    private RevocationAnswer read(Certificate signer, List<Crl> lists) {
        List<Crl> current = lists.stream().filter(this::current).toList();
        Crl.Entry held = null;
        Instant lifted = lifted(lists);
        for (Crl list : lists) {
            for (Crl.Entry entry : list.entriesOf(certificate.issuer(), certificate.serialNumber())) {
                if (entry.lifted() || !entry.counts(request.time())) {
                    continue;
                }
                if (!entry.onHold() && list.thisUpdate().isAfter(lifted)) {
                    return RevocationAnswer.revoked(entry.since(), entry.reason());
                }
                if (current.contains(list)) {
                    held = entry;
                }
            }
        }
        if (current.isEmpty()) {
            return RevocationAnswer.unusable(fault);
        }
        String against = PkixCrlCheck.fault(certificate, signer, newest(current), request.time());
        if (against == null) {
            return RevocationAnswer.GOOD;
        }
        return held != null
                ? RevocationAnswer.revoked(held.since(), held.reason())
                : RevocationAnswer.unusable(inWords(against, current));
    }

    /** When a list last said that the certificate is not revoked any more. */
    private Instant lifted(List<Crl> lists) {
        Instant last = Instant.MIN;
        for (Crl list : lists) {
            boolean lifts = list.entriesOf(certificate.issuer(), certificate.serialNumber()).stream()
                    .anyMatch(Crl.Entry::lifted);
            if (lifts && list.thisUpdate().isAfter(last)) {
                last = list.thisUpdate();
            }
        }
        return last;
    }

    /** Whether a list is of the time that is asked about (RFC 5280 6.3.3 a). */
    private boolean current(Crl list) {
        Instant time = request.time();
        if (list.thisUpdate().isAfter(time.plus(OcspResponse.SKEW))) {
            fault("is not valid before " + RevocationAnswer.day(list.thisUpdate()));
            return false;
        }
        if (list.nextUpdate().isBefore(time)) {
            fault("ended " + RevocationAnswer.day(list.nextUpdate()));
            return false;
        }
        return true;
    }

    /** Drops older editions, of which BouncyCastle would take any. */
    private static List<Crl> newest(List<Crl> lists) {
        return lists.stream()
                .filter(list -> list.delta()
                        || lists.stream()
                                .noneMatch(other -> list.sameList(other)
                                        && other.thisUpdate().isAfter(list.thisUpdate())))
                .toList();
    }

    /** The checker's message in the words of this library; it is the only sign by which it tells what it found. */
    private String inWords(String message, List<Crl> lists) {
        if (message.contains("could not be determined")) {
            return "does not cover all reasons for a revocation";
        }
        if (message.contains("only contains") || message.contains("issuing distribution point name")) {
            return "is for other certificates of the same issuer";
        }
        if (lists.stream().allMatch(Crl::delta)) {
            return "only tells what changed since another one, which is missing";
        }
        if (lists.stream().allMatch(list -> list.thisUpdate().isAfter(certificate.notAfter()))) {
            return "was made after the certificate had ended";
        }
        if (message.contains("CRL issuer")) {
            return "comes from somebody whose lists do not count for it";
        }
        if (message.contains("critical extension")) {
            return "has a critical extension that is not known";
        }
        return "cannot be relied on: " + PeerText.shown(message);
    }

    /** Notes why a list does not help; the first reason is told. */
    private void fault(String why) {
        if (fault.isEmpty()) {
            fault = why;
        }
    }
}
