package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.ChainValidationResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading what a server sends, which may be anything. */
class CertificateTest {
    /** Fixed, so that a failure comes again. */
    private static final long SEED = 20_260_301;

    @Test
    void aCertificateIsWhatItsBytesAre() {
        byte[] der = new ChainOfFour().server.encoded();
        Certificate certificate = Certificate.of(der);
        assertFalse(certificate.malformed());
        assertEquals(certificate, Certificate.of(certificate.jca().orElseThrow()));
        assertEquals(certificate.hashCode(), Certificate.of(der.clone()).hashCode());
        assertEquals("Certificate[CN=a.example]", certificate.toString());
        assertEquals("CN=a.example", certificate.shown());
    }

    @Test
    void whatIsCutAnywhereIsMalformed() {
        byte[] der = new ChainOfFour().server.encoded();
        for (int length = 0; length < der.length; length++) {
            Certificate cut = Certificate.of(Arrays.copyOf(der, length));
            assertTrue(cut.malformed(), "cut at " + length);
            assertTrue(cut.jca().isEmpty(), "cut at " + length);
            assertEquals("Certificate[malformed]", cut.toString());
        }
    }

    @Test
    void garbageIsMalformed() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            if (i % 2 == 0 && garbage.length > 1) { // some of it begins well
                garbage[0] = 0x30;
                garbage[1] = (byte) (garbage.length - 2);
            }
            assertTrue(Certificate.of(garbage).malformed());
        }
    }

    @Test
    void aServersMalformedCertificateIsAnErrorAndOneBesideItIsNot() {
        ChainOfFour chain = new ChainOfFour();
        Certificate malformed = Certificate.of(new byte[] {1, 2, 3});
        assertEquals(
                List.of(ChainValidationResult.OTHER_ERRORS),
                chain.verdict(List.of(malformed, chain.issuing.issue(), chain.upper.issue()))
                        .errors());
        assertEquals(
                List.of(),
                chain.verdict(List.of(chain.server.issue(), malformed, chain.issuing.issue(), chain.upper.issue()))
                        .errors());
        assertEquals(
                List.of(ChainValidationResult.INCOMPLETE_CHAIN, ChainValidationResult.OTHER_ERRORS),
                chain.verdict(List.of(chain.server.issue(), malformed, chain.upper.issue()))
                        .errors());
    }

    /** Every single byte of every certificate, changed at random, some twice: never an exception, never taken for good. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aChangedByteIsAlwaysFound(int which) {
        ChainOfFour chain = new ChainOfFour();
        chain.server.names(
                new GeneralName(GeneralName.dNSName, "a.example"),
                new GeneralName(GeneralName.iPAddress, "192.0.2.1"),
                new GeneralName(GeneralName.uniformResourceIdentifier, "https://a.example"));
        chain.issuing.extension(Extension.nameConstraints, true, Faults.permitted("example"));
        List<byte[]> good = List.of(chain.server.encoded(), chain.issuing.encoded(), chain.upper.encoded());
        Random random = new Random(SEED + which);
        byte[] original = good.get(which);
        for (int i = 0; i < 700; i++) {
            int at = i < original.length ? i : random.nextInt(original.length);
            byte[] changed = original.clone();
            changed[at] ^= (byte) (1 + random.nextInt(255));
            List<Certificate> sent =
                    new ArrayList<>(good.stream().map(Certificate::of).toList());
            sent.set(which, Certificate.of(changed));
            assertFalse(
                    chain.verdict(sent).errors().isEmpty(),
                    () -> "byte " + at + " from " + original[at] + " to " + changed[at]);
        }
    }
}
