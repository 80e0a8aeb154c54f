package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WebErrorStatusTest {
    /** The constants that have no HTTP status, in the order of their numbers from 0. */
    private static final List<String> NAMES = List.of(
            "UNKNOWN",
            "CERTIFICATE_COMMON_NAME_IS_INCORRECT",
            "CERTIFICATE_EXPIRED",
            "CERTIFICATE_CONTAINS_ERRORS",
            "CERTIFICATE_REVOKED",
            "CERTIFICATE_IS_INVALID",
            "SERVER_UNREACHABLE",
            "TIMEOUT",
            "ERROR_HTTP_INVALID_SERVER_RESPONSE",
            "CONNECTION_ABORTED",
            "CONNECTION_RESET",
            "DISCONNECTED",
            "HTTP_TO_HTTPS_ON_REDIRECTION",
            "HTTPS_TO_HTTP_ON_REDIRECTION",
            "CANNOT_CONNECT",
            "HOST_NAME_NOT_RESOLVED",
            "OPERATION_CANCELED",
            "REDIRECT_FAILED",
            "UNEXPECTED_STATUS_CODE",
            "UNEXPECTED_REDIRECTION",
            "UNEXPECTED_CLIENT_ERROR",
            "UNEXPECTED_SERVER_ERROR",
            "INSUFFICIENT_RANGE_SUPPORT",
            "MISSING_CONTENT_LENGTH_SUPPORT");

    @Test
    void theNumbersAreThoseOfTheOriginal() {
        for (int i = 0; i < NAMES.size(); i++) {
            assertEquals(i, WebErrorStatus.valueOf(NAMES.get(i)).value());
        }
    }

    @Test
    void thereIsAConstantForEachHttpStatusOfTheOriginalAndNoOther() {
        List<Integer> statuses = IntStream.concat(
                        IntStream.of(300, 301, 302, 303, 304, 305, 307),
                        IntStream.concat(IntStream.rangeClosed(400, 417), IntStream.rangeClosed(500, 505)))
                .boxed()
                .toList();
        List<Integer> ours = Arrays.stream(WebErrorStatus.values())
                .map(WebErrorStatus::value)
                .filter(value -> value >= 100)
                .collect(Collectors.toList());
        assertEquals(statuses, ours);
        assertEquals(NAMES.size() + statuses.size(), WebErrorStatus.values().length);
        for (int status : statuses) {
            assertEquals(status, WebErrorStatus.ofHttpStatus(status).value());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "300,MULTIPLE_CHOICES",
        "307,TEMPORARY_REDIRECT",
        "401,UNAUTHORIZED",
        "404,NOT_FOUND",
        "407,PROXY_AUTHENTICATION_REQUIRED",
        "413,REQUEST_ENTITY_TOO_LARGE",
        "414,REQUEST_URI_TOO_LONG",
        "417,EXPECTATION_FAILED",
        "500,INTERNAL_SERVER_ERROR",
        "503,SERVICE_UNAVAILABLE",
        "505,HTTP_VERSION_NOT_SUPPORTED",
        "418,UNEXPECTED_CLIENT_ERROR",
        "429,UNEXPECTED_CLIENT_ERROR",
        "499,UNEXPECTED_CLIENT_ERROR",
        "506,UNEXPECTED_SERVER_ERROR",
        "599,UNEXPECTED_SERVER_ERROR",
        "100,UNEXPECTED_STATUS_CODE",
        "101,UNEXPECTED_STATUS_CODE",
        "200,UNEXPECTED_STATUS_CODE",
        "306,UNEXPECTED_STATUS_CODE",
        "308,UNEXPECTED_STATUS_CODE",
        "600,UNEXPECTED_STATUS_CODE",
        "999,UNEXPECTED_STATUS_CODE",
        "0,UNEXPECTED_STATUS_CODE",
        "7,UNEXPECTED_STATUS_CODE",
        "23,UNEXPECTED_STATUS_CODE",
        "-404,UNEXPECTED_STATUS_CODE",
        "-1,UNEXPECTED_STATUS_CODE"
    })
    void anHttpStatusHasAConstantOrThatOfItsClass(int statusCode, WebErrorStatus expected) {
        assertSame(expected, WebErrorStatus.ofHttpStatus(statusCode));
    }

    @ParameterizedTest
    @EnumSource
    void noTwoConstantsHaveTheSameNumber(WebErrorStatus status) {
        assertEquals(
                List.of(status),
                Arrays.stream(WebErrorStatus.values())
                        .filter(other -> other.value() == status.value())
                        .toList());
    }
}
