package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The validator on public corpora of chains: C2SP x509-limbo, NIST PKITS and badssl.com. Prints a table for each, and
 * what it disagrees with.
 */
class PublicCasesTest {
    /** No chain may take longer. Of processor time, for the machine may have other things to do. */
    private static final long MOST_MILLIS = 100;

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    @BeforeAll
    static void look() {
        assumeTrue(
                Files.isDirectory(PublicCase.FOLDER),
                () -> "skipped: the corpora are not at " + PublicCase.FOLDER
                        + "; -Dx509.cases=FOLDER names another place");
    }

    /** What came of the cases of one corpus. */
    private static final class Tally {
        int agree;
        final List<String> wronglyAccepted = new ArrayList<>();
        final List<String> wronglyRejected = new ArrayList<>();
        final List<String> missed = new ArrayList<>();
        final List<String> slow = new ArrayList<>();
        int rejections;
        int hits;
        int outside;

        void count(PublicCase row, ServerCertificates verdict, long millis) {
            boolean accepted = verdict.errors().isEmpty();
            if (accepted == row.accept()) {
                agree++;
            } else {
                (accepted ? wronglyAccepted : wronglyRejected).add(row.id() + " " + verdict.explanations());
            }
            if (!accepted && !row.accept()) {
                countCategories(row, verdict);
            }
            if (millis > MOST_MILLIS) {
                slow.add(row.id() + " took " + millis + " ms");
            }
        }

        private void countCategories(PublicCase row, ServerCertificates verdict) {
            Set<ChainValidationResult> allowed = row.categories();
            Set<ChainValidationResult> extra = new HashSet<>(verdict.errors());
            extra.removeAll(allowed);
            rejections++;
            outside += extra.size();
            if (extra.size() < verdict.errors().size()) {
                hits++;
            }
            if (!extra.isEmpty()) {
                missed.add(row.id() + " expected of " + allowed + " but was " + verdict.explanations());
            }
        }

        void print(String name) {
            System.out.printf(
                    Locale.ROOT,
                    "%-22s agree %3d, wrongly accepted %d, wrongly rejected %d; of %d rejections %d name an allowed"
                            + " category, %.3f outside of them on average%n",
                    name,
                    agree,
                    wronglyAccepted.size(),
                    wronglyRejected.size(),
                    rejections,
                    hits,
                    rejections == 0 ? 0 : (double) outside / rejections);
            wronglyAccepted.forEach(id -> System.out.println("  wrongly accepted: " + id));
            wronglyRejected.forEach(id -> System.out.println("  wrongly rejected: " + id));
            missed.forEach(id -> System.out.println("  other category:   " + id));
            slow.forEach(id -> System.out.println("  slow:             " + id));
        }
    }

    @ParameterizedTest
    @CsvSource({"limbo.tsv, true, 0", "pkits.tsv, false, 1", "badssl.tsv, true, 0"})
    void nothingIsWronglyAccepted(String file, boolean weakAlgorithmsRefused, int mostWronglyRejected)
            throws Exception {
        Tally judged = new Tally();
        Tally soft = new Tally();
        for (PublicCase row : PublicCase.of(file)) {
            ValidationRequest request = row.request(weakAlgorithmsRefused);
            ChainValidator.validate(request); // classes are loaded, code is compiled
            long start = CLOCK.getCurrentThreadCpuTime();
            ServerCertificates verdict = ChainValidator.validate(row.request(weakAlgorithmsRefused));
            (row.judged() ? judged : soft).count(row, verdict, (CLOCK.getCurrentThreadCpuTime() - start) / 1_000_000);
        }
        judged.print(file + " judged");
        soft.print(file + " soft");
        assertAll(
                () -> assertEquals(List.of(), judged.wronglyAccepted, "wrongly accepted"),
                () -> assertTrue(
                        judged.wronglyRejected.size() <= mostWronglyRejected,
                        () -> "wrongly rejected: " + judged.wronglyRejected),
                () -> assertEquals(List.of(), judged.slow, "slow"),
                () -> assertEquals(List.of(), soft.slow, "slow"),
                () -> assertTrue(
                        judged.hits >= 0.95 * judged.rejections, () -> "allowed categories hit: " + judged.hits),
                () -> assertTrue(
                        judged.outside <= 0.1 * judged.rejections, () -> "categories outside: " + judged.outside));
    }
}
