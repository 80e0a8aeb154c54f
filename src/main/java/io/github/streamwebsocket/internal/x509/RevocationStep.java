package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.Revocation;
import io.github.streamwebsocket.internal.x509.RevocationAnswer.Kind;
import java.security.cert.X509CRL;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks whether certificates of a path were revoked (RFC 5280 6.3, RFC 6960), in what the server stapled and what the
 * application gave; nothing is fetched. Of several sources one that can be relied on is enough, and one that says revoked
 * decides. For one thread.
 */
final class RevocationStep {
    private final Path path;
    private final ValidationRequest request;
    private final Findings findings;
    private final List<OcspResponse> stapled = new ArrayList<>();
    private final List<OcspResponse> given = new ArrayList<>();
    private final List<Crl> lists = new ArrayList<>();
    private boolean unreadableList;

    /** For what the server stapled; what the application gave is not kept from being looked at by it. */
    private final WorkLimit limit = new WorkLimit();

    private RevocationStep(Path path, ValidationRequest request, Findings findings) {
        this.path = path;
        this.request = request;
        this.findings = findings;
        RevocationMaterial material = request.revocation();
        material.stapled().forEach(der -> stapled.add(OcspResponse.read(der)));
        material.responses().forEach(der -> given.add(OcspResponse.read(der)));
        for (X509CRL list : material.lists()) {
            Crl read = Crl.of(list);
            if (read == null) {
                unreadableList = true;
            } else {
                lists.add(read);
            }
        }
    }

    static void check(Path path, ValidationRequest request, Findings findings) {
        if (request.revocation().mode() == Revocation.NONE || path.leafIsAnchor()) {
            return;
        }
        RevocationStep step = new RevocationStep(path, request, findings);
        for (int i = 0; i < path.certificates().size(); i++) {
            step.check(i);
        }
    }

    private void check(int index) {
        Certificate certificate = path.certificates().get(index);
        Certificate issuer = path.issuerOf(index);
        if (certificate.malformed() || (issuer == null && certificate.selfIssued())) {
            return; // the one cannot be named in an answer, the other would have to revoke itself
        }
        RevocationAnswer staple = RevocationAnswer.NONE;
        RevocationAnswer answer = RevocationAnswer.NONE;
        if (issuer != null && !issuer.malformed()) {
            staple = stapledAbout(certificate, issuer);
            answer = staple.or(givenAbout(certificate, issuer)).or(listedAbout(index, certificate));
        }
        boolean stapleUsable = staple.is(Kind.GOOD) || staple.is(Kind.REVOKED);
        if (index == 0 && certificate.extensions().mustStaple && !stapleUsable && !answer.is(Kind.UNUSABLE)) {
            findings.add(
                    ChainValidationResult.REVOCATION_INFORMATION_MISSING,
                    path.shown(0) + " demands a stapled OCSP response (RFC 7633), but "
                            + (staple.is(Kind.NONE) ? "there is none" : staple.text()));
        }
        judge(index, answer);
    }

    /** What the server stapled: matched by what it says, not by where it stands. */
    private RevocationAnswer stapledAbout(Certificate certificate, Certificate issuer) {
        RevocationAnswer answer = RevocationAnswer.NONE;
        for (int i = 0; i < stapled.size(); i++) {
            OcspResponse response = stapled.get(i);
            boolean belongs = i < request.sent().size() && request.sent().get(i).equals(certificate);
            RevocationAnswer said = RevocationAnswer.NONE;
            if (response.fault().isEmpty()) {
                said = response.about(certificate, issuer, request, limit);
                if (said.is(Kind.NONE) && belongs && !response.absent() && isAboutNobody(response)) {
                    said = RevocationAnswer.unusable("is for another certificate");
                }
            } else if (belongs) {
                said = RevocationAnswer.unusable(response.fault());
            }
            answer = answer.or(said.from("the stapled OCSP response"));
        }
        return answer;
    }

    private boolean isAboutNobody(OcspResponse response) {
        for (int i = 0; i < path.certificates().size(); i++) {
            Certificate certificate = path.certificates().get(i);
            Certificate issuer = path.issuerOf(i);
            if (issuer != null
                    && !certificate.malformed()
                    && !issuer.malformed()
                    && response.names(certificate, issuer)) {
                return false;
            }
        }
        return true;
    }

    /** What the application gave; a response that says nothing at all is its mistake, and must not go unseen. */
    private RevocationAnswer givenAbout(Certificate certificate, Certificate issuer) {
        RevocationAnswer answer = RevocationAnswer.NONE;
        for (OcspResponse response : given) {
            answer = answer.or(response.about(certificate, issuer, request, new WorkLimit())
                    .from("an OCSP response"));
        }
        return answer;
    }

    private RevocationAnswer listedAbout(int index, Certificate certificate) {
        RevocationAnswer answer =
                unreadableList ? RevocationAnswer.unusable("a CRL cannot be read") : RevocationAnswer.NONE;
        try {
            return CrlStatus.of(certificate, authorities(index), anybody(), lists, request)
                    .from("the CRL")
                    .or(answer);
        } catch (RuntimeException malformed) { // what BouncyCastle's parser met in the middle of a list
            return RevocationAnswer.unusable("a CRL cannot be read").or(answer);
        }
    }

    /** The issuer of a certificate and all above it, as far as they can be read. */
    private List<Certificate> authorities(int index) {
        List<Certificate> above = new ArrayList<>();
        for (int i = index; i < path.certificates().size(); i++) {
            Certificate issuer = path.issuerOf(i);
            if (issuer != null && !issuer.malformed()) {
                above.add(issuer);
            }
        }
        return above;
    }

    /** Where the issuer of a list may be found that is none of the authorities. */
    private List<Certificate> anybody() {
        Set<Certificate> all = new LinkedHashSet<>(path.certificates());
        all.addAll(request.sent());
        return List.copyOf(all);
    }

    private void judge(int index, RevocationAnswer answer) {
        String who = path.shown(index);
        switch (answer.kind()) {
            case REVOKED -> findings.add(ChainValidationResult.REVOKED, who + " " + answer.text());
            case UNUSABLE ->
                findings.add(
                        ChainValidationResult.REVOCATION_FAILURE,
                        "nothing tells reliably whether " + who + " was revoked: " + answer.text());
            case NONE -> {
                if (request.revocation().mode() == Revocation.REQUIRED) {
                    findings.add(
                            ChainValidationResult.REVOCATION_INFORMATION_MISSING,
                            "no OCSP response and no CRL tells whether " + who + " was revoked");
                }
            }
            case GOOD -> {}
        }
    }
}
