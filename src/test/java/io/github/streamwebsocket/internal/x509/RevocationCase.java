package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.Revocation;
import java.security.cert.X509CRL;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A path and what there is to look at, for tests of revocation. */
final class RevocationCase {
    private final List<Certificate> certificates;
    private final @Nullable Certificate anchor;
    private final List<Certificate> others = new ArrayList<>();
    private final List<byte[]> stapled = new ArrayList<>();
    private final List<byte[]> responses = new ArrayList<>();
    private final List<X509CRL> lists = new ArrayList<>();
    private Revocation mode = Revocation.REQUIRED;
    private Instant time = StatusAuthority.NOW;
    private boolean weakRefused = true;

    private RevocationCase(List<Certificate> certificates, @Nullable Certificate anchor) {
        this.certificates = certificates;
        this.anchor = anchor;
    }

    /** A path of certificates, the anchor last. */
    static RevocationCase path(StatusAuthority.Holder leaf, StatusAuthority... authorities) {
        List<Certificate> all = new ArrayList<>(List.of(leaf.certificate()));
        List.of(authorities).forEach(authority -> all.add(authority.certificate()));
        return new RevocationCase(all.subList(0, all.size() - 1), all.get(all.size() - 1));
    }

    static RevocationCase withoutAnchor(Certificate... certificates) {
        return new RevocationCase(List.of(certificates), null);
    }

    RevocationCase mode(Revocation other) {
        mode = other;
        return this;
    }

    RevocationCase at(Instant other) {
        time = other;
        return this;
    }

    RevocationCase weakAllowed() {
        weakRefused = false;
        return this;
    }

    RevocationCase stapled(byte[]... der) {
        stapled.addAll(List.of(der));
        return this;
    }

    RevocationCase given(byte[]... der) {
        responses.addAll(List.of(der));
        return this;
    }

    RevocationCase given(X509CRL... crls) {
        lists.addAll(List.of(crls));
        return this;
    }

    /** Sent beside the path. */
    RevocationCase sent(StatusAuthority.Holder... holders) {
        List.of(holders).forEach(holder -> others.add(holder.certificate()));
        return this;
    }

    void isGood() {
        assertEquals(Map.of(), check());
    }

    /** This error and no other, explained in these words. */
    void is(ChainValidationResult error, String... words) {
        Map<ChainValidationResult, String> found = check();
        assertEquals(Set.of(error), found.keySet(), found.toString());
        for (String word : words) {
            assertTrue(found.get(error).contains(word), () -> "expected \"" + word + "\" in: " + found.get(error));
        }
    }

    Map<ChainValidationResult, String> check() {
        List<Certificate> sent = new ArrayList<>(certificates);
        sent.addAll(others);
        ValidationRequest request = new ValidationRequest(
                sent,
                null,
                new TrustAnchors(List.of()),
                time,
                ValidationPolicy.tlsServer(weakRefused, ValidationPolicy.KeyUse.DIGITAL_SIGNATURE),
                new RevocationMaterial(mode, lists, responses, stapled));
        Findings findings = new Findings();
        RevocationStep.check(new Path(certificates, anchor, false, List.of()), request, findings);
        return findings.explanations();
    }
}
