package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.SocketSslErrorSeverity;
import io.github.streamwebsocket.WebErrorStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.tls.AlertDescription;

/**
 * Of the errors that a chain is refused for, the one that is told where there is room for one only: to the server by an
 * alert, to the application by a status. Pure.
 */
final class WorstError {

    /** Most severe first (RFC 8446 6.2, RFC 6066 8 for the status response). */
    private static final List<Map.Entry<ChainValidationResult, Short>> ALERTS = List.of(
            Map.entry(ChainValidationResult.REVOKED, AlertDescription.certificate_revoked),
            Map.entry(ChainValidationResult.INVALID_SIGNATURE, AlertDescription.bad_certificate),
            Map.entry(ChainValidationResult.OTHER_ERRORS, AlertDescription.bad_certificate),
            Map.entry(ChainValidationResult.INVALID_CERTIFICATE_AUTHORITY_POLICY, AlertDescription.certificate_unknown),
            Map.entry(ChainValidationResult.BASIC_CONSTRAINTS_ERROR, AlertDescription.unknown_ca),
            Map.entry(ChainValidationResult.UNKNOWN_CRITICAL_EXTENSION, AlertDescription.unsupported_certificate),
            Map.entry(ChainValidationResult.UNTRUSTED, AlertDescription.unknown_ca),
            Map.entry(ChainValidationResult.INCOMPLETE_CHAIN, AlertDescription.unknown_ca),
            Map.entry(ChainValidationResult.EXPIRED, AlertDescription.certificate_expired),
            Map.entry(ChainValidationResult.WRONG_USAGE, AlertDescription.unsupported_certificate),
            Map.entry(ChainValidationResult.INVALID_NAME, AlertDescription.certificate_unknown),
            Map.entry(ChainValidationResult.REVOCATION_FAILURE, AlertDescription.bad_certificate_status_response),
            Map.entry(ChainValidationResult.REVOCATION_INFORMATION_MISSING, AlertDescription.certificate_unknown));

    private WorstError() {}

    /** Returns the description of the alert for the worst of these errors; certificate_unknown for none. */
    static short alert(Set<ChainValidationResult> errors) {
        for (Map.Entry<ChainValidationResult, Short> entry : ALERTS) {
            if (errors.contains(entry.getKey())) {
                return entry.getValue();
            }
        }
        return AlertDescription.certificate_unknown;
    }

    /** Returns the status for the worst of these errors; a name that does not match says least about the server. */
    static WebErrorStatus status(Set<ChainValidationResult> errors) {
        if (errors.contains(ChainValidationResult.REVOKED)) {
            return WebErrorStatus.CERTIFICATE_REVOKED;
        }
        if (errors.stream().anyMatch(error -> error.severity() == SocketSslErrorSeverity.FATAL)) {
            return WebErrorStatus.CERTIFICATE_CONTAINS_ERRORS;
        }
        if (errors.equals(Set.of(ChainValidationResult.INVALID_NAME))) {
            return WebErrorStatus.CERTIFICATE_COMMON_NAME_IS_INCORRECT;
        }
        boolean datesAndNames = errors.contains(ChainValidationResult.EXPIRED)
                && Set.of(ChainValidationResult.EXPIRED, ChainValidationResult.INVALID_NAME)
                        .containsAll(errors);
        return datesAndNames ? WebErrorStatus.CERTIFICATE_EXPIRED : WebErrorStatus.CERTIFICATE_IS_INVALID;
    }
}
