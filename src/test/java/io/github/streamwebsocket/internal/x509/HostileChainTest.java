package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains of somebody who wants to be taken for another, or to keep us busy. */
class HostileChainTest {
    private static final int MUTATIONS = 1_000;

    private static ServerCertificates judge(ChainSpec spec, List<Certificate> sent) {
        return ChainValidator.validate(spec.request(
                sent, new TrustAnchors(List.of(spec.rootCertificate().jca().orElseThrow()))));
    }

    /** Bytes that are flipped, left out or put in, in any certificate of a good chain. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void noAccidentMakesItGoodOrThrows(long seed) {
        Random random = new Random(seed);
        ChainSpec spec = new ChainSpec();
        List<Certificate> good = spec.sent();
        for (int i = 0; i < MUTATIONS; i++) {
            List<Certificate> sent = new ArrayList<>(good);
            int index = random.nextInt(sent.size());
            byte[] mutated = mutated(sent.get(index).encoded(), random);
            sent.set(index, Certificate.of(mutated));
            int round = i;
            if (!same(mutated, good.get(index).encoded())) {
                ServerCertificates verdict = judge(spec, sent);
                assertFalse(verdict.errors().isEmpty(), () -> "seed " + seed + ", mutation " + round);
            }
        }
    }

    /** BER has several ways to write one thing, such as TRUE; a signature is about the one of DER. */
    private static boolean same(byte[] mutated, byte[] good) {
        try {
            return Arrays.equals(ASN1Primitive.fromByteArray(mutated).getEncoded(ASN1Encoding.DER), good);
        } catch (IOException | RuntimeException malformed) { // BouncyCastle's parser throws those
            return false;
        }
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        int kind = random.nextInt(4);
        if (kind == 0) {
            return Arrays.copyOf(bytes, at);
        }
        if (kind == 1) {
            byte[] longer = new byte[bytes.length + 1];
            System.arraycopy(bytes, 0, longer, 0, at);
            longer[at] = (byte) random.nextInt(256);
            System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
            return longer;
        }
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    /** Somebody with a good certificate for another host issues one for the host that is asked for. */
    @Test
    void aServersCertificateIssuesNothing() {
        ChainSpec spec = new ChainSpec();
        KeyPair keys = ChainSpec.keys("EC", 256);
        ChainSpec.Entity mallory = new ChainSpec.Entity("mallory", keys, false);
        mallory.names = "mallory.example";
        ChainSpec.Entity forged = new ChainSpec.Entity("server", ChainSpec.SERVER, false);
        forged.names = ChainSpec.HOST;
        Certificate malloryCertificate = ChainSpec.make(mallory, spec.authority);
        Certificate forgedCertificate = ChainSpec.make(forged, mallory);
        assertEquals(
                List.of(ChainValidationResult.WRONG_USAGE, ChainValidationResult.BASIC_CONSTRAINTS_ERROR),
                judge(spec, List.of(forgedCertificate, malloryCertificate, spec.authorityCertificate()))
                        .errors());
        // and beside it an authority of the same name and key, signed by itself
        ChainSpec.Entity selfMade = new ChainSpec.Entity("mallory", keys, true);
        Certificate selfSigned = ChainSpec.make(selfMade, selfMade);
        for (List<Certificate> sent : List.of(
                List.of(forgedCertificate, selfSigned, malloryCertificate, spec.authorityCertificate()),
                List.of(forgedCertificate, malloryCertificate, selfSigned, spec.authorityCertificate()))) {
            assertEquals(
                    Set.of(ChainValidationResult.WRONG_USAGE, ChainValidationResult.BASIC_CONSTRAINTS_ERROR),
                    Set.copyOf(judge(spec, sent).errors()));
        }
    }

    @Test
    void theNameOfTheAnchorIsNotItsKey() {
        ChainSpec spec = new ChainSpec();
        ChainSpec forged = new ChainSpec();
        forged.root.keys = ChainSpec.keys("EC", 256);
        forged.rootSent = true;
        assertEquals(
                List.of(ChainValidationResult.UNTRUSTED),
                judge(spec, forged.sent()).errors());
        forged.rootSent = false;
        assertEquals(
                List.of(ChainValidationResult.INCOMPLETE_CHAIN),
                judge(spec, forged.sent()).errors());
    }

    /** Each names the other as its issuer, and truly so. */
    @Test
    void aCircleEnds() {
        ChainSpec spec = new ChainSpec();
        ChainSpec.Entity one = new ChainSpec.Entity("One", ChainSpec.keys("EC", 256), true);
        ChainSpec.Entity two = new ChainSpec.Entity("Two", ChainSpec.keys("EC", 256), true);
        Certificate server = ChainSpec.make(spec.server, one);
        assertEquals(
                List.of(ChainValidationResult.INCOMPLETE_CHAIN),
                judge(spec, List.of(server, ChainSpec.make(one, two), ChainSpec.make(two, one)))
                        .errors());
    }

    /** Of processor time, for the machine may have other things to do. */
    private static long millis(Runnable work) {
        work.run(); // classes are loaded
        var clock = ManagementFactory.getThreadMXBean();
        long start = clock.getCurrentThreadCpuTime();
        work.run();
        return (clock.getCurrentThreadCpuTime() - start) / 1_000_000;
    }

    /** Authorities of one name with many keys, each certified by each: more ways than anybody can walk. */
    @Test
    void aMazeIsLeftSoon() {
        ChainSpec spec = new ChainSpec();
        List<ChainSpec.Entity> authorities = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            authorities.add(new ChainSpec.Entity("Maze", ChainSpec.keys("EC", 256), true));
        }
        List<Certificate> sent = new ArrayList<>();
        sent.add(ChainSpec.make(spec.server, authorities.get(0)));
        for (ChainSpec.Entity subject : authorities) {
            for (ChainSpec.Entity issuer : authorities) {
                sent.add(ChainSpec.make(subject, issuer));
            }
        }
        long millis = millis(() -> assertFalse(judge(spec, sent).errors().isEmpty()));
        assertTrue(millis < 100, () -> "took " + millis + " ms");
    }

    /** Of the same name and other keys: the right one is found although it comes last. */
    @Test
    void superfluousCertificatesDoNotHideTheWay() {
        ChainSpec spec = new ChainSpec();
        List<Certificate> sent = new ArrayList<>();
        sent.add(spec.serverCertificate());
        for (int i = 0; i < 30; i++) {
            ChainSpec.Entity other = new ChainSpec.Entity("Authority", ChainSpec.keys("EC", 256), true);
            other.purpose = KeyPurposeId.id_kp_clientAuth;
            sent.add(ChainSpec.make(other, spec.root));
        }
        sent.add(spec.authorityCertificate());
        assertEquals(List.of(), judge(spec, sent).errors());
    }

    @Test
    void nestedNonsenseIsMalformedAndNoMore() {
        byte[] deep = new byte[100_000];
        for (int i = 0; i < deep.length; i += 2) {
            deep[i] = 0x30;
            deep[i + 1] = (byte) 0x80;
        }
        assertEquals(
                List.of(ChainValidationResult.OTHER_ERRORS),
                judge(new ChainSpec(), List.of(Certificate.of(deep))).errors());
    }
}
