package io.github.streamwebsocket.internal.x509;

/** Looks whether certificates of a path were revoked (RFC 5280 6.3, RFC 6960). */
final class RevocationStep {
    private RevocationStep() {}

    static void check(Path path, ValidationRequest request, Findings findings) {}
}
