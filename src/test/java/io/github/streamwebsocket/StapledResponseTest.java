package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority;
import io.github.streamwebsocket.testing.BouncyCastleLog;
import io.github.streamwebsocket.testing.OpensslServer;
import io.github.streamwebsocket.testing.TestAuthority;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.X509ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * OCSP responses that openssl staples: a message of its own in TLS 1.2, an extension of the certificate in TLS 1.3. No
 * WebSocket server answers behind it, so a handler ends each attempt that passes.
 */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class StapledResponseTest {
    private static final TestAuthority AUTHORITY = TestAuthority.named("Authority");
    private static final X509Certificate ANCHOR = AUTHORITY.certificate();
    private static final KeyPair SERVER_KEYS = TestAuthority.keys("secp256r1");

    @TempDir
    Path folder;

    @BeforeAll
    static void silence() {
        BouncyCastleLog.silence();
    }

    private static Date ago(Duration duration) {
        return Date.from(Instant.now().minus(duration));
    }

    private static X509Certificate server(boolean mustStaple) throws Exception {
        X509v3CertificateBuilder builder = AUTHORITY.certificateOf("server", SERVER_KEYS.getPublic());
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        if (mustStaple) {
            builder.addExtension(X509ObjectIdentifiers.id_pe.branch("24"), false, new DERSequence(new ASN1Integer(5)));
        }
        return AUTHORITY.sign(builder);
    }

    private static byte[] response(X509Certificate about, CertificateStatus status) throws Exception {
        DigestCalculator sha1 = new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
        X509CertificateHolder issuer = new JcaX509CertificateHolder(ANCHOR);
        BasicOCSPRespBuilder builder = new BasicOCSPRespBuilder(new RespID(AUTHORITY.name()));
        builder.addResponse(
                new CertificateID(sha1, issuer, about.getSerialNumber()),
                status,
                ago(Duration.ofHours(1)),
                ago(Duration.ofHours(1).negated()));
        return new OCSPRespBuilder()
                .build(
                        OCSPRespBuilder.SUCCESSFUL,
                        builder.build(AUTHORITY.signer(), new X509CertificateHolder[0], ago(Duration.ZERO)))
                .getEncoded();
    }

    /** Connects to a server with this certificate that staples this, nothing if it is empty. */
    private WebSocketCertificateException attempt(String version, X509Certificate server, byte[] response)
            throws Exception {
        Path chain = Files.writeString(folder.resolve("chain.pem"), SelfMadeAuthority.pem(List.of(server)));
        Path key = Files.writeString(folder.resolve("key.pem"), SelfMadeAuthority.pem(SERVER_KEYS.getPrivate()));
        List<String> options = new ArrayList<>(List.of("-" + version));
        if (response.length > 0) {
            Path status = Files.write(folder.resolve("response.der"), response);
            options.addAll(List.of("-status_file", status.toString()));
        }
        try (OpensslServer openssl = OpensslServer.with(chain, key, options.toArray(new String[0]));
                StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().trustOnly(List.of(ANCHOR)).revocation(Revocation.REQUIRED);
            socket.onServerCustomValidationRequested(WebSocketServerCustomValidationRequestedEventArgs::reject);
            return assertThrows(WebSocketCertificateException.class, () -> socket.connect(URI.create(openssl.uri())));
        }
    }

    @ParameterizedTest
    @CsvSource({"tls1_2, false", "tls1_2, true", "tls1_3, false", "tls1_3, true"})
    void aGoodOneIsProofAlsoWhereTheCertificateDemandsIt(String version, boolean mustStaple) throws Exception {
        X509Certificate server = server(mustStaple);
        WebSocketCertificateException end = attempt(version, server, response(server, CertificateStatus.GOOD));
        assertEquals(List.of(), end.serverCertificateErrors(), end::toString);
        assertTrue(end.getMessage().endsWith("was rejected by the application"), end::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls1_2", "tls1_3"})
    void ofARevokedCertificateTheServerTellsItself(String version) throws Exception {
        X509Certificate server = server(false);
        RevokedStatus revoked = new RevokedStatus(ago(Duration.ofHours(2)), 1);
        WebSocketCertificateException end = attempt(version, server, response(server, revoked));
        assertEquals(List.of(ChainValidationResult.REVOKED), end.serverCertificateErrors(), end::toString);
        assertEquals(WebErrorStatus.CERTIFICATE_REVOKED, end.status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls1_2", "tls1_3"})
    void withoutOneItIsMissing(String version) throws Exception {
        WebSocketCertificateException end = attempt(version, server(false), new byte[0]);
        assertEquals(
                List.of(ChainValidationResult.REVOCATION_INFORMATION_MISSING),
                end.serverCertificateErrors(),
                end::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls1_2", "tls1_3"})
    void aCertificateThatDemandsOneIsRefusedWithout(String version) throws Exception {
        WebSocketCertificateException end = attempt(version, server(true), new byte[0]);
        assertEquals(
                List.of(ChainValidationResult.REVOCATION_INFORMATION_MISSING),
                end.serverCertificateErrors(),
                end::toString);
    }
}
