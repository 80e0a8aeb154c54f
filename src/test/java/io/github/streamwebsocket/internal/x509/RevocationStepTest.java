package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.ChainValidationResult.REVOCATION_FAILURE;
import static io.github.streamwebsocket.ChainValidationResult.REVOCATION_INFORMATION_MISSING;
import static io.github.streamwebsocket.ChainValidationResult.REVOKED;
import static io.github.streamwebsocket.internal.x509.CrlMaker.list;
import static io.github.streamwebsocket.internal.x509.OcspMaker.response;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.Revocation;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.CRLReason;
import org.junit.jupiter.api.Test;

class RevocationStepTest {
    private static final StatusAuthority ROOT = StatusAuthority.root("Root");
    private static final StatusAuthority BELOW = ROOT.below("Below");
    private static final StatusAuthority STRANGER = StatusAuthority.root("Stranger");
    private static final StatusAuthority.Holder LEAF = BELOW.issue("server");
    private static final StatusAuthority.With MUST_STAPLE = new StatusAuthority.With(
            new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24"), false, new DERSequence(new ASN1Integer(5)));

    private static RevocationCase path() {
        return RevocationCase.path(LEAF, BELOW, ROOT);
    }

    @Test
    void nothingIsLookedAtUnlessAskedFor() {
        StatusAuthority.Holder demanding = BELOW.issue("server", MUST_STAPLE);
        RevocationCase.path(demanding, BELOW, ROOT)
                .mode(Revocation.NONE)
                .given(list(BELOW)
                        .revoking(demanding, -3, CRLReason.keyCompromise)
                        .make())
                .stapled(new byte[3])
                .isGood();
    }

    @Test
    void whereNothingIsThereNothingIsMissingUnlessItIsRequired() {
        path().mode(Revocation.STAPLED).isGood();
        path().is(REVOCATION_INFORMATION_MISSING, "the server's certificate");
    }

    @Test
    void everyCertificateBelowTheAnchorNeedsProof() throws Exception {
        byte[] leafIsGood = response(BELOW, LEAF).der();
        path().stapled(leafIsGood).is(REVOCATION_INFORMATION_MISSING, "CN=Below");
        path().stapled(leafIsGood).given(list(ROOT).make()).isGood();
        path().stapled(leafIsGood, response(ROOT, BELOW.self).der()).isGood();
        path().given(list(BELOW).make(), list(ROOT).make()).isGood();
    }

    @Test
    void anAuthorityMayBeRevoked() {
        path().given(list(BELOW).make())
                .given(list(ROOT)
                        .revoking(BELOW.self, -8, CRLReason.cACompromise)
                        .make())
                .is(REVOKED, "CN=Below was revoked on 2026-02-21, cACompromise");
    }

    @Test
    void anAnchorIsNotLookedUp() {
        RevocationCase.path(ROOT.self, ROOT)
                .given(list(ROOT)
                        .revoking(ROOT.self, -8, CRLReason.keyCompromise)
                        .make())
                .isGood();
        RevocationCase.path(LEAF, BELOW)
                .given(list(BELOW).make())
                .given(list(ROOT)
                        .revoking(BELOW.self, -8, CRLReason.keyCompromise)
                        .make())
                .isGood();
    }

    @Test
    void whatIsThereIsCheckedAlsoWhereNothingIsRequired() throws Exception {
        path().mode(Revocation.STAPLED)
                .stapled(response(BELOW, LEAF).forgedBy(STRANGER.self).der())
                .is(REVOCATION_FAILURE, "nothing tells reliably", "the stapled OCSP response");
        path().mode(Revocation.STAPLED)
                .given(list(BELOW.self, -9, -3).make())
                .is(REVOCATION_FAILURE, "the CRL ended 2026-02-26");
        path().mode(Revocation.STAPLED)
                .given(list(BELOW).revoking(LEAF, -3, CRLReason.keyCompromise).make())
                .is(REVOKED);
    }

    @Test
    void oneGoodAnswerIsEnough() throws Exception {
        path().mode(Revocation.STAPLED)
                .stapled(response(BELOW, LEAF).valid(-9, -3).der())
                .given(list(BELOW).make())
                .isGood();
        path().mode(Revocation.STAPLED)
                .stapled(response(BELOW, LEAF).der())
                .given(list(BELOW).signedBy(STRANGER.self).make())
                .isGood();
        path().mode(Revocation.STAPLED)
                .stapled(new byte[3])
                .given(response(BELOW, LEAF).der())
                .isGood();
    }

    @Test
    void whoSaysRevokedDecides() throws Exception {
        byte[] good = response(BELOW, LEAF).der();
        byte[] revoked =
                response(BELOW, LEAF).revoked(-3, CRLReason.keyCompromise).der();
        path().mode(Revocation.STAPLED).stapled(good).given(revoked).is(REVOKED);
        path().mode(Revocation.STAPLED).stapled(revoked).given(good).is(REVOKED);
        path().mode(Revocation.STAPLED)
                .stapled(good)
                .given(list(BELOW).revoking(LEAF, -3, CRLReason.superseded).make())
                .is(REVOKED, "superseded");
        byte[] forged = response(BELOW, LEAF)
                .forgedBy(STRANGER.self)
                .revoked(-3, CRLReason.keyCompromise)
                .der();
        path().mode(Revocation.STAPLED).stapled(good).given(forged).isGood();
    }

    @Test
    void severalErrorsAreAllTold() throws Exception {
        assertEquals(
                Set.of(REVOKED, REVOCATION_FAILURE),
                path().stapled(response(BELOW, LEAF).valid(-9, -3).der())
                        .given(list(ROOT)
                                .revoking(BELOW.self, -8, CRLReason.cACompromise)
                                .make())
                        .check()
                        .keySet());
        assertEquals(
                Set.of(REVOCATION_INFORMATION_MISSING, REVOCATION_FAILURE),
                path().stapled(response(BELOW, LEAF).valid(-9, -3).der())
                        .check()
                        .keySet());
    }

    @Test
    void aStapledResponseIsMatchedByWhatItSaysNotByItsPlace() throws Exception {
        path().stapled(response(ROOT, BELOW.self).der(), response(BELOW, LEAF).der())
                .isGood();
        path().stapled(new byte[0], response(ROOT, BELOW.self).der())
                .given(list(BELOW).make())
                .isGood();
    }

    @Test
    void aCertificateMayDemandAStapledResponse() throws Exception {
        StatusAuthority.Holder demanding = BELOW.issue("server", MUST_STAPLE);
        byte[] good = response(BELOW, demanding).der();
        RevocationCase.path(demanding, BELOW, ROOT)
                .mode(Revocation.STAPLED)
                .is(REVOCATION_INFORMATION_MISSING, "demands a stapled OCSP response", "there is none");
        RevocationCase.path(demanding, BELOW, ROOT)
                .mode(Revocation.STAPLED)
                .stapled(good)
                .isGood();
        RevocationCase.path(demanding, BELOW, ROOT)
                .mode(Revocation.STAPLED)
                .given(good)
                .is(REVOCATION_INFORMATION_MISSING, "demands");
        RevocationCase.path(demanding, BELOW, ROOT)
                .mode(Revocation.STAPLED)
                .stapled(response(BELOW, demanding).valid(-9, -3).der())
                .is(REVOCATION_FAILURE, "ended 2026-02-26");
        RevocationCase.path(demanding, BELOW, ROOT)
                .mode(Revocation.STAPLED)
                .stapled(response(BELOW, demanding).valid(-9, -3).der())
                .given(list(BELOW).make())
                .is(REVOCATION_INFORMATION_MISSING, "demands", "ended 2026-02-26");
        RevocationCase.path(demanding, BELOW, ROOT)
                .mode(Revocation.STAPLED)
                .stapled(response(BELOW, demanding)
                        .revoked(-3, CRLReason.keyCompromise)
                        .der())
                .is(REVOKED);
    }

    @Test
    void aPathThatLeadsNowhereIsCheckedAsFarAsItGoes() {
        RevocationCase.withoutAnchor(LEAF.certificate(), BELOW.certificate())
                .given(list(BELOW).revoking(LEAF, -3, CRLReason.keyCompromise).make())
                .mode(Revocation.STAPLED)
                .is(REVOKED, "the server's certificate");
        RevocationCase.withoutAnchor(LEAF.certificate(), BELOW.certificate())
                .given(list(BELOW).make())
                .is(REVOCATION_INFORMATION_MISSING, "CN=Below");
        RevocationCase.withoutAnchor(LEAF.certificate(), BELOW.certificate(), ROOT.certificate())
                .given(list(BELOW).make(), list(ROOT).make())
                .isGood();
        RevocationCase.withoutAnchor(Certificate.of(new byte[3])).isGood();
        RevocationCase.withoutAnchor(LEAF.certificate(), Certificate.of(new byte[3]))
                .mode(Revocation.STAPLED)
                .isGood();
    }
}
