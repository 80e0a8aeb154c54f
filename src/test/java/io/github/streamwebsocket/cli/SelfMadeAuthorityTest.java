package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SelfMadeAuthorityTest {

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void whatItIssuesIsValidUnderItsCertificate(KeyKind kind) throws Exception {
        SelfMadeAuthority authority = SelfMadeAuthority.create("Demo", kind);
        SelfMadeAuthority.Credential issued = authority.issue(kind, "localhost", "*.demo.example", "127.0.0.1", "::1");
        X509Certificate leaf = issued.chain().get(0);
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
        parameters.setRevocationEnabled(false);
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
        assertEquals(authority.certificate(), issued.chain().get(1));
        assertEquals(kind.name(), leaf.getPublicKey().getAlgorithm());
        assertEquals(List.of("1.3.6.1.5.5.7.3.1"), leaf.getExtendedKeyUsage());
        assertEquals(-1, leaf.getBasicConstraints());
        List<String> names = leaf.getSubjectAlternativeNames().stream()
                .map(name -> name.get(0) + " " + name.get(1))
                .toList();
        assertEquals(List.of("2 localhost", "2 *.demo.example", "7 127.0.0.1", "7 0:0:0:0:0:0:0:1"), names);
    }

    @Test
    void theAuthorityMaySignServersButNoFurtherAuthorities() {
        X509Certificate certificate =
                SelfMadeAuthority.create("Demo", KeyKind.EC).certificate();
        assertEquals(0, certificate.getBasicConstraints());
        assertTrue(certificate.getKeyUsage()[5]);
        assertFalse(certificate.getKeyUsage()[0]);
    }

    @Test
    void everyCertificateHasItsOwnSerialNumberAndTheTimeAskedFor() {
        SelfMadeAuthority authority = SelfMadeAuthority.create("Demo", KeyKind.EC);
        Instant from = Instant.parse("2030-01-01T00:00:00Z");
        Instant until = Instant.parse("2030-02-01T00:00:00Z");
        X509Certificate one =
                authority.issue(KeyKind.EC, from, until, "a").chain().get(0);
        X509Certificate two =
                authority.issue(KeyKind.EC, from, until, "a").chain().get(0);
        assertNotEquals(one.getSerialNumber(), two.getSerialNumber());
        assertEquals(from, one.getNotBefore().toInstant());
        assertEquals(until, one.getNotAfter().toInstant());
    }
}
