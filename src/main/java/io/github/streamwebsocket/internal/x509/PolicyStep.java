package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether the certificate policies of a path go together (RFC 5280 6.1.2 to 6.1.5, with the graph of RFC 9618 in
 * place of the tree, whose size a sender could make exponential). For one path. Pure.
 */
final class PolicyStep {
    private final Path path;
    private final ValidationPolicy policy;
    private final Findings findings;
    private @Nullable PolicyGraph graph = new PolicyGraph();
    private int explicitPolicy;
    private int policyMapping;
    private int inhibitAnyPolicy;

    private PolicyStep(Path path, ValidationPolicy policy, Findings findings) {
        this.path = path;
        this.policy = policy;
        this.findings = findings;
        int never = path.certificates().size() + 1;
        explicitPolicy = policy.explicitPolicy() ? 0 : never;
        policyMapping = policy.policyMappingInhibited() ? 0 : never;
        inhibitAnyPolicy = policy.anyPolicyInhibited() ? 0 : never;
    }

    static void check(Path path, ValidationPolicy policy, Findings findings) {
        if (path.leafIsAnchor()) {
            return;
        }
        PolicyStep step = new PolicyStep(path, policy, findings);
        // A root that is not trusted counts like one that is: it is no part of the path (6.1), and seldom names
        // policies.
        int roots = path.anchor() == null && path.endsInRoot() ? 1 : 0;
        for (int i = path.certificates().size() - 1 - roots; i > 0; i--) {
            step.process(path.certificates().get(i), false);
            step.prepareNext(path.certificates().get(i));
        }
        step.process(path.leaf(), true);
        step.wrapUp(path.leaf());
    }

    /** 6.1.3 (d) to (f). */
    private void process(Certificate certificate, boolean last) {
        CertificatePolicies policies = certificate.extensions().policies;
        if (policies == null) {
            graph = null;
        } else if (graph != null) {
            Set<String> named = new LinkedHashSet<>();
            for (PolicyInformation information : policies.getPolicyInformation()) {
                named.add(information.getPolicyIdentifier().getId());
            }
            boolean any = inhibitAnyPolicy > 0 || (!last && certificate.selfIssued());
            graph = graph.extend(named, any);
        }
        if (explicitPolicy <= 0 && graph == null) {
            fail(certificate);
        }
    }

    /** 6.1.4 (a), (b) and (h) to (j). */
    private void prepareNext(Certificate certificate) {
        CertificateExtensions extensions = certificate.extensions();
        if (extensions.policyMappings != null) {
            map(certificate, ASN1Sequence.getInstance(extensions.policyMappings.toASN1Primitive()));
        }
        if (!certificate.selfIssued()) {
            explicitPolicy--;
            policyMapping--;
            inhibitAnyPolicy--;
        }
        PolicyConstraints constraints = extensions.policyConstraints;
        if (constraints != null) {
            explicitPolicy = lower(explicitPolicy, constraints.getRequireExplicitPolicyMapping());
            policyMapping = lower(policyMapping, constraints.getInhibitPolicyMapping());
        }
        inhibitAnyPolicy = lower(inhibitAnyPolicy, extensions.inhibitAnyPolicy);
    }

    private void map(Certificate certificate, ASN1Sequence mappings) {
        Map<String, Set<String>> bySource = new LinkedHashMap<>();
        for (var element : mappings) {
            ASN1Sequence mapping = ASN1Sequence.getInstance(element);
            String source = mapping.getObjectAt(0).toString();
            String target = mapping.getObjectAt(1).toString();
            if (source.equals(PolicyGraph.ANY_POLICY) || target.equals(PolicyGraph.ANY_POLICY)) {
                fail(certificate);
                return;
            }
            bySource.computeIfAbsent(source, first -> new LinkedHashSet<>()).add(target);
        }
        if (graph != null) {
            graph = policyMapping > 0 ? graph.map(bySource) : graph.without(bySource.keySet());
        }
    }

    private static int lower(int counter, @Nullable BigInteger value) {
        return value == null || value.bitLength() > 30 ? counter : Math.min(counter, value.intValue());
    }

    /** 6.1.5 (a), (b) and (g). */
    private void wrapUp(Certificate leaf) {
        explicitPolicy--;
        PolicyConstraints constraints = leaf.extensions().policyConstraints;
        BigInteger demanded = constraints == null ? null : constraints.getRequireExplicitPolicyMapping();
        if (demanded != null && demanded.signum() == 0) {
            explicitPolicy = 0;
        }
        List<String> acceptable = new ArrayList<>();
        if (graph != null) {
            Set<String> authorities = graph.authorityConstrained();
            boolean any = policy.initialPolicies().isEmpty()
                    || policy.initialPolicies().contains(PolicyGraph.ANY_POLICY);
            for (String authority : authorities) {
                if (any || policy.initialPolicies().contains(authority) || authority.equals(PolicyGraph.ANY_POLICY)) {
                    acceptable.add(authority);
                }
            }
        }
        if (explicitPolicy <= 0 && acceptable.isEmpty()) {
            fail(leaf);
        }
    }

    private void fail(Certificate certificate) {
        int index = path.certificates().indexOf(certificate);
        findings.add(
                ChainValidationResult.INVALID_CERTIFICATE_AUTHORITY_POLICY,
                path.shown(index) + " has no certificate policy that its issuers accept");
    }
}
