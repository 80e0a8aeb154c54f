package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.ChainValidationResult;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates of certificates, to the second (RFC 5280 4.1.2.5), and how they are told. */
class ValidityStepTest {

    /** Valid from the beginning of February to the last second of it. */
    private static CertificateSpec february(CertificateSpec spec) {
        spec.notBefore = Instant.parse("2026-02-01T00:00:00Z");
        spec.notAfter = Instant.parse("2026-02-28T23:59:59Z");
        return spec;
    }

    private static String explanation(Path path, String time) {
        Findings findings = new Findings();
        ValidityStep.check(path, Instant.parse(time), findings);
        return findings.explanations().getOrDefault(ChainValidationResult.EXPIRED, "");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-01T00:00:00Z, ''",
        "2026-02-14T12:00:00.123Z, ''",
        "2026-02-28T23:59:59Z, ''",
        "2026-02-28T23:59:59.999Z, ''",
        "2026-03-01T00:00:00Z, 'ended 2026-02-28T23:59:59Z, 1 minute ago'",
        "2026-03-01T00:02:59Z, 'ended 2026-02-28T23:59:59Z, 3 minutes ago'",
        "2026-03-01T00:59:59Z, 'ended 2026-02-28T23:59:59Z, 1 hour ago'",
        "2026-03-01T23:59:58Z, 'ended 2026-02-28T23:59:59Z, 23 hours ago'",
        "2026-03-01T23:59:59Z, 'ended 2026-02-28, 1 day ago'",
        "2027-01-18T12:00:00Z, 'ended 2026-02-28, 323 days ago'",
        "2026-01-31T23:59:59Z, 'begins 2026-02-01T00:00:00Z, in 1 minute'",
        "2026-01-31T23:59:59.999Z, 'begins 2026-02-01T00:00:00Z, in 1 minute'",
        "2026-01-31T22:00:00Z, 'begins 2026-02-01T00:00:00Z, in 2 hours'",
        "2026-01-22T00:00:00Z, 'begins 2026-02-01, in 10 days'"
    })
    void bothEndsBelongToTheTime(String time, String expected) {
        Certificate server =
                february(CertificateSpec.server("a.example", "Root")).issue();
        assertEquals(expected, explanation(new Path(List.of(server), null, false, List.of()), time));
    }

    @ParameterizedTest
    @CsvSource({"2026-02-14T12:00:00Z, ''", "2026-03-10T12:00:00Z, 'CN=Issuing ended 2026-02-28, 9 days ago'"})
    void anAuthorityIsNamed(String time, String expected) {
        Path path = new Path(
                List.of(
                        CertificateSpec.server("a.example", "Issuing").issue(),
                        february(CertificateSpec.authority("Issuing", "Root")).issue()),
                null,
                false,
                List.of());
        assertEquals(expected, explanation(path, time));
    }

    @ParameterizedTest
    @CsvSource({"1950-01-01T00:00:00Z", "2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "9999-12-31T23:59:59Z"})
    void bothFormsOfDatesAreRead(String end) {
        CertificateSpec spec = CertificateSpec.server("a.example", "Root");
        spec.notAfter = Instant.parse(end);
        assertEquals(spec.notAfter, spec.issue().notAfter());
    }

    @ParameterizedTest
    @CsvSource({"2026-01-15T00:00:00Z, begins", "2026-03-15T00:00:00Z, ended", "2026-02-15T00:00:00Z, begins"})
    void whatEndsBeforeItBeginsIsNeverValid(String time, String expected) {
        CertificateSpec spec = CertificateSpec.server("a.example", "Root");
        spec.notBefore = Instant.parse("2026-02-28T00:00:00Z");
        spec.notAfter = Instant.parse("2026-02-01T00:00:00Z");
        assertEquals(
                expected,
                explanation(new Path(List.of(spec.issue()), null, false, List.of()), time)
                        .split(" ", 2)[0]);
    }
}
