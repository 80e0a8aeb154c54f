package io.github.streamwebsocket.internal.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.WebErrorStatus;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorstErrorTest {

    @ParameterizedTest
    @CsvSource({
        "REVOKED, 44, CERTIFICATE_REVOKED",
        "INVALID_SIGNATURE, 42, CERTIFICATE_CONTAINS_ERRORS",
        "OTHER_ERRORS, 42, CERTIFICATE_CONTAINS_ERRORS",
        "INVALID_CERTIFICATE_AUTHORITY_POLICY, 46, CERTIFICATE_CONTAINS_ERRORS",
        "BASIC_CONSTRAINTS_ERROR, 48, CERTIFICATE_CONTAINS_ERRORS",
        "UNKNOWN_CRITICAL_EXTENSION, 43, CERTIFICATE_CONTAINS_ERRORS",
        "UNTRUSTED, 48, CERTIFICATE_IS_INVALID",
        "INCOMPLETE_CHAIN, 48, CERTIFICATE_IS_INVALID",
        "EXPIRED, 45, CERTIFICATE_EXPIRED",
        "WRONG_USAGE, 43, CERTIFICATE_IS_INVALID",
        "INVALID_NAME, 46, CERTIFICATE_COMMON_NAME_IS_INCORRECT",
        "REVOCATION_FAILURE, 113, CERTIFICATE_IS_INVALID",
        "REVOCATION_INFORMATION_MISSING, 46, CERTIFICATE_IS_INVALID",
        "REVOKED INVALID_SIGNATURE, 44, CERTIFICATE_REVOKED",
        "INVALID_NAME EXPIRED, 45, CERTIFICATE_EXPIRED",
        "INVALID_NAME EXPIRED UNTRUSTED, 48, CERTIFICATE_IS_INVALID",
        "WRONG_USAGE EXPIRED, 45, CERTIFICATE_IS_INVALID",
        "INVALID_NAME REVOCATION_FAILURE, 46, CERTIFICATE_IS_INVALID",
        "UNTRUSTED OTHER_ERRORS, 42, CERTIFICATE_CONTAINS_ERRORS"
    })
    void theWorstErrorMakesAlertAndStatus(String errors, short alert, WebErrorStatus status) {
        Set<ChainValidationResult> set = EnumSet.noneOf(ChainValidationResult.class);
        Arrays.stream(errors.split(" ")).map(ChainValidationResult::valueOf).forEach(set::add);
        assertEquals(alert, WorstError.alert(set));
        assertEquals(status, WorstError.status(set));
    }

    @Test
    void anErrorWithoutAnAlertOfItsOwnIsCertificateUnknown() {
        assertEquals(46, WorstError.alert(Set.of()));
    }
}
