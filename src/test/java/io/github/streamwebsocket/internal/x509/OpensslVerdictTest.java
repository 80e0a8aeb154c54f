package io.github.streamwebsocket.internal.x509;

import static io.github.streamwebsocket.internal.x509.StatusAuthority.validity;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.Revocation;
import io.github.streamwebsocket.StreamWebSocket;
import io.github.streamwebsocket.WebSocketCertificateException;
import io.github.streamwebsocket.WebSocketHandshakeException;
import io.github.streamwebsocket.cli.SelfMadeAuthority;
import io.github.streamwebsocket.testing.BouncyCastleLog;
import io.github.streamwebsocket.testing.OpensslServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a socket says of a server of OpenSSL's, and what the server hears of it. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class OpensslVerdictTest {
    private static final int CERTIFICATE_REVOKED = 44;
    private static final int CERTIFICATE_EXPIRED = 45;
    private static final int CERTIFICATE_UNKNOWN = 46;
    private static final int UNKNOWN_CA = 48;
    private static final int BAD_CERTIFICATE_STATUS_RESPONSE = 113;

    private static final StatusAuthority ROOT = StatusAuthority.root("Root");
    private static final StatusAuthority STRANGER = StatusAuthority.root("Stranger");
    private static final StatusAuthority.With NAME = name("server.example");
    private static final StatusAuthority.With MUST_STAPLE = new StatusAuthority.With(
            new ASN1ObjectIdentifier("1.3.6.1.5.5.7.1.24"), false, new DERSequence(new ASN1Integer(5)));
    private static final StatusAuthority.Holder LEAF = issue(ROOT, NAME);

    @TempDir
    Path folder;

    private StreamWebSocket socket;

    @BeforeAll
    static void silence() {
        BouncyCastleLog.silence();
    }

    @BeforeEach
    void trust() throws Exception {
        socket = new StreamWebSocket();
        socket.control().trustOnly(List.of(x509(ROOT.self))).serverName("server.example");
    }

    /** The day it is for the socket, which asks the clock; the makers count from a day of their own. */
    private static int today() {
        return (int) ChronoUnit.DAYS.between(StatusAuthority.NOW, Instant.now());
    }

    private static StatusAuthority.With name(String dnsName) {
        return new StatusAuthority.With(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.dNSName, dnsName)));
    }

    private static StatusAuthority.Holder issue(StatusAuthority authority, StatusAuthority.With... extensions) {
        return authority.issue("server", thisMonth(), extensions);
    }

    private static X509Certificate x509(StatusAuthority.Holder holder) throws Exception {
        return holder.certificate().jca().orElseThrow();
    }

    private OpensslServer server(List<String> options, StatusAuthority.Holder leaf, StatusAuthority... above)
            throws Exception {
        List<X509Certificate> chain = new ArrayList<>(List.of(x509(leaf)));
        for (StatusAuthority authority : above) {
            chain.add(x509(authority.self));
        }
        List<String> all = new ArrayList<>(options);
        all.add("-www");
        return OpensslServer.with(
                Files.writeString(folder.resolve("chain.pem"), SelfMadeAuthority.pem(chain)),
                Files.writeString(folder.resolve("key.pem"), SelfMadeAuthority.pem(leaf.key())),
                all.toArray(new String[0]));
    }

    /** The server is no WebSocket: that it answers at all is what counts. */
    private void assertConnects(OpensslServer server) {
        try (server;
                StreamWebSocket attempt = socket) {
            WebSocketHandshakeException answered = assertThrows(
                    WebSocketHandshakeException.class, () -> attempt.connect(URI.create(server.uri() + "/")));
            assertEquals(200, answered.statusCode());
            assertEquals(List.of(), attempt.information().serverCertificateErrors());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertRefuses(OpensslServer server, int alert, ChainValidationResult... errors) throws Exception {
        try (server;
                StreamWebSocket attempt = socket) {
            WebSocketCertificateException refused = assertThrows(
                    WebSocketCertificateException.class, () -> attempt.connect(URI.create(server.uri() + "/")));
            assertEquals(List.of(errors), refused.serverCertificateErrors(), refused::getMessage);
            assertEquals(List.of(errors), attempt.information().serverCertificateErrors());
            assertEquals(alert, server.alert());
        }
    }

    private static Instant[] thisMonth() {
        return validity(today() - 9, today() + 9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aGoodChainIsConnectedTo(String version) throws Exception {
        StatusAuthority below = ROOT.below("Below", thisMonth());
        assertConnects(server(List.of(version), issue(below, NAME), below));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void anExpiredCertificateIsRefused(String version) throws Exception {
        StatusAuthority.Holder expired = ROOT.issue("server", validity(today() - 9, today() - 2), NAME);
        assertRefuses(server(List.of(version), expired, ROOT), CERTIFICATE_EXPIRED, ChainValidationResult.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aCertificateOfAnotherNameIsRefused(String version) throws Exception {
        assertRefuses(
                server(List.of(version), issue(ROOT, name("other.example")), ROOT),
                CERTIFICATE_UNKNOWN,
                ChainValidationResult.INVALID_NAME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void anAuthorityThatIsNotTrustedIsRefused(String version) throws Exception {
        assertRefuses(
                server(List.of(version), issue(STRANGER, NAME), STRANGER), UNKNOWN_CA, ChainValidationResult.UNTRUSTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aChainWithoutItsMiddleIsRefused(String version) throws Exception {
        StatusAuthority below = ROOT.below("Below", thisMonth());
        assertRefuses(server(List.of(version), issue(below, NAME)), UNKNOWN_CA, ChainValidationResult.INCOMPLETE_CHAIN);
    }

    private static OcspMaker response(StatusAuthority.Holder about) {
        return OcspMaker.response(ROOT, about).valid(today() - 1, today() + 3);
    }

    private OpensslServer stapling(String version, byte[] response) throws Exception {
        return stapling(List.of(version), LEAF, response);
    }

    private OpensslServer stapling(List<String> options, StatusAuthority.Holder leaf, byte[] response)
            throws Exception {
        Path file = Files.write(folder.resolve("response.der"), response);
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of("-status_file", file.toString()));
        return server(all, leaf);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aStapledResponseThatSaysGoodIsEnough(String version) throws Exception {
        socket.control().revocation(Revocation.REQUIRED);
        assertConnects(stapling(version, response(LEAF).der()));
    }

    /** The server asks for another key share first (RFC 8446 4.1.4), and the transcript begins anew. */
    @Test
    void aStapledResponseIsFoundAlsoAfterASecondHello() throws Exception {
        socket.control().revocation(Revocation.REQUIRED);
        List<String> options = List.of("-tls1_3", "-groups", "P-384");
        assertConnects(stapling(options, LEAF, response(LEAF).der()));
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, STAPLED", "-tls1_2, REQUIRED", "-tls1_3, STAPLED", "-tls1_3, REQUIRED"})
    void aStapledResponseThatSaysRevokedIsBelieved(String version, Revocation revocation) throws Exception {
        socket.control().revocation(revocation);
        assertRefuses(
                stapling(
                        version,
                        response(LEAF)
                                .revoked(today() - 3, CRLReason.keyCompromise)
                                .der()),
                CERTIFICATE_REVOKED,
                ChainValidationResult.REVOKED);
    }

    @ParameterizedTest
    @CsvSource({"-tls1_2, STAPLED", "-tls1_2, REQUIRED", "-tls1_3, STAPLED", "-tls1_3, REQUIRED"})
    void aStapledResponseThatProvesNothingIsAFailure(String version, Revocation revocation) throws Exception {
        List<byte[]> responses = List.of(
                response(issue(ROOT, NAME)).der(),
                response(LEAF).forgedBy(STRANGER.self).der(),
                response(LEAF).valid(today() - 9, today() - 2).der());
        for (byte[] response : responses) {
            trust();
            socket.control().revocation(revocation);
            assertRefuses(
                    stapling(version, response),
                    BAD_CERTIFICATE_STATUS_RESPONSE,
                    ChainValidationResult.REVOCATION_FAILURE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void whereNothingIsStapledNothingIsMissingUnlessItIsRequired(String version) throws Exception {
        socket.control().revocation(Revocation.STAPLED);
        assertConnects(server(List.of(version), LEAF));
        trust();
        socket.control().revocation(Revocation.REQUIRED);
        assertRefuses(
                server(List.of(version), LEAF),
                CERTIFICATE_UNKNOWN,
                ChainValidationResult.REVOCATION_INFORMATION_MISSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aCertificateThatDemandsAStapleIsRefusedWithoutOne(String version) throws Exception {
        StatusAuthority.Holder demanding = issue(ROOT, NAME, MUST_STAPLE);
        socket.control().revocation(Revocation.STAPLED);
        assertRefuses(
                server(List.of(version), demanding),
                CERTIFICATE_UNKNOWN,
                ChainValidationResult.REVOCATION_INFORMATION_MISSING);
        trust();
        assertConnects(server(List.of(version), demanding));
        trust();
        socket.control().revocation(Revocation.STAPLED);
        assertConnects(stapling(List.of(version), demanding, response(demanding).der()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void aListOfTheApplicationDecides(String version) throws Exception {
        socket.control()
                .revocation(Revocation.REQUIRED)
                .revocationLists(List.of(
                        CrlMaker.list(ROOT.self, today() - 1, today() + 6).make()));
        assertConnects(server(List.of(version), LEAF));
        trust();
        socket.control()
                .revocation(Revocation.STAPLED)
                .revocationLists(List.of(CrlMaker.list(ROOT.self, today() - 1, today() + 6)
                        .revoking(LEAF, today() - 3, CRLReason.superseded)
                        .make()));
        assertRefuses(stapling(version, response(LEAF).der()), CERTIFICATE_REVOKED, ChainValidationResult.REVOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void nothingIsLookedAtUnlessAskedFor(String version) throws Exception {
        assertConnects(stapling(
                version,
                response(LEAF).revoked(today() - 3, CRLReason.keyCompromise).der()));
    }
}
