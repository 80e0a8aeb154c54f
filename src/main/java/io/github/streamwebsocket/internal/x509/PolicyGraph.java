package io.github.streamwebsocket.internal.x509;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The valid policies of a path so far: levels of nodes, one level a certificate, one node a policy (RFC 9618 5.2). Nodes
 * know their parents; what no node of the lowest level leads to is never reached, which is the same as being deleted. For
 * one thread.
 */
final class PolicyGraph {
    static final String ANY_POLICY = "2.5.29.32.0";

    private static final class Node {
        final String validPolicy;
        final Set<Node> parents;
        Set<String> expectedPolicies;

        Node(String validPolicy, Collection<Node> parents) {
            this.validPolicy = validPolicy;
            this.parents = new LinkedHashSet<>(parents);
            this.expectedPolicies = Set.of(validPolicy);
        }
    }

    /** The lowest level, by valid policy. */
    private final Map<String, Node> lowest;

    /** The graph before any certificate: anyPolicy. */
    PolicyGraph() {
        this(Map.of(ANY_POLICY, new Node(ANY_POLICY, List.of())));
    }

    private PolicyGraph(Map<String, Node> lowest) {
        this.lowest = lowest;
    }

    /**
     * Returns the graph with the level of a certificate that names these policies; null when none is valid (RFC 9618 5.3
     * (d)).
     *
     * @param anyPolicyCounts whether anyPolicy among them stands for all
     */
    @Nullable
    PolicyGraph extend(Set<String> policies, boolean anyPolicyCounts) {
        Map<String, List<Node>> expecting = new LinkedHashMap<>();
        for (Node node : lowest.values()) {
            for (String expected : node.expectedPolicies) {
                expecting.computeIfAbsent(expected, first -> new ArrayList<>()).add(node);
            }
        }
        Map<String, Node> level = new LinkedHashMap<>();
        Node any = lowest.get(ANY_POLICY);
        for (String policy : policies) {
            List<Node> parents = expecting.get(policy);
            if (policy.equals(ANY_POLICY)) {
                continue;
            }
            if (parents != null) {
                level.put(policy, new Node(policy, parents));
            } else if (any != null) {
                level.put(policy, new Node(policy, List.of(any)));
            }
        }
        if (anyPolicyCounts && policies.contains(ANY_POLICY)) {
            expecting.forEach((policy, parents) -> level.computeIfAbsent(policy, absent -> new Node(absent, parents)));
        }
        return level.isEmpty() ? null : new PolicyGraph(level);
    }

    /** Lets the next certificate name the issuer's policies by the subject's names (RFC 9618 5.4 (b)(1)). */
    PolicyGraph map(Map<String, Set<String>> mappings) {
        Node any = lowest.get(ANY_POLICY);
        mappings.forEach((policy, mapped) -> {
            Node node = lowest.get(policy);
            if (node == null && any != null) {
                node = new Node(policy, any.parents);
                lowest.put(policy, node);
            }
            if (node != null) {
                node.expectedPolicies = mapped;
            }
        });
        return this;
    }

    /** Takes policies away that would have to be mapped but must not (RFC 9618 5.4 (b)(2)); null when none is left. */
    @Nullable
    PolicyGraph without(Set<String> policies) {
        lowest.keySet().removeAll(policies);
        return lowest.isEmpty() ? null : this;
    }

    /** The policies in terms of the anchor's domain: of nodes right below anyPolicy (RFC 9618 5.5 (g)). */
    Set<String> authorityConstrained() {
        Set<String> found = new LinkedHashSet<>();
        Set<Node> level = new LinkedHashSet<>(lowest.values());
        if (lowest.containsKey(ANY_POLICY)) {
            found.add(ANY_POLICY);
        }
        while (!level.isEmpty()) {
            Set<Node> above = new LinkedHashSet<>();
            for (Node node : level) {
                boolean top = node.parents.stream().anyMatch(parent -> parent.validPolicy.equals(ANY_POLICY));
                if (top && !node.validPolicy.equals(ANY_POLICY)) {
                    found.add(node.validPolicy);
                }
                above.addAll(node.parents);
            }
            level = above;
        }
        return found;
    }
}
