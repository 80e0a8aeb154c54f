package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges a server's certificate chain and says everything that is wrong with it (RFC 5280 6, RFC 9525). Each way to a
 * trust anchor goes through all steps; none stops at the first error. The first way without an error is the verdict, else
 * the one with the least errors. For one request. Never throws for what was sent, and its work is bounded.
 */
public final class ChainValidator {
    private final ValidationRequest request;
    private final WorkLimit limit = new WorkLimit();
    private @Nullable Path best;
    private Findings bestFindings = new Findings();

    private ChainValidator(ValidationRequest request) {
        this.request = request;
    }

    /**
     * Returns the verdict.
     *
     * @return what was sent, the path that was judged, and its errors; no errors: it may be trusted
     * @throws IllegalArgumentException if nothing was sent
     */
    public static ServerCertificates validate(ValidationRequest request) {
        if (request.sent().isEmpty()) {
            throw new IllegalArgumentException("expected at least one certificate");
        }
        ChainValidator validator = new ChainValidator(request);
        try {
            return validator.verdict();
        } catch (RuntimeException malformed) { // BouncyCastle reads many parts only when they are asked for
            return validator.unreadable();
        }
    }

    /** Nothing that was found before is told: what it was found in may be of no sense. */
    private ServerCertificates unreadable() {
        best = null;
        bestFindings = new Findings();
        bestFindings.add(ChainValidationResult.OTHER_ERRORS, "a certificate that was sent cannot be read");
        return report();
    }

    private ServerCertificates verdict() {
        if (request.sent().get(0).malformed()) {
            bestFindings.add(ChainValidationResult.OTHER_ERRORS, "the server's certificate cannot be read");
            return report();
        }
        new PathBuilder(request, limit, this::judge).run();
        Path found = best;
        if (found == null) { // the work was used up before a single way was complete
            found = new Path(List.of(request.sent().get(0)), null, false, List.of());
            bestFindings = findings(found);
            best = found;
        }
        if (found.anchor() == null) {
            noteUnreadable();
        }
        if (!bestFindings.isEmpty()) {
            RevocationStep.check(found, request, bestFindings);
        }
        return report();
    }

    /** Notes the errors of one way; true when there are none, and no other need be looked for. */
    private boolean judge(Path path) {
        Findings findings = findings(path);
        if (findings.isEmpty()) {
            RevocationStep.check(path, request, findings);
        }
        if (best == null || isBetter(path, findings)) {
            best = path;
            bestFindings = findings;
        }
        return findings.isEmpty();
    }

    /** A way that leads to an anchor tells more than one that does not; then the fewest errors, then the longest way. */
    private boolean isBetter(Path path, Findings findings) {
        Path known = best;
        if (known == null || (path.anchor() == null) != (known.anchor() == null)) {
            return path.anchor() != null;
        }
        if (findings.weight() != bestFindings.weight()) {
            return findings.weight() < bestFindings.weight();
        }
        return path.anchor() == null
                && path.certificates().size() > known.certificates().size();
    }

    private Findings findings(Path path) {
        Findings findings = new Findings();
        noteEnd(path, findings);
        for (Certificate certificate : path.badSignatures()) {
            int index = path.certificates().indexOf(certificate);
            Certificate issuer = path.issuerOf(index);
            findings.add(
                    ChainValidationResult.INVALID_SIGNATURE,
                    path.shown(index) + " was not signed with "
                            + (issuer == null ? "its own key" : "the key of " + issuer.shown()));
        }
        ValidityStep.check(path, request.time(), findings);
        AuthorityStep.check(path, request.policy(), findings);
        UsageStep.check(path, request.policy(), findings);
        ContentStep.check(path, findings);
        if (request.policy().weakAlgorithmsRefused()) {
            AlgorithmStep.check(path, findings);
        }
        if (request.host() != null) {
            ServerIdentity.check(path.leaf(), request.host(), findings);
        }
        NameConstraintStep.check(path, limit, findings);
        PolicyStep.check(path, request.policy(), findings);
        return findings;
    }

    private void noteEnd(Path path, Findings findings) {
        if (path.anchor() != null) {
            return;
        }
        Certificate last = path.certificates().get(path.certificates().size() - 1);
        if (path.endsInRoot()) {
            findings.add(
                    ChainValidationResult.UNTRUSTED,
                    path.certificates().size() == 1
                            ? "self-signed, and not trusted itself"
                            : last.shown() + " is not among the trusted authorities");
        } else {
            findings.add(
                    ChainValidationResult.INCOMPLETE_CHAIN,
                    "the issuer of " + path.shown(path.certificates().size() - 1) + ", "
                            + DistinguishedNames.shown(last.issuer()) + ", was not sent and is not trusted itself"
                            + (limit.exceeded() ? "; the search was given up, for there are too many ways" : ""));
        }
    }

    private void noteUnreadable() {
        for (int i = 1; i < request.sent().size(); i++) {
            if (request.sent().get(i).malformed()) {
                bestFindings.add(
                        ChainValidationResult.OTHER_ERRORS, "certificate " + (i + 1) + " that was sent cannot be read");
            }
        }
    }

    private ServerCertificates report() {
        List<Certificate> path = new ArrayList<>();
        if (best != null) {
            path.addAll(best.certificates());
            if (best.anchor() != null && !best.leafIsAnchor()) {
                path.add(best.anchor());
            }
        }
        return new ServerCertificates(readable(request.sent()), readable(path), bestFindings.explanations());
    }

    private static List<X509Certificate> readable(List<Certificate> certificates) {
        return certificates.stream()
                .map(Certificate::jca)
                .flatMap(Optional::stream)
                .toList();
    }
}
