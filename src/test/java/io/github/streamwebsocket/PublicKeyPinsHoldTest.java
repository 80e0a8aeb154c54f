package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.internal.tls.ServerCredential;
import io.github.streamwebsocket.testing.ScriptedServer;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** A pinned key must be in the path, whatever else is trusted or ignored, and only there it counts. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class PublicKeyPinsHoldTest {
    private static final String BACKUP = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private static String pin(X509Certificate certificate) throws Exception {
        byte[] key = certificate.getPublicKey().getEncoded();
        return "sha256/"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
    }

    private static ScriptedServer server(ServerCredential credential) throws Exception {
        return new ScriptedServer(Credentials.jdkContext(credential), client -> {
            client.upgrade();
            client.answerClose();
        });
    }

    private static void connects(ServerCredential credential, String... pins) throws Exception {
        try (ScriptedServer server = server(credential);
                StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().trustOnly(Credentials.ANCHORS).publicKeyPins(pins);
            socket.connect(server.uri());
        }
    }

    private static WebSocketCertificateException refused(ServerCredential credential, StreamWebSocket socket)
            throws Exception {
        try (ScriptedServer server = server(credential)) {
            WebSocketCertificateException refused =
                    assertThrows(WebSocketCertificateException.class, () -> socket.connect(server.uri()));
            String end = server.end().getMessage();
            assertTrue(end.contains("bad_certificate"), end);
            return refused;
        }
    }

    @Test
    void aPinOfTheServersKeyOrOfItsAuthorityIsEnough() throws Exception {
        connects(Credentials.EC, pin(Credentials.EC.chain().get(0)));
        connects(Credentials.RSA, BACKUP, pin(Credentials.RSA.chain().get(0)));
        connects(Credentials.EC, pin(Credentials.AUTHORITY.certificate()), BACKUP);
    }

    @Test
    void anAnchorThatTheServerDoesNotSendIsPartOfThePath() throws Exception {
        ServerCredential bare = new ServerCredential(Credentials.EC.chain().subList(0, 1), Credentials.EC.privateKey());
        connects(bare, pin(Credentials.AUTHORITY.certificate()));
    }

    @Test
    void withoutAPinnedKeyTheServerIsRefusedAndThePinsAreThereToCopy() throws Exception {
        try (StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().trustOnly(Credentials.ANCHORS).publicKeyPins(BACKUP);
            WebSocketCertificateException refused = refused(Credentials.EC, socket);
            assertEquals(List.of(ChainValidationResult.OTHER_ERRORS), refused.serverCertificateErrors());
            assertEquals(SocketSslErrorSeverity.FATAL, refused.serverCertificateErrorSeverity());
            assertEquals(WebErrorStatus.CERTIFICATE_CONTAINS_ERRORS, refused.status());
            assertEquals(
                    "certificate of 127.0.0.1 is not trusted: OTHER_ERRORS (no public key of the path is pinned: it has "
                            + pin(Credentials.EC.chain().get(0)) + " of CN=localhost, "
                            + pin(Credentials.AUTHORITY.certificate()) + " of CN=Test Authority)",
                    refused.getMessage());
            assertEquals(refused.certificates(), socket.information().serverCertificates());
        }
    }

    @Test
    void aSelfSignedCertificateIsTrustedByItsPinAlone() throws Exception {
        ServerCredential strange = Credentials.strange(KeyKind.EC);
        try (StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().trustOnly(Credentials.ANCHORS).publicKeyPins(BACKUP);
            socket.control()
                    .ignorableServerCertificateErrors()
                    .addAll(List.of(
                            ChainValidationResult.UNTRUSTED,
                            ChainValidationResult.INCOMPLETE_CHAIN,
                            ChainValidationResult.INVALID_NAME));
            WebSocketCertificateException refused = refused(strange, socket);
            assertTrue(refused.serverCertificateErrors().contains(ChainValidationResult.UNTRUSTED), refused::toString);
            assertTrue(refused.getMessage().contains(": OTHER_ERRORS ("), refused::toString);
            socket.control().publicKeyPins(pin(strange.chain().get(0)));
            try (ScriptedServer server = server(strange)) {
                socket.connect(server.uri());
            }
        }
    }

    /** Public certificates cost an attacker nothing: sent beside its own, the pinned one vouches for nobody. */
    @Test
    void aPinnedCertificateThatIsSentButIsNotInThePathDoesNotCount() throws Exception {
        X509Certificate pinned = Credentials.AUTHORITY.certificate();
        SelfMadeAuthority.Credential forged =
                SelfMadeAuthority.create("Test Authority", KeyKind.EC).issue(KeyKind.EC, "127.0.0.1");
        ServerCredential attacker = new ServerCredential(
                List.of(forged.chain().get(0), forged.chain().get(1), pinned), forged.privateKey());
        try (StreamWebSocket socket = new StreamWebSocket()) {
            socket.control().trustOnly(List.of(forged.chain().get(1))).publicKeyPins(pin(pinned));
            WebSocketCertificateException refused = refused(attacker, socket);
            assertEquals(List.of(ChainValidationResult.OTHER_ERRORS), refused.serverCertificateErrors());
            assertEquals(attacker.chain(), refused.chain());
            socket.control().publicKeyPins(pin(forged.chain().get(1)));
            try (ScriptedServer server = server(attacker)) {
                socket.connect(server.uri());
            }
        }
    }
}
