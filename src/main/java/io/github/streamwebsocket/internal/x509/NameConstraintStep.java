package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.internal.PeerText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether each name of a path lies within what all issuers above it may vouch for, the anchor included (RFC 5280
 * 4.2.1.10, 6.1.3 (b) and (c)). Each issuer's constraints are held against each name below by themselves, which is the
 * same as their intersection. Pure.
 */
final class NameConstraintStep {
    private final Path path;
    private final WorkLimit limit;
    private final Findings findings;

    private NameConstraintStep(Path path, WorkLimit limit, Findings findings) {
        this.path = path;
        this.limit = limit;
        this.findings = findings;
    }

    static void check(Path path, WorkLimit limit, Findings findings) {
        if (path.leafIsAnchor()) {
            return;
        }
        NameConstraintStep step = new NameConstraintStep(path, limit, findings);
        if (path.anchor() != null) {
            step.checkBelow(path.certificates().size(), path.anchor());
        }
        for (int i = path.certificates().size() - 1; i > 0; i--) {
            step.checkBelow(i, path.certificates().get(i));
        }
    }

    private void checkBelow(int issuerIndex, Certificate issuer) {
        NameConstraints constraints = issuer.extensions().nameConstraints;
        if (constraints == null) {
            return;
        }
        List<GeneralSubtree> permitted = subtrees(constraints.getPermittedSubtrees(), issuer);
        List<GeneralSubtree> excluded = subtrees(constraints.getExcludedSubtrees(), issuer);
        List<GeneralName> subtrees = Stream.concat(permitted.stream(), excluded.stream())
                .map(GeneralSubtree::getBase)
                .toList();
        for (int i = 0; i < issuerIndex; i++) {
            Certificate certificate = path.certificates().get(i);
            if (i > 0 && certificate.selfIssued()) {
                continue; // 6.1.3 (b): a new key of the same authority, not a name it vouches for
            }
            List<GeneralName> names = names(certificate);
            if (!limit.takeNameComparisons(names.size(), length(names), subtrees.size(), length(subtrees))) {
                findings.add(
                        ChainValidationResult.OTHER_ERRORS,
                        path.shown(i) + " has too many names for the name constraints of " + issuer.shown());
                return;
            }
            names.forEach(name -> check(name, permitted, excluded, issuer));
        }
    }

    private static long length(List<GeneralName> names) {
        long length = 0;
        for (GeneralName name : names) {
            try {
                length += name.getEncoded().length;
            } catch (IOException e) {
                throw new IllegalStateException("what was read can be written", e);
            }
        }
        return length;
    }

    /** Minimum and maximum have no meaning any more (4.2.1.10), and a subtree that makes no sense binds nobody to it. */
    private List<GeneralSubtree> subtrees(GeneralSubtree @Nullable [] all, Certificate issuer) {
        List<GeneralSubtree> usable = new ArrayList<>();
        for (GeneralSubtree subtree : all == null ? new GeneralSubtree[0] : all) {
            boolean plain = subtree.getMinimum().signum() == 0 && subtree.getMaximum() == null;
            if (!plain || !NameSubtrees.valid(subtree.getBase())) {
                findings.add(
                        ChainValidationResult.OTHER_ERRORS,
                        issuer.shown() + " has name constraints that make no sense");
            }
            usable.add(subtree);
        }
        return usable;
    }

    private void check(
            GeneralName name, List<GeneralSubtree> permitted, List<GeneralSubtree> excluded, Certificate issuer) {
        boolean constrained = false;
        boolean within = false;
        for (GeneralSubtree subtree : permitted) {
            if (NameSubtrees.sameForm(name, subtree.getBase())) {
                constrained = true;
                within |= NameSubtrees.contains(subtree.getBase(), name);
            }
        }
        if (constrained && !within) {
            deny(name, issuer);
        }
        for (GeneralSubtree subtree : excluded) {
            if (NameSubtrees.sameForm(name, subtree.getBase()) && NameSubtrees.touches(subtree.getBase(), name)) {
                deny(name, issuer);
            }
        }
    }

    private void deny(GeneralName name, Certificate issuer) {
        findings.add(
                ChainValidationResult.INVALID_NAME,
                issuer.shown() + " may not vouch for " + PeerText.shown(NameSubtrees.shown(name)));
    }

    /** Everything a certificate says its subject is called: its name, mail addresses in it, the alternative names. */
    private static List<GeneralName> names(Certificate certificate) {
        List<GeneralName> names = new ArrayList<>(certificate.extensions().alternativeNames);
        X500Name subject = certificate.subject();
        if (subject.getRDNs().length > 0) {
            names.add(new GeneralName(GeneralName.directoryName, subject));
        }
        addMailAddresses(subject, names);
        return names;
    }

    /** Also beside alternative names, where the RFC does not demand it: an issuer cannot have meant to leave them out. */
    private static void addMailAddresses(X500Name subject, List<GeneralName> names) {
        for (RDN rdn : subject.getRDNs()) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                if (attribute.getType().equals(BCStyle.EmailAddress)) {
                    names.add(new GeneralName(
                            GeneralName.rfc822Name, attribute.getValue().toString()));
                }
            }
        }
    }
}
