package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Known faults at every place of a chain of four, alone and together: the set of errors says exactly these, and each
 * explanation names a certificate that has the fault.
 */
class FaultCombinationsTest {
    private static final int LONGEST_EXPLANATION = 300;

    /** Of the triples so many are tried, others each time. */
    private static final int TRIPLES = 2_000;

    static Stream<Fault> faults() {
        return Faults.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void oneFaultGivesItsErrorAlone(Fault fault) {
        check(List.of(fault));
    }

    @Test
    void twoFaultsGiveTheErrorsOfBoth() {
        int tried = 0;
        for (int i = 0; i < Faults.ALL.size(); i++) {
            for (int k = i + 1; k < Faults.ALL.size(); k++) {
                if (Faults.ALL.get(i).goesWith(Faults.ALL.get(k))) {
                    check(List.of(Faults.ALL.get(i), Faults.ALL.get(k)));
                    tried++;
                }
            }
        }
        assertTrue(tried > 400, "of all pairs only " + tried + " go together");
    }

    @Test
    void threeFaultsGiveTheErrorsOfAll() {
        long seed = Long.getLong("x509.seed", System.nanoTime());
        Random random = new Random(seed);
        int tried = 0;
        while (tried < TRIPLES) {
            List<Fault> triple = random.ints(0, Faults.ALL.size())
                    .distinct()
                    .limit(3)
                    .mapToObj(Faults.ALL::get)
                    .toList();
            if (triple.get(0).goesWith(triple.get(1))
                    && triple.get(0).goesWith(triple.get(2))
                    && triple.get(1).goesWith(triple.get(2))) {
                try {
                    check(triple);
                } catch (AssertionError e) {
                    throw new AssertionError("with -Dx509.seed=" + seed + ": " + e.getMessage(), e);
                }
                tried++;
            }
        }
    }

    /** Trusted, it would be no part of the path (RFC 5280 6.1), so its lack of policies is no fault beside the one it has. */
    @Test
    void aRootThatIsNotTrustedNeedsNoPolicies() {
        ChainOfFour chain = new ChainOfFour();
        PolicyInformation policy = new PolicyInformation(new ASN1ObjectIdentifier("2.999.1"));
        for (CertificateSpec spec : List.of(chain.upper, chain.issuing, chain.server)) {
            spec.extension(Extension.certificatePolicies, false, new CertificatePolicies(policy));
        }
        chain.upper.extension(Extension.policyConstraints, true, new PolicyConstraints(BigInteger.ZERO, null));
        assertEquals(Set.of(), chain.errors());
        chain.anchors.clear();
        chain.sent.add(chain.root);
        assertEquals(Set.of(ChainValidationResult.UNTRUSTED), chain.errors());
    }

    private static void check(List<Fault> faults) {
        ChainOfFour chain = new ChainOfFour();
        Set<ChainValidationResult> expected = EnumSet.noneOf(ChainValidationResult.class);
        for (Fault fault : faults) {
            fault.apply().accept(chain);
            expected.addAll(fault.errors());
        }
        ServerCertificates verdict = chain.verdict();
        Map<ChainValidationResult, String> explanations = verdict.explanations();
        assertEquals(List.copyOf(expected), verdict.errors(), () -> faults + " gave " + explanations);
        explanations.forEach((error, explanation) -> {
            List<String> mentions = new ArrayList<>();
            faults.stream()
                    .filter(fault -> fault.errors().contains(error))
                    .forEach(fault -> mentions.add(fault.mention()));
            assertTrue(
                    mentions.stream().anyMatch(explanation::contains),
                    () -> faults + ": expected one of " + mentions + " in " + explanation);
            assertTrue(explanation.length() <= LONGEST_EXPLANATION, explanation);
            assertTrue(explanation.chars().allMatch(c -> c >= ' ' && c < 0x7f), explanation);
        });
    }
}
