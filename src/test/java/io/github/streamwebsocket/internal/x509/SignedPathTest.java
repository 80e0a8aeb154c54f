package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.streamwebsocket.cli.SelfMadeAuthority;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
}
