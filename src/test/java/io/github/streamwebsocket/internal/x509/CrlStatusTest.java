package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.ChainValidationResult.REVOCATION_FAILURE;
import static io.github.streamwebsocket.ChainValidationResult.REVOCATION_INFORMATION_MISSING;
import static io.github.streamwebsocket.ChainValidationResult.REVOKED;
import static io.github.streamwebsocket.internal.x509.CrlMaker.list;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CrlStatusTest {
    private static final StatusAuthority ROOT = StatusAuthority.root("Root");
    private static final StatusAuthority STRANGER = StatusAuthority.root("Stranger");
    private static final StatusAuthority.Holder LEAF = ROOT.issue("server");
    private static final StatusAuthority.Holder OTHER = ROOT.issue("other");

    private static RevocationCase path() {
        return RevocationCase.path(LEAF, ROOT);
    }

    @Test
    void aCertificateThatIsNotOnTheListIsGood() {
        path().given(list(ROOT).make()).isGood();
        path().given(list(ROOT).revoking(OTHER, -3, CRLReason.keyCompromise).make())
                .isGood();
    }

    @Test
    void aCertificateOnTheListIsRevokedWithDayAndReason() {
        path().given(list(ROOT)
                        .revoking(LEAF, -20, CRLReason.cessationOfOperation)
                        .make())
                .is(REVOKED, "the server's certificate was revoked on 2026-02-09, cessationOfOperation");
    }

    @Test
    void aCertificateOnHoldIsRevokedAsLongAsTheListCounts() {
        path().given(list(ROOT).revoking(LEAF, -3, CRLReason.certificateHold).make())
                .is(REVOKED, "certificateHold");
        path().given(list(ROOT.self, -9, -2)
                        .revoking(LEAF, -20, CRLReason.certificateHold)
                        .make())
                .is(REVOCATION_FAILURE, "the CRL ended 2026-02-27");
    }

    @Test
    void whatWasRevokedStaysSoWhenTheListHasEnded() {
        path().given(list(ROOT.self, -9, -2)
                        .revoking(LEAF, -20, CRLReason.keyCompromise)
                        .make())
                .is(REVOKED, "keyCompromise");
    }

    @Test
    void ofTwoListsThatCountTheOneThatRevokesDecides() {
        for (int days = 2; days < 12; days++) { // whatever the order of a hash table
            path().given(
                            list(ROOT.self, -days, 6).number(1).make(),
                            list(ROOT.self, -1, 6)
                                    .number(2)
                                    .revoking(LEAF, -1, CRLReason.superseded)
                                    .make())
                    .is(REVOKED, "superseded");
        }
    }

    @Test
    void aHoldThatANewerListLiftedIsNone() {
        for (int days = 2; days < 12; days++) { // whatever the order of a hash table
            path().given(
                            list(ROOT.self, -days, 6)
                                    .revoking(LEAF, -20, CRLReason.certificateHold)
                                    .make(),
                            list(ROOT.self, -1, 6).make())
                    .isGood();
        }
    }

    @Test
    void aListCountsOnlyInItsTime() {
        path().given(list(ROOT.self, -9, -2).make()).is(REVOCATION_FAILURE, "the CRL ended 2026-02-27");
        path().given(list(ROOT.self, 1, 8).make()).is(REVOCATION_FAILURE, "not valid before 2026-03-02");
    }

    @Test
    void aTimeAfterTheProcesssClockIsAskedAboutLikeAnyOther() {
        Instant later = Instant.now().plus(Duration.ofDays(10));
        int day = (int) Duration.between(StatusAuthority.NOW, later).toDays();
        StatusAuthority.Holder leaf = ROOT.issue("later", StatusAuthority.validity(day - 20, day + 20));
        RevocationCase.path(leaf, ROOT)
                .given(list(ROOT.self, day - 2, day + 2).make())
                .at(later)
                .isGood();
    }

    @Test
    void aListThatSomebodyElseSignedIsNotRelied() {
        path().given(list(ROOT).signedBy(STRANGER.self).make())
                .is(REVOCATION_FAILURE, "the CRL has a signature that does not verify");
        path().given(list(ROOT)
                        .signedBy(STRANGER.self)
                        .revoking(LEAF, -3, CRLReason.keyCompromise)
                        .make())
                .is(REVOCATION_FAILURE, "does not verify");
    }

    @Test
    void aListOfAnotherIssuerSaysNothing() {
        path().given(list(STRANGER).revoking(LEAF, -3, CRLReason.keyCompromise).make())
                .is(REVOCATION_INFORMATION_MISSING);
        path().given(
                        list(STRANGER)
                                .revoking(LEAF, -3, CRLReason.keyCompromise)
                                .make(),
                        list(ROOT).make())
                .isGood();
    }

    @Test
    void anIssuerOfListsMustBeAllowedToSignThem() {
        StatusAuthority mute = StatusAuthority.root("Mute", KeyUsage.keyCertSign);
        StatusAuthority.Holder leaf = mute.issue("server");
        RevocationCase.path(leaf, mute).given(list(mute).make()).is(REVOCATION_FAILURE, "CN=Mute", "lacks cRLSign");
    }

    @Test
    void aListOfAnotherScopeSaysNothingGood() {
        path().given(list(ROOT).scope(null, false, true, false).make())
                .is(REVOCATION_FAILURE, "is for other certificates");
        path().given(list(ROOT).scope(null, true, false, false).make()).isGood();
        path().given(list(ROOT)
                        .scope(point("http://a.example/1.crl"), false, false, false)
                        .make())
                .is(REVOCATION_FAILURE, "is for other certificates");
    }

    @Test
    void aListOfTheDistributionPointOfTheCertificateCounts() {
        StatusAuthority.Holder leaf = ROOT.issue("server", points(point("http://a.example/1.crl"), null));
        RevocationCase.path(leaf, ROOT)
                .given(list(ROOT)
                        .scope(point("http://a.example/1.crl"), false, false, false)
                        .make())
                .isGood();
        RevocationCase.path(leaf, ROOT)
                .given(list(ROOT)
                        .scope(point("http://a.example/2.crl"), false, false, false)
                        .make())
                .is(REVOCATION_FAILURE, "is for other certificates");
    }

    @Test
    void aDistributionPointWithoutAListDoesNotHideTheNext() {
        DistributionPoint nobodys =
                new DistributionPoint(null, null, new GeneralNames(new GeneralName(new X500Name("CN=Nobody"))));
        DistributionPoint ours = new DistributionPoint(point("http://a.example/1.crl"), null, null);
        StatusAuthority.Holder leaf = ROOT.issue(
                "server",
                new StatusAuthority.With(
                        Extension.cRLDistributionPoints, false, new CRLDistPoint(new DistributionPoint[] {nobodys, ours
                        })));
        RevocationCase.path(leaf, ROOT).given(list(ROOT).make()).isGood();
    }

    @Test
    void aCertificateOnAListOfAnotherScopeIsRevokedAllTheSame() {
        path().given(list(ROOT)
                        .scope(point("http://a.example/1.crl"), false, false, false)
                        .revoking(LEAF, -3, CRLReason.keyCompromise)
                        .make())
                .is(REVOKED);
    }

    @Test
    void anUnknownCriticalExtensionSpoilsAList() {
        path().given(list(ROOT).unknownCritical().make()).is(REVOCATION_FAILURE, "critical extension");
    }

    @Test
    void aWeakHashIsRefusedWhereThePolicySaysSo() {
        path().given(list(ROOT).signedWith("SHA1withECDSA").make()).is(REVOCATION_FAILURE, "weak hash");
        path().given(list(ROOT).signedWith("SHA1withECDSA").make())
                .weakAllowed()
                .isGood();
    }

    @Test
    void anIndirectListIsReadByTheIssuerOfEachEntry() {
        StatusAuthority.Holder lists = ROOT.issue("Lists", StatusAuthority.With.keyUsage(KeyUsage.cRLSign));
        StatusAuthority.Holder leaf = ROOT.issue("server", points(null, lists.name()));
        X500Name stranger = STRANGER.self.name();
        RevocationCase.path(leaf, ROOT)
                .sent(lists)
                .given(list(ROOT).make())
                .given(list(lists, -1, 6)
                        .indirect()
                        .revokingOf(stranger, leaf.serialNumber(), -3)
                        .make())
                .isGood();
        RevocationCase.path(leaf, ROOT)
                .sent(lists)
                .given(list(ROOT).make())
                .given(list(lists, -1, 6)
                        .indirect()
                        .revokingOf(stranger, leaf.serialNumber(), -4)
                        .revokingOf(ROOT.self.name(), leaf.serialNumber(), -3)
                        .make())
                .is(REVOKED, "2026-02-26");
    }

    @Test
    void theIssuerOfAnIndirectListMustBeCertifiedAndNotRevoked() {
        StatusAuthority.Holder lists = ROOT.issue("Lists", StatusAuthority.With.keyUsage(KeyUsage.cRLSign));
        StatusAuthority.Holder leaf = ROOT.issue("server", points(null, lists.name()));
        var indirect = list(lists, -1, 6).indirect().make();
        RevocationCase.path(leaf, ROOT)
                .given(indirect)
                .is(REVOCATION_FAILURE, "comes from CN=Lists, whose certificate is missing");
        RevocationCase.path(leaf, ROOT)
                .sent(lists)
                .given(indirect)
                .is(REVOCATION_FAILURE, "comes from CN=Lists, who may be revoked");
        RevocationCase.path(leaf, ROOT)
                .sent(lists)
                .given(
                        indirect,
                        list(ROOT).revoking(lists, -3, CRLReason.keyCompromise).make())
                .isGood(); // the list of its own issuer is about it, too
        RevocationCase.path(leaf, ROOT)
                .sent(STRANGER.issue("Lists", StatusAuthority.With.keyUsage(KeyUsage.cRLSign)))
                .given(indirect)
                .is(REVOCATION_FAILURE, "certificate is missing");
    }

    @Test
    void aCertificateOfTheServersMakesNobodyAnIssuerOfLists() {
        StatusAuthority.Holder forger = ROOT.issue("Root"); // has the name, and no cRLSign
        path().sent(forger)
                .given(list(forger, -1, 6).make())
                .is(REVOCATION_FAILURE, "a signature that does not verify");
    }

    @Test
    void aSeparateKeyForListsCounts() {
        StatusAuthority below = ROOT.below("Below");
        StatusAuthority.Holder leaf = below.issue("server");
        StatusAuthority.Holder lists = ROOT.issue("Below", StatusAuthority.With.keyUsage(KeyUsage.cRLSign));
        RevocationCase.path(leaf, below, ROOT)
                .sent(lists)
                .given(list(ROOT).make(), list(lists, -1, 6).make())
                .isGood();
        RevocationCase.path(leaf, below, ROOT)
                .sent(lists)
                .given(
                        list(ROOT).revoking(lists, -2, CRLReason.keyCompromise).make(),
                        list(lists, -1, 6).make())
                .is(REVOCATION_FAILURE, "CN=Below, who was revoked on 2026-02-27, keyCompromise");
    }

    @Test
    void aDeltaListAddsToTheCompleteOne() {
        AuthorityKeyIdentifier key = new AuthorityKeyIdentifier(new byte[] {1, 2, 3});
        var complete = list(ROOT)
                .number(5)
                .with(Extension.authorityKeyIdentifier, false, key)
                .make();
        path().given(
                        complete,
                        list(ROOT)
                                .number(6)
                                .deltaTo(5)
                                .with(Extension.authorityKeyIdentifier, false, key)
                                .make())
                .isGood();
        path().given(
                        complete,
                        list(ROOT)
                                .number(6)
                                .deltaTo(5)
                                .revoking(LEAF, -1, CRLReason.keyCompromise)
                                .make())
                .is(REVOKED);
        path().given(
                        list(ROOT.self, -2, 6)
                                .number(5)
                                .with(Extension.authorityKeyIdentifier, false, key)
                                .revoking(LEAF, -3, CRLReason.certificateHold)
                                .make(),
                        list(ROOT)
                                .number(6)
                                .deltaTo(5)
                                .with(Extension.authorityKeyIdentifier, false, key)
                                .revoking(LEAF, -1, CRLReason.removeFromCRL)
                                .make())
                .isGood();
        path().given(list(ROOT).number(6).deltaTo(5).make())
                .is(REVOCATION_FAILURE, "only tells what changed since another one, which is missing");
    }

    @Test
    void aListThatWasMadeAfterTheCertificateEndedProvesNothing() {
        StatusAuthority.Holder ended = ROOT.issue("server", StatusAuthority.validity(-20, -10));
        RevocationCase.path(ended, ROOT)
                .given(list(ROOT).make())
                .is(REVOCATION_FAILURE, "made after the certificate had ended");
    }

    @Test
    void nothingIsFetchedThoughTheProcessAllowsIt() throws Exception {
        try (java.net.ServerSocket server =
                new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress())) {
            String uri = "http://127.0.0.1:" + server.getLocalPort() + "/a.crl";
            StatusAuthority.Holder leaf = ROOT.issue("server", points(point(uri), null));
            List<String> properties = List.of("org.bouncycastle.x509.enableCRLDP", "ocsp.enable");
            properties.forEach(property -> System.setProperty(property, "true"));
            try {
                RevocationCase.path(leaf, ROOT).given(list(ROOT).make()).isGood();
                RevocationCase.path(leaf, ROOT)
                        .given(
                                list(ROOT).number(5).make(),
                                list(ROOT).number(6).deltaTo(5).make())
                        .check();
                RevocationCase.path(leaf, ROOT).is(REVOCATION_INFORMATION_MISSING);
            } finally {
                properties.forEach(System::clearProperty);
            }
            server.setSoTimeout(1);
            assertThrows(SocketTimeoutException.class, server::accept);
        }
    }

    private static DistributionPointName point(String uri) {
        return new DistributionPointName(new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
    }

    private static StatusAuthority.With points(@Nullable DistributionPointName point, @Nullable X500Name issuer) {
        GeneralNames issuers = issuer == null ? null : new GeneralNames(new GeneralName(issuer));
        return new StatusAuthority.With(
                Extension.cRLDistributionPoints,
                false,
                new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(point, null, issuers)}));
    }
}
