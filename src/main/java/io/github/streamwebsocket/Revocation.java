package io.github.streamwebsocket;

/**
 * Whether to look if a server's certificates were revoked. Nothing is fetched: what is looked at comes from the server
 * (an OCSP response stapled to its certificate, RFC 6066 8 and RFC 8446 4.4.2.1) or from the application.
 */
public enum Revocation {
    /** Not looked at. */
    NONE,
    /**
     * What is there is checked: a revoked certificate is {@link ChainValidationResult#REVOKED}, and a response or list
     * that cannot be relied on is {@link ChainValidationResult#REVOCATION_FAILURE}. Where there is nothing, nothing is
     * missing, unless the certificate demands a stapled response (RFC 7633).
     */
    STAPLED,
    /**
     * Every certificate below the trust anchor needs proof that it was not revoked; one without is {@link
     * ChainValidationResult#REVOCATION_INFORMATION_MISSING}.
     */
    REQUIRED
}
