package io.github.streamwebsocket.internal.x509;

import java.util.Set;

/**
 * How strictly a chain is judged: the inputs of RFC 5280 6.1.1 beside the certificates.
 *
 * @param weakAlgorithmsRefused whether weak keys and hashes below the anchor are an error
 * @param keyUse what the server's key does in the handshake
 * @param maxPathLength most certificates between the server's and the anchor that are not self-issued; negative: any
 *     number
 * @param initialPolicies the certificate policies that are acceptable, as OIDs; empty: any
 * @param explicitPolicy whether the path must be valid for one of them
 * @param policyMappingInhibited whether policies may not be mapped
 * @param anyPolicyInhibited whether anyPolicy does not count
 */
public record ValidationPolicy(
        boolean weakAlgorithmsRefused,
        KeyUse keyUse,
        int maxPathLength,
        Set<String> initialPolicies,
        boolean explicitPolicy,
        boolean policyMappingInhibited,
        boolean anyPolicyInhibited) {

    /** What the server's key does in the handshake, which its keyUsage must allow (RFC 5280 4.2.1.3). */
    public enum KeyUse {
        /** Signs: all of TLS 1.3, and TLS 1.2 with an ephemeral key. */
        DIGITAL_SIGNATURE,
        /** Decrypts: TLS 1.2 with a static RSA key. */
        KEY_ENCIPHERMENT
    }

    /** For a TLS server, with no demands on certificate policies. */
    public static final ValidationPolicy TLS_SERVER = tlsServer(true, KeyUse.DIGITAL_SIGNATURE);

    public ValidationPolicy {
        initialPolicies = Set.copyOf(initialPolicies);
    }

    public static ValidationPolicy tlsServer(boolean weakAlgorithmsRefused, KeyUse keyUse) {
        return new ValidationPolicy(weakAlgorithmsRefused, keyUse, -1, Set.of(), false, false, false);
    }
}
