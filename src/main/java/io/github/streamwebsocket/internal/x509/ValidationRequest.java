package io.github.streamwebsocket.internal.x509;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be judged, and against what.
 *
 * @param sent the certificates as the server sent them, its own first
 * @param host the name, or address as numbers, that the first must have; null to look at no name
 * @param anchors who is trusted
 * @param time the time at which the certificates must be valid
 * @param policy how strictly
 * @param revocation whether to look for revoked certificates, and what there is to look at
 */
public record ValidationRequest(
        List<Certificate> sent,
        @Nullable String host,
        TrustAnchors anchors,
        Instant time,
        ValidationPolicy policy,
        RevocationMaterial revocation) {

    public ValidationRequest {
        sent = List.copyOf(sent);
    }
}
