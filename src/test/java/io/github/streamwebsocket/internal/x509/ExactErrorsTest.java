package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.Revocation;
import io.github.streamwebsocket.ServerCertificates;
import java.security.KeyPair;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The set of errors is exact: chains with one, two and three known faults give just those. */
class ExactErrorsTest {

    /** What a fault changes: two that change the same, or of which one hides the other, do not go together. */
    private enum Part {
        END,
        ROOT_KEY,
        AUTHORITY,
        SERVER_SIGNATURE,
        SERVER_TIME,
        SERVER_KEY,
        AUTHORITY_TIME,
        NAMES,
        REVOCATION
    }

    /** One fault, what it must be called, and what of the chain it needs for itself. */
    @SuppressWarnings("ImmutableEnumChecker") // the sets and changes are not changed
    enum Fault {
        UNTRUSTED_ROOT(ChainValidationResult.UNTRUSTED, EnumSet.of(Part.END), spec -> {
            spec.rootTrusted = false;
            spec.rootSent = true;
        }),
        ROOT_NOT_SENT_NOR_TRUSTED(
                ChainValidationResult.INCOMPLETE_CHAIN,
                EnumSet.of(Part.END, Part.ROOT_KEY),
                spec -> spec.rootTrusted = false),
        // Who is not there has no faults, and without its key nothing it signed can be verified.
        AUTHORITY_NOT_SENT(
                ChainValidationResult.INCOMPLETE_CHAIN,
                EnumSet.of(Part.END, Part.AUTHORITY, Part.AUTHORITY_TIME, Part.SERVER_SIGNATURE, Part.REVOCATION),
                spec -> spec.authoritySent = false),
        SERVER_EXPIRED(
                ChainValidationResult.EXPIRED,
                EnumSet.of(Part.SERVER_TIME),
                spec -> spec.server.notAfter = ChainSpec.NOW.minus(3, ChronoUnit.DAYS)),
        SERVER_NOT_YET_VALID(
                ChainValidationResult.EXPIRED,
                EnumSet.of(Part.SERVER_TIME),
                spec -> spec.server.notBefore = ChainSpec.NOW.plus(3, ChronoUnit.DAYS)),
        AUTHORITY_EXPIRED(
                ChainValidationResult.EXPIRED,
                EnumSet.of(Part.AUTHORITY_TIME),
                spec -> spec.authority.notAfter = ChainSpec.NOW.minus(1, ChronoUnit.DAYS)),
        WRONG_HOST(ChainValidationResult.INVALID_NAME, EnumSet.of(Part.NAMES), spec -> spec.host = "other.example.org"),
        AUTHORITY_MAY_NOT_VOUCH(
                ChainValidationResult.INVALID_NAME,
                EnumSet.of(Part.NAMES, Part.AUTHORITY),
                spec -> spec.authority.permitted = "example.com"),
        ANCHOR_MAY_NOT_VOUCH(
                ChainValidationResult.INVALID_NAME,
                EnumSet.of(Part.NAMES, Part.END),
                spec -> spec.root.permitted = "example.com"),
        SERVER_FOR_CLIENTS(
                ChainValidationResult.WRONG_USAGE,
                EnumSet.noneOf(Part.class),
                spec -> spec.server.purpose = KeyPurposeId.id_kp_clientAuth),
        AUTHORITY_FOR_CLIENTS(
                ChainValidationResult.WRONG_USAGE,
                EnumSet.of(Part.AUTHORITY),
                spec -> spec.authority.purpose = KeyPurposeId.id_kp_clientAuth),
        SERVER_MAY_NOT_SIGN(
                ChainValidationResult.WRONG_USAGE,
                EnumSet.noneOf(Part.class),
                spec -> spec.server.keyUsage = KeyUsage.keyAgreement),
        AUTHORITY_MAY_NOT_SIGN(
                ChainValidationResult.WRONG_USAGE,
                EnumSet.of(Part.AUTHORITY),
                spec -> spec.authority.keyUsage = KeyUsage.cRLSign),
        NO_AUTHORITY(
                ChainValidationResult.BASIC_CONSTRAINTS_ERROR,
                EnumSet.of(Part.AUTHORITY),
                spec -> spec.authority.ca = false),
        PATH_TOO_LONG(ChainValidationResult.BASIC_CONSTRAINTS_ERROR, EnumSet.of(Part.AUTHORITY), spec -> {
            spec.authority.pathLength = 0;
            spec.hasLower = true;
        }),
        UNKNOWN_IN_SERVER(
                ChainValidationResult.UNKNOWN_CRITICAL_EXTENSION,
                EnumSet.noneOf(Part.class),
                spec -> spec.server.unknownCritical = true),
        UNKNOWN_IN_AUTHORITY(
                ChainValidationResult.UNKNOWN_CRITICAL_EXTENSION,
                EnumSet.of(Part.AUTHORITY),
                spec -> spec.authority.unknownCritical = true),
        SERVER_FORGED(
                ChainValidationResult.INVALID_SIGNATURE,
                EnumSet.of(Part.SERVER_SIGNATURE),
                spec -> spec.server.corrupt = true),
        // Of an authority whose issuer is not there nobody can tell that it is forged.
        AUTHORITY_FORGED(
                ChainValidationResult.INVALID_SIGNATURE,
                EnumSet.of(Part.AUTHORITY, Part.ROOT_KEY),
                spec -> spec.authority.corrupt = true),
        SERVER_SIGNED_WEAKLY(
                ChainValidationResult.OTHER_ERRORS, EnumSet.noneOf(Part.class), spec -> spec.server.hash = "SHA1"),
        AUTHORITY_SIGNED_WEAKLY(
                ChainValidationResult.OTHER_ERRORS, EnumSet.of(Part.AUTHORITY), spec -> spec.authority.hash = "SHA1"),
        SERVER_KEY_WEAK(
                ChainValidationResult.OTHER_ERRORS,
                EnumSet.of(Part.SERVER_KEY),
                spec -> spec.server.keys = ChainSpec.WEAK_RSA),
        SERVER_MALFORMED(
                ChainValidationResult.OTHER_ERRORS, EnumSet.noneOf(Part.class), spec -> spec.server.malformed = true),
        POLICY_DEMANDED(
                ChainValidationResult.INVALID_CERTIFICATE_AUTHORITY_POLICY,
                EnumSet.of(Part.AUTHORITY),
                spec -> spec.authority.explicitPolicy = true),
        SERVER_REVOKED(ChainValidationResult.REVOKED, EnumSet.of(Part.REVOCATION), spec -> {
            spec.revocation = Revocation.STAPLED;
            spec.revoked = true;
        }),
        NOTHING_TELLS(
                ChainValidationResult.REVOCATION_INFORMATION_MISSING,
                EnumSet.of(Part.REVOCATION),
                spec -> spec.revocation = Revocation.REQUIRED),
        LIST_ENDED(ChainValidationResult.REVOCATION_FAILURE, EnumSet.of(Part.REVOCATION), spec -> {
            spec.revocation = Revocation.STAPLED;
            spec.listEnded = true;
        });

        private final ChainValidationResult result;
        private final Set<Part> parts;
        private final Consumer<ChainSpec> change;

        Fault(ChainValidationResult result, Set<Part> parts, Consumer<ChainSpec> change) {
            this.result = result;
            this.parts = parts;
            this.change = change;
        }

        boolean goesWith(Fault other) {
            return Collections.disjoint(parts, other.parts);
        }
    }

    private static void assertExact(Fault... faults) {
        ChainSpec spec = new ChainSpec();
        Set<ChainValidationResult> expected = EnumSet.noneOf(ChainValidationResult.class);
        for (Fault fault : faults) {
            fault.change.accept(spec);
            expected.add(fault.result);
        }
        ServerCertificates verdict = ChainValidator.validate(spec.request());
        assertEquals(
                List.copyOf(expected), verdict.errors(), () -> Arrays.toString(faults) + " " + verdict.explanations());
        verdict.explanations()
                .values()
                .forEach(text -> assertTrue(text.matches("[ -~]{1,300}"), () -> "an explanation: " + text));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void oneFault(Fault fault) {
        assertExact(fault);
    }

    @Test
    void twoFaults() {
        int count = 0;
        for (Fault first : Fault.values()) {
            for (Fault second : Fault.values()) {
                if (first.compareTo(second) < 0 && first.goesWith(second)) {
                    assertExact(first, second);
                    count++;
                }
            }
        }
        assertTrue(count > 200, "pairs: " + count);
    }

    @Test
    void threeFaults() {
        int count = 0;
        for (Fault first : Fault.values()) {
            for (Fault second : Fault.values()) {
                for (Fault third : Fault.values()) {
                    boolean ordered = first.compareTo(second) < 0 && second.compareTo(third) < 0;
                    if (ordered && first.goesWith(second) && second.goesWith(third) && first.goesWith(third)) {
                        assertExact(first, second, third);
                        count++;
                    }
                }
            }
        }
        assertTrue(count > 1_000, "triples: " + count);
    }

    private static void assertGood(ChainSpec spec, List<Certificate> sent, Certificate... anchors) {
        TrustAnchors trusted = new TrustAnchors(
                Arrays.stream(anchors).map(anchor -> anchor.jca().orElseThrow()).toList());
        ServerCertificates verdict = ChainValidator.validate(spec.request(sent, trusted));
        assertEquals(List.of(), verdict.errors(), () -> verdict.explanations().toString());
    }

    @Test
    void anyOrderAndAnythingBesideIsGood() {
        ChainSpec spec = new ChainSpec();
        spec.hasLower = true;
        spec.rootSent = true;
        List<Certificate> sent = new ArrayList<>(spec.sent());
        Collections.reverse(sent.subList(1, sent.size()));
        assertGood(spec, sent, spec.rootCertificate());
        sent.addAll(spec.sent()); // all of it twice
        ChainSpec stranger = new ChainSpec();
        stranger.root.keys = ChainSpec.keys("EC", 256);
        stranger.authority.keys = ChainSpec.keys("EC", 256);
        sent.addAll(1, List.of(stranger.rootCertificate(), stranger.authorityCertificate())); // of the same names
        sent.add(Certificate.of(new byte[] {1, 2, 3}));
        assertGood(spec, sent, spec.rootCertificate());
    }

    @Test
    void anchorsAreTrustedByNameAndKeyWhateverElseTheySay() {
        ChainSpec spec = new ChainSpec();
        spec.root.notAfter = ChainSpec.NOW.minus(1, ChronoUnit.DAYS);
        spec.root.ca = false;
        spec.root.keyUsage = KeyUsage.digitalSignature;
        spec.root.purpose = KeyPurposeId.id_kp_clientAuth;
        spec.root.unknownCritical = true;
        spec.root.hash = "SHA1";
        assertGood(spec, spec.sent(), spec.rootCertificate());
        assertGood(spec, List.of(spec.serverCertificate()), spec.authorityCertificate());
        assertGood(spec, List.of(spec.serverCertificate()), spec.serverCertificate());
    }

    /** The old way leads to a root that is not trusted any more, or through a certificate that has ended. */
    @Test
    void oneGoodWayAmongSeveralIsEnough() {
        ChainSpec spec = new ChainSpec();
        ChainSpec ended = new ChainSpec();
        ended.authority.notAfter = ChainSpec.NOW.minus(1, ChronoUnit.DAYS);
        ChainSpec elsewhere = new ChainSpec();
        elsewhere.root.keys = ChainSpec.keys("EC", 256);
        List<Certificate> sent = List.of(
                spec.serverCertificate(),
                ended.authorityCertificate(),
                elsewhere.authorityCertificate(),
                elsewhere.rootCertificate(),
                spec.authorityCertificate());
        assertGood(spec, sent, spec.rootCertificate());
    }

    /** RFC 4210 4.4: the new key is certified with the old one. */
    @Test
    void aRolledOverKeyIsGood() {
        ChainSpec spec = new ChainSpec();
        KeyPair newKeys = ChainSpec.keys("EC", 256);
        ChainSpec.Entity newRoot = new ChainSpec.Entity("Root", newKeys, true);
        Certificate newWithOld = ChainSpec.make(newRoot, spec.root);
        Certificate authority = ChainSpec.make(spec.authority, newRoot);
        assertGood(spec, List.of(spec.serverCertificate(), authority, newWithOld), spec.rootCertificate());
    }
}
