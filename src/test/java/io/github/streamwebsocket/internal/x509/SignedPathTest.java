package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.cli.SelfMadeAuthority;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.Test;

class SignedPathTest {
    private static final SelfMadeAuthority AUTHORITY = SelfMadeAuthority.create("Authority", KeyKind.EC);
    /** Of the same name, with another key. */
    private static final SelfMadeAuthority IMPOSTOR = SelfMadeAuthority.create("Authority", KeyKind.RSA);

    private static final X509Certificate LEAF =
            AUTHORITY.issue(KeyKind.EC, "localhost").chain().get(0);

    @Test
    void signaturesLeadFromTheFirstUpWhateverTheOrderOfTheOthers() {
        X509Certificate other = IMPOSTOR.issue(KeyKind.EC, "localhost").chain().get(0);
        assertEquals(
                List.of(LEAF, AUTHORITY.certificate()),
                SignedPath.of(List.of(LEAF, other, IMPOSTOR.certificate(), AUTHORITY.certificate())));
    }

    @Test
    void aCertificateThatSignedNothingDoesNotCount() {
        assertEquals(List.of(LEAF), SignedPath.of(List.of(LEAF, IMPOSTOR.certificate())));
        assertEquals(List.of(LEAF), SignedPath.of(List.of(LEAF)));
        assertEquals(List.of(), SignedPath.of(List.of()));
    }

    @Test
    void aSelfSignedCertificateIsThereOnce() {
        X509Certificate self = AUTHORITY.certificate();
        assertEquals(List.of(self), SignedPath.of(List.of(self)));
    }

    @Test
    void onlyTheFirstTenAreLookedAt() {
        List<X509Certificate> many = new ArrayList<>(Collections.nCopies(10, IMPOSTOR.certificate()));
        many.set(0, LEAF);
        many.add(AUTHORITY.certificate());
        assertEquals(List.of(LEAF), SignedPath.of(many));
    }

    /** Whoever has a certificate of a pinned authority could else speak for all its servers. */
    @Test
    void aServersCertificateIsNoAuthority() {
        StatusAuthority root = StatusAuthority.root("root");
        StatusAuthority authority = root.below("authority");
        StatusAuthority.Holder server = authority.issue("server");
        StatusAuthority.Holder forged = new StatusAuthority(server).issue("forged");
        assertEquals(
                certificates(server, authority.self, root.self),
                SignedPath.ofAuthorities(certificates(server, root.self, authority.self)));
        assertEquals(
                certificates(forged),
                SignedPath.ofAuthorities(certificates(forged, server, authority.self, root.self)));
    }

    @Test
    void anAuthorityWhoseKeyMayNotSignCertificatesIsNone() {
        StatusAuthority onlyForLists = StatusAuthority.root("for lists", KeyUsage.cRLSign);
        StatusAuthority.Holder server = onlyForLists.issue("server");
        assertEquals(certificates(server), SignedPath.ofAuthorities(certificates(server, onlyForLists.self)));
    }

    private static List<X509Certificate> certificates(StatusAuthority.Holder... holders) {
        return Stream.of(holders)
                .map(holder -> holder.certificate().jca().orElseThrow())
                .toList();
    }
}
