package io.github.streamwebsocket.internal.x509;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;

/**
 * Finds ways from the server's certificate to those who are trusted, whatever the order of what was sent and whatever was
 * sent beside it (RFC 4158), the likeliest first, with bounded work. A step is taken where the issuer's key verifies the
 * signature; only where none does, an issuer that fits by name is taken, so that the signature can be named as the fault.
 */
final class PathBuilder {
    private static final int MOST_CERTIFICATES = 20;

    private final Map<X500Name, List<Certificate>> bySubject = new HashMap<>();
    private final ValidationRequest request;
    private final WorkLimit limit;
    private final Predicate<Path> judge;
    private final Map<Edge, Boolean> verified = new HashMap<>();

    private record Edge(Certificate certificate, Certificate issuer) {}

    /**
     * Makes a builder.
     *
     * @param judge is shown each way that is found, and says whether it is good enough to stop
     */
    PathBuilder(ValidationRequest request, WorkLimit limit, Predicate<Path> judge) {
        this.request = request;
        this.limit = limit;
        this.judge = judge;
        Set<Certificate> distinct = new LinkedHashSet<>(request.sent());
        for (Certificate certificate : distinct) {
            if (!certificate.malformed()) {
                bySubject
                        .computeIfAbsent(certificate.subject(), first -> new ArrayList<>(1))
                        .add(certificate);
            }
        }
    }

    /** Shows the judge one way after the other, until it has seen enough or all, or the work is used up. */
    void run() {
        Certificate leaf = request.sent().get(0);
        for (Certificate anchor : anchorsNamed(leaf.subject())) {
            // The very certificate: nobody has signed the content of another with its name and key.
            if (anchor.equals(leaf) && judged(new Path(List.of(leaf), leaf, true, List.of()))) {
                return;
            }
        }
        List<Certificate> way = new ArrayList<>();
        way.add(leaf);
        extend(way, new ArrayList<>());
    }

    /** Goes on from the last certificate of the way; true when the judge has seen enough. */
    private boolean extend(List<Certificate> way, List<Certificate> badSignatures) {
        if (!limit.takeStep()) {
            return true;
        }
        Certificate last = way.get(way.size() - 1);
        List<Certificate> trusted = likeliestFirst(anchorsNamed(last.issuer()), last);
        List<Certificate> others = way.size() < MOST_CERTIFICATES ? likeliestFirst(issuersSent(way), last) : List.of();
        boolean deadEnd = true;
        for (Certificate anchor : trusted) {
            if (verifies(last, anchor)) {
                deadEnd = false;
                if (judged(new Path(way, anchor, false, badSignatures))) {
                    return true;
                }
            }
        }
        for (Certificate issuer : others) {
            if (verifies(last, issuer)) {
                deadEnd = false;
                if (extendBy(issuer, way, badSignatures)) {
                    return true;
                }
            }
        }
        if (!deadEnd) {
            return false;
        }
        return limit.exceeded()
                ? judged(deadEnd(way, badSignatures)) // which signatures are bad is not known any more
                : extendWithoutSignature(trusted, others, way, badSignatures);
    }

    private boolean extendWithoutSignature(
            List<Certificate> trusted,
            List<Certificate> others,
            List<Certificate> way,
            List<Certificate> badSignatures) {
        Certificate last = way.get(way.size() - 1);
        boolean deadEnd = true;
        badSignatures.add(last);
        for (Certificate anchor : trusted) {
            if (mayHaveSigned(anchor, last)) {
                deadEnd = false;
                if (judged(new Path(way, anchor, false, badSignatures))) {
                    return true;
                }
            }
        }
        for (Certificate issuer : others) {
            if (mayHaveSigned(issuer, last)) {
                deadEnd = false;
                if (extendBy(issuer, way, badSignatures)) {
                    return true;
                }
            }
        }
        badSignatures.remove(badSignatures.size() - 1);
        return deadEnd && judged(deadEnd(way, badSignatures));
    }

    private boolean extendBy(Certificate issuer, List<Certificate> way, List<Certificate> badSignatures) {
        way.add(issuer);
        boolean enough = extend(way, badSignatures);
        way.remove(way.size() - 1);
        return enough;
    }

    private Path deadEnd(List<Certificate> way, List<Certificate> badSignatures) {
        Certificate last = way.get(way.size() - 1);
        boolean root = last.selfIssued() && verifies(last, last);
        if (root || !claimsToBeRoot(last) || limit.exceeded()) {
            return new Path(way, null, root, badSignatures);
        }
        List<Certificate> andItsOwn = new ArrayList<>(badSignatures);
        andItsOwn.add(last);
        return new Path(way, null, true, andItsOwn);
    }

    /** Only who has signed itself may leave out whose key it was (RFC 5280 4.2.1.1). */
    private static boolean claimsToBeRoot(Certificate certificate) {
        byte @Nullable [] signer = certificate.extensions().authorityKeyIdentifier;
        return certificate.selfIssued()
                && (signer == null || Arrays.equals(signer, certificate.extensions().subjectKeyIdentifier));
    }

    private boolean judged(Path path) {
        return !limit.takePath() || judge.test(path);
    }

    private List<Certificate> anchorsNamed(X500Name name) {
        return request.anchors().named(name).stream()
                .filter(anchor -> DistinguishedNames.same(anchor.subject(), name))
                .toList();
    }

    /** What was sent under the issuer's name, without authorities that the way has passed already. */
    private List<Certificate> issuersSent(List<Certificate> way) {
        Certificate last = way.get(way.size() - 1);
        List<Certificate> found = new ArrayList<>();
        for (Certificate candidate : bySubject.getOrDefault(last.issuer(), List.of())) {
            if (DistinguishedNames.same(candidate.subject(), last.issuer())
                    && way.stream().noneMatch(candidate::sameEntity)) {
                found.add(candidate);
            }
        }
        return found;
    }

    private List<Certificate> likeliestFirst(List<Certificate> candidates, Certificate certificate) {
        if (candidates.size() < 2) {
            return candidates;
        }
        List<Certificate> ordered = new ArrayList<>(candidates);
        ordered.sort(Comparator.comparingInt((Certificate issuer) -> keyMatch(issuer, certificate))
                .thenComparing(issuer -> !ValidityStep.validAt(issuer, request.time())));
        return ordered;
    }

    /** 0 when the key identifiers say that it is the issuer, 2 when they say that it is not, 1 when they do not say. */
    private static int keyMatch(Certificate issuer, Certificate certificate) {
        byte @Nullable [] wanted = certificate.extensions().authorityKeyIdentifier;
        byte @Nullable [] has = issuer.extensions().subjectKeyIdentifier;
        if (wanted == null || has == null) {
            return 1;
        }
        return Arrays.equals(wanted, has) ? 0 : 2;
    }

    /** Another authority of the same name is not the issuer; a signature that does not fit it says nothing. */
    private static boolean mayHaveSigned(Certificate issuer, Certificate certificate) {
        return keyMatch(issuer, certificate) != 2;
    }

    private boolean verifies(Certificate certificate, Certificate issuer) {
        return verified.computeIfAbsent(
                new Edge(certificate, issuer),
                edge -> issuer.publicKey().usable()
                        && limit.takeSignature(issuer.publicKey())
                        && Crypto.verifies(certificate.holder(), issuer.publicKeyInfo()));
    }
}
