package io.github.streamwebsocket;

/**
 * What is wrong with a server's certificate chain, as in {@code
 * Windows.Security.Cryptography.Certificates.ChainValidationResult}. A chain may have several of them.
 *
 * <p>Constants may be added, so a {@code switch} over them wants a {@code default}.
 */
public enum ChainValidationResult {
    /** Nothing is wrong. */
    SUCCESS(0, SocketSslErrorSeverity.NONE),
    /** The chain ends in an authority that is not trusted. */
    UNTRUSTED(1, SocketSslErrorSeverity.IGNORABLE),
    /** A certificate was revoked by its issuer. */
    REVOKED(2, SocketSslErrorSeverity.FATAL),
    /** A certificate has expired or is not valid yet. */
    EXPIRED(3, SocketSslErrorSeverity.IGNORABLE),
    /** The issuer of a certificate was neither sent nor is it trusted. */
    INCOMPLETE_CHAIN(4, SocketSslErrorSeverity.IGNORABLE),
    /** A signature does not verify with the issuer's key. */
    INVALID_SIGNATURE(5, SocketSslErrorSeverity.FATAL),
    /** A certificate is used for what it was not issued for (RFC 5280 4.2.1.3, 4.2.1.12). */
    WRONG_USAGE(6, SocketSslErrorSeverity.IGNORABLE),
    /** The certificate does not name the host, or a name is outside of what an issuer may vouch for. */
    INVALID_NAME(7, SocketSslErrorSeverity.IGNORABLE),
    /** The certificate policies of the chain do not go together (RFC 5280 6.1). */
    INVALID_CERTIFICATE_AUTHORITY_POLICY(8, SocketSslErrorSeverity.FATAL),
    /** A certificate that is no authority's has issued another, or the path is longer than an authority allows. */
    BASIC_CONSTRAINTS_ERROR(9, SocketSslErrorSeverity.FATAL),
    /** A certificate has a critical extension that is not known here (RFC 5280 4.2). */
    UNKNOWN_CRITICAL_EXTENSION(10, SocketSslErrorSeverity.FATAL),
    /** Nothing tells whether a certificate was revoked, though it was asked for. */
    REVOCATION_INFORMATION_MISSING(11, SocketSslErrorSeverity.IGNORABLE),
    /** What tells whether a certificate was revoked cannot be relied on. */
    REVOCATION_FAILURE(12, SocketSslErrorSeverity.IGNORABLE),
    /** Any other fault: malformed content, weak algorithms, a public key that is not pinned. */
    OTHER_ERRORS(13, SocketSslErrorSeverity.FATAL);

    private final int value;
    private final SocketSslErrorSeverity severity;

    ChainValidationResult(int value, SocketSslErrorSeverity severity) {
        this.value = value;
        this.severity = severity;
    }

    /**
     * Returns the number this constant has in the original enumeration.
     *
     * @return the number
     */
    public int value() {
        return value;
    }

    /**
     * Returns how bad this is.
     *
     * @return {@link SocketSslErrorSeverity#NONE} for {@link #SUCCESS} only
     */
    public SocketSslErrorSeverity severity() {
        return severity;
    }
}
