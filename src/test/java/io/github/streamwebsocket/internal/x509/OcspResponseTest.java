package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.ChainValidationResult.REVOCATION_FAILURE;
import static io.github.streamwebsocket.ChainValidationResult.REVOCATION_INFORMATION_MISSING;
import static io.github.streamwebsocket.ChainValidationResult.REVOKED;
import static io.github.streamwebsocket.internal.x509.OcspMaker.response;
import static io.github.streamwebsocket.internal.x509.StatusAuthority.validity;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OcspResponseTest {
    private static final StatusAuthority ROOT = StatusAuthority.root("Root");
    private static final StatusAuthority STRANGER = StatusAuthority.root("Stranger");
    private static final StatusAuthority.Holder LEAF = ROOT.issue("server");
    private static final StatusAuthority.With MAY_ANSWER = new StatusAuthority.With(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));

    private static RevocationCase stapled(OcspMaker response) throws Exception {
        return RevocationCase.path(LEAF, ROOT).stapled(response.der());
    }

    @Test
    void aGoodResponseOfTheIssuerIsEnough() throws Exception {
        stapled(response(ROOT, LEAF)).isGood();
        stapled(response(ROOT, LEAF).namedByKey()).isGood();
    }

    @Test
    void theCertificateMayBeNamedWithAnyCommonHash() throws Exception {
        stapled(response(ROOT, LEAF).hashedWith(OcspMaker.SHA256)).isGood();
        stapled(response(ROOT, LEAF).hashedWith(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha384)))
                .isGood();
        stapled(response(ROOT, LEAF).hashedWith(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha512)))
                .isGood();
    }

    @Test
    void aRevokedCertificateIsToldWithDayAndReason() throws Exception {
        stapled(response(ROOT, LEAF).revoked(-20, CRLReason.keyCompromise))
                .is(REVOKED, "the server's certificate was revoked on 2026-02-09, keyCompromise");
    }

    @Test
    void whatWasRevokedStaysSoWhenTheResponseHasEnded() throws Exception {
        stapled(response(ROOT, LEAF).revoked(-20, CRLReason.superseded).valid(-10, -5))
                .is(REVOKED, "superseded");
        stapled(response(ROOT, LEAF).revoked(-20, CRLReason.certificateHold).valid(-10, -5))
                .is(REVOCATION_FAILURE, "ended 2026-02-24");
    }

    @Test
    void aCertificateTheResponderDoesNotKnowIsNotGood() throws Exception {
        stapled(response(ROOT, LEAF).status(new UnknownStatus())).is(REVOCATION_FAILURE, "does not know");
    }

    @Test
    void aResponseForAnotherCertificateIsNone() throws Exception {
        StatusAuthority.Holder other = ROOT.issue("other");
        stapled(response(ROOT, other)).is(REVOCATION_FAILURE, "is for another certificate");
        stapled(response(STRANGER, LEAF)).is(REVOCATION_FAILURE, "is for another certificate");
        RevocationCase.path(LEAF, ROOT)
                .given(response(ROOT, other).der())
                .is(REVOCATION_INFORMATION_MISSING, "the server's certificate");
    }

    @Test
    void aResponseThatSomebodyElseSignedIsNotRelied() throws Exception {
        stapled(response(ROOT, LEAF).forgedBy(STRANGER.self))
                .is(REVOCATION_FAILURE, "the stapled OCSP response has a signature that does not verify");
        stapled(response(ROOT, LEAF).forgedBy(STRANGER.self).revoked(-20, CRLReason.keyCompromise))
                .is(REVOCATION_FAILURE, "does not verify");
        stapled(response(ROOT, LEAF).by(STRANGER.self)).is(REVOCATION_FAILURE, "CN=Stranger", "not certified");
    }

    @Test
    void aResponseCountsOnlyInItsTime() throws Exception {
        stapled(response(ROOT, LEAF).valid(-9, -2)).is(REVOCATION_FAILURE, "ended 2026-02-27");
        stapled(response(ROOT, LEAF).valid(1, 8)).is(REVOCATION_FAILURE, "is not valid before 2026-03-02");
        stapled(response(ROOT, LEAF).valid(0, 8)).isGood();
    }

    @Test
    void theClocksMayDifferByFiveMinutes() throws Exception {
        byte[] today = response(ROOT, LEAF).valid(0, 1).der();
        RevocationCase.path(LEAF, ROOT)
                .stapled(today)
                .at(StatusAuthority.NOW.minusSeconds(299))
                .isGood();
        RevocationCase.path(LEAF, ROOT)
                .stapled(today)
                .at(StatusAuthority.NOW.minusSeconds(301))
                .is(REVOCATION_FAILURE);
        RevocationCase.path(LEAF, ROOT)
                .stapled(today)
                .at(StatusAuthority.day(1).plusSeconds(299))
                .isGood();
        RevocationCase.path(LEAF, ROOT)
                .stapled(today)
                .at(StatusAuthority.day(1).plusSeconds(301))
                .is(REVOCATION_FAILURE);
    }

    @Test
    void aResponseWithoutEndIsBelievedForAWeek() throws Exception {
        stapled(response(ROOT, LEAF).withoutEnd(-6)).isGood();
        stapled(response(ROOT, LEAF).withoutEnd(-8)).is(REVOCATION_FAILURE, "names no end", "2026-02-21", "7 days");
    }

    @Test
    void aResponderCertifiedByTheIssuerMayAnswer() throws Exception {
        stapled(response(ROOT, LEAF).by(ROOT.issue("Responder", MAY_ANSWER))).isGood();
        stapled(response(ROOT, LEAF).by(ROOT.issue("Responder", MAY_ANSWER)).namedByKey())
                .isGood();
        StatusAuthority.Holder signing =
                ROOT.issue("Responder", MAY_ANSWER, StatusAuthority.With.keyUsage(KeyUsage.digitalSignature));
        stapled(response(ROOT, LEAF).by(signing)).isGood();
    }

    @Test
    void aResponderNeedsTheRightToAnswer() throws Exception {
        stapled(response(ROOT, LEAF).by(ROOT.issue("Responder")))
                .is(REVOCATION_FAILURE, "the responder CN=Responder, who may not sign OCSP responses");
        StatusAuthority.Holder server = ROOT.issue(
                "Responder",
                new StatusAuthority.With(
                        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth)));
        stapled(response(ROOT, LEAF).by(server)).is(REVOCATION_FAILURE, "may not sign OCSP responses");
        StatusAuthority.Holder encrypting =
                ROOT.issue("Responder", MAY_ANSWER, StatusAuthority.With.keyUsage(KeyUsage.keyEncipherment));
        stapled(response(ROOT, LEAF).by(encrypting)).is(REVOCATION_FAILURE, "lacks digitalSignature");
    }

    @Test
    void theServersOwnKeyDoesNotAnswerForItself() throws Exception {
        stapled(response(ROOT, LEAF).by(LEAF)).is(REVOCATION_FAILURE, "may not sign OCSP responses");
    }

    @Test
    void aResponderOfAnotherIssuerMayNotAnswer() throws Exception {
        stapled(response(ROOT, LEAF).by(STRANGER.issue("Responder", MAY_ANSWER)))
                .is(REVOCATION_FAILURE, "CN=Responder", "has not certified");
        StatusAuthority below = ROOT.below("Below");
        StatusAuthority.Holder leaf = below.issue("server");
        RevocationCase.path(leaf, below, ROOT)
                .stapled(response(below, leaf)
                        .by(ROOT.issue("Responder", MAY_ANSWER))
                        .der())
                .given(CrlMaker.list(ROOT).make())
                .is(REVOCATION_FAILURE, "CN=Responder", "has not certified");
    }

    @Test
    void aResponderIsBelievedOnlyInTheTimeOfItsCertificate() throws Exception {
        stapled(response(ROOT, LEAF).by(ROOT.issue("Responder", validity(-20, -1), MAY_ANSWER)))
                .is(REVOCATION_FAILURE, "whose certificate ended 2026-02-28");
        stapled(response(ROOT, LEAF).by(ROOT.issue("Responder", validity(1, 20), MAY_ANSWER)))
                .is(REVOCATION_FAILURE, "not valid before 2026-03-02");
    }

    @Test
    void aResponderMustComeWithItsCertificateAndHaveSigned() throws Exception {
        StatusAuthority.Holder responder = ROOT.issue("Responder", MAY_ANSWER);
        stapled(response(ROOT, LEAF).by(responder).withoutCertificates())
                .is(REVOCATION_FAILURE, "whose certificate is missing: CN=Responder");
        stapled(response(ROOT, LEAF).by(responder).forgedBy(STRANGER.self))
                .is(REVOCATION_FAILURE, "a signature that does not verify");
    }

    @Test
    void anUnknownCriticalExtensionSpoilsAResponse() throws Exception {
        ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1");
        byte[] value = new DEROctetString(new byte[4]).getEncoded();
        stapled(response(ROOT, LEAF).with(new Extension(unknown, true, value)))
                .is(REVOCATION_FAILURE, "critical extension");
        stapled(response(ROOT, LEAF).with(new Extension(unknown, false, value))).isGood();
    }

    @Test
    void aWeakHashIsRefusedWhereThePolicySaysSo() throws Exception {
        stapled(response(ROOT, LEAF).signedWith("SHA1withECDSA")).is(REVOCATION_FAILURE, "weak hash");
        stapled(response(ROOT, LEAF).signedWith("SHA1withECDSA")).weakAllowed().isGood();
    }

    @Test
    void aResponderThatHasNoAnswerIsNotGood() throws Exception {
        RevocationCase.path(LEAF, ROOT)
                .stapled(OcspMaker.without(OCSPResp.TRY_LATER))
                .is(REVOCATION_FAILURE, "the responder says tryLater");
        RevocationCase.path(LEAF, ROOT)
                .stapled(OcspMaker.without(OCSPResp.UNAUTHORIZED))
                .is(REVOCATION_FAILURE, "unauthorized");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 65_536})
    void garbageCannotBeRead(int length) {
        byte[] garbage = new byte[length];
        garbage[0] = 0x30;
        RevocationCase.path(LEAF, ROOT).stapled(garbage).is(REVOCATION_FAILURE, "cannot be read");
        RevocationCase.path(LEAF, ROOT).given(garbage).is(REVOCATION_FAILURE, "cannot be read");
    }

    @Test
    void aResponseHasABound() {
        RevocationCase.path(LEAF, ROOT).stapled(new byte[65_537]).is(REVOCATION_FAILURE, "longer than 65536 bytes");
    }

    @Test
    void everyByteOfAResponseThatIsChangedSpoilsIt() throws Exception {
        byte[] der =
                response(ROOT, LEAF).by(ROOT.issue("Responder", MAY_ANSWER)).der();
        for (int i = 0; i < der.length; i++) {
            byte[] changed = der.clone();
            changed[i] ^= 0x20;
            byte[] cut = Arrays.copyOf(der, i);
            int where = i;
            assertNotEquals(
                    Map.of(),
                    RevocationCase.path(LEAF, ROOT).given(changed).check(),
                    () -> "good though byte " + where + " was changed");
            assertNotEquals(
                    Map.of(),
                    RevocationCase.path(LEAF, ROOT).given(cut).check(),
                    () -> "good though it ends at byte " + where);
        }
    }
}
