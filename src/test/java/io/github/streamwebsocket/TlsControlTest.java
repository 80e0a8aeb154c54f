package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.TlsSettings;
import io.github.streamwebsocket.internal.tls.ClientCredentials;
import io.github.streamwebsocket.internal.tls.Credentials;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings of TLS: their defaults, what they take, and when. */
class TlsControlTest {
    private static final String PIN = "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    private final StreamWebSocketControl control = new StreamWebSocketControl(() -> {});

    @TempDir
    Path folder;

    private static ClientCertificate clientCertificate() {
        ClientCredentials.Credential alice = ClientCredentials.issue(KeyKind.EC, "alice");
        return ClientCertificate.of(alice.chain(), alice.privateKey());
    }

    @Test
    void defaultsAreTheStrictOnes() {
        assertEquals(Set.of(), control.ignorableServerCertificateErrors());
        assertEquals(List.of(), control.trustAnchors());
        assertEquals(Set.of(), control.publicKeyPins());
        assertTrue(control.weakAlgorithmsRefused());
        assertEquals(Revocation.NONE, control.revocation());
        assertEquals(Optional.empty(), control.clientCertificate());
        assertEquals(TlsVersion.TLS_1_2, control.lowestTlsVersion());
        assertEquals(List.of(), control.namedGroups());
        assertEquals(Optional.empty(), control.sslContext());
        assertEquals(TlsSettings.trusting(List.of()), control.tlsSnapshot());
    }

    @Test
    void everySettingIsInTheSnapshot() throws Exception {
        ClientCertificate certificate = clientCertificate();
        control.trustOnly(Credentials.ANCHORS)
                .publicKeyPins(PIN)
                .weakAlgorithmsRefused(false)
                .revocation(Revocation.REQUIRED)
                .ocspResponses(List.of(new byte[] {1, 2}))
                .clientCertificate(certificate)
                .lowestTlsVersion(TlsVersion.TLS_1_3)
                .namedGroups("x25519", "SECP256R1");
        control.ignorableServerCertificateErrors().add(ChainValidationResult.EXPIRED);

        TlsSettings snapshot = control.tlsSnapshot();
        assertEquals(Credentials.ANCHORS, snapshot.trustAnchors());
        assertEquals(Set.of(PIN), snapshot.publicKeyPins());
        assertFalse(snapshot.weakAlgorithmsRefused());
        assertEquals(Revocation.REQUIRED, snapshot.revocation());
        assertArrayEquals(new byte[] {1, 2}, snapshot.ocspResponses().get(0));
        assertSame(certificate.keyManager(), snapshot.clientKeys());
        assertEquals(TlsVersion.TLS_1_3, snapshot.lowestVersion());
        assertEquals(List.of("x25519", "secp256r1"), snapshot.namedGroups());
        assertEquals(Set.of(ChainValidationResult.EXPIRED), snapshot.ignorableErrors());

        control.sslContext(SSLContext.getDefault());
        assertThrows(IllegalStateException.class, control::tlsSnapshot);
        control.sslContext(null).clientCertificate(null).namedGroups(new String[0]);
        assertEquals(Optional.empty(), control.sslContext());
        assertEquals(Optional.empty(), control.clientCertificate());
        assertEquals(List.of(), control.namedGroups());
    }

    @Test
    void onlyErrorsThatCanBeIgnoredMayBeIgnored() {
        for (ChainValidationResult error : ChainValidationResult.values()) {
            if (error.severity() == SocketSslErrorSeverity.IGNORABLE) {
                assertTrue(control.ignorableServerCertificateErrors().add(error));
            } else {
                IllegalArgumentException refused = assertThrows(
                        IllegalArgumentException.class,
                        () -> control.ignorableServerCertificateErrors().add(error));
                assertEquals(
                        "expected an error of severity IGNORABLE but " + error + " is of severity " + error.severity(),
                        refused.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256/",
                "sha1/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
                "sha256/47DEQpj8HBSa",
                "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuF!="
            })
    void aPinOfAnotherFormIsRefused(String pin) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> control.publicKeyPins(PIN, pin));
        assertEquals(
                "expected a pin of sha256/ and 44 characters of base64 (32 bytes) but was " + pin,
                refused.getMessage());
        assertEquals(Set.of(), control.publicKeyPins());
    }

    @Test
    void aGroupThatIsNotKnownIsRefusedAndTheKnownOnesAreTold() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> control.namedGroups("x25519", "sect163k1"));
        assertTrue(refused.getMessage().startsWith("expected one of X25519MLKEM768, "), refused::getMessage);
        assertTrue(refused.getMessage().endsWith(" but was sect163k1"), refused::getMessage);
        assertEquals(List.of(), control.namedGroups());
        assertEquals(List.of("x25519"), control.namedGroups("X25519", "x25519").namedGroups());
    }

    @Test
    void anchorsComeFromAPemFile() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), SelfMadeAuthority.pem(Credentials.ANCHORS));
        assertEquals(Credentials.ANCHORS, control.trustOnly(file).trustAnchors());
        assertEquals(List.of(), control.trustDefaults().trustAnchors());
    }

    @Test
    void aPemFileWithoutAnchorsIsNamedWithItsFault() throws IOException {
        Path missing = folder.resolve("missing.pem");
        FileNotFoundException absent = assertThrows(FileNotFoundException.class, () -> control.trustOnly(missing));
        assertEquals("cannot read " + missing + ": no such file", absent.getMessage());

        Path key = Files.writeString(folder.resolve("key.pem"), SelfMadeAuthority.pem(Credentials.EC.privateKey()));
        IOException none = assertThrows(IOException.class, () -> control.trustOnly(key));
        assertEquals("no certificate in " + key + ": expected a PEM block BEGIN CERTIFICATE", none.getMessage());

        Path broken = Files.writeString(
                folder.resolve("broken.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        IOException unreadable = assertThrows(IOException.class, () -> control.trustOnly(broken));
        assertTrue(unreadable.getMessage().startsWith("broken certificate in " + broken + ": "), unreadable::toString);
        assertEquals(List.of(), control.trustAnchors());
    }

    @Test
    void anchorsComeFromTheTrustedEntriesOfAKeyStore() throws Exception {
        KeyStore store = ClientCredentials.issue(KeyKind.EC, "alice").keyStore("x".toCharArray(), "key is passed over");
        store.setCertificateEntry("ca", Credentials.AUTHORITY.certificate());
        assertEquals(Credentials.ANCHORS, control.trustOnly(store).trustAnchors());
    }

    @Test
    void nobodyToTrustIsRefusedAndDoesNotMeanEverybody() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> control.trustOnly(List.of()));
        assertEquals(
                "expected at least one authority but there is none, so nobody would be trusted", refused.getMessage());
    }

    @Test
    void aKeyStoreWithoutTrustedEntriesTrustsNobodyAndIsRefused() throws Exception {
        KeyStore empty = KeyStore.getInstance("PKCS12");
        IllegalArgumentException notLoaded =
                assertThrows(IllegalArgumentException.class, () -> control.trustOnly(empty));
        assertTrue(notLoaded.getMessage().startsWith("expected a key store that is loaded: "), notLoaded::getMessage);
        empty.load(null, null);
        KeyStore keysOnly = ClientCredentials.issue(KeyKind.EC, "alice").keyStore("x".toCharArray(), "key");
        for (KeyStore store : List.of(empty, keysOnly)) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> control.trustOnly(store));
            assertEquals(
                    "expected a key store with a trusted certificate entry but it has none, so nobody would be trusted",
                    refused.getMessage());
        }
    }

    /** What the context's own trust and key managers decide cannot be asked of ours too. */
    @Test
    void aContextOfOnesOwnExcludesTheSettingsThatAreNotForIt() throws Exception {
        Map<String, Consumer<StreamWebSocketControl>> excluded = new LinkedHashMap<>();
        excluded.put("trustOnly", it -> it.trustOnly(Credentials.ANCHORS));
        excluded.put(
                "ignorableServerCertificateErrors",
                it -> it.ignorableServerCertificateErrors().add(ChainValidationResult.UNTRUSTED));
        excluded.put("revocation(STAPLED)", it -> it.revocation(Revocation.STAPLED));
        excluded.put("weakAlgorithmsRefused(false)", it -> it.weakAlgorithmsRefused(false));
        excluded.put("clientCertificate", it -> it.clientCertificate(clientCertificate()));
        SSLContext context = SSLContext.getDefault();
        for (Map.Entry<String, Consumer<StreamWebSocketControl>> setting : excluded.entrySet()) {
            try (StreamWebSocket socket = new StreamWebSocket()) {
                socket.control().sslContext(context);
                setting.getValue().accept(socket.control());
                IllegalStateException refused = assertThrows(
                        IllegalStateException.class, () -> socket.connect(URI.create("wss://localhost:1/")));
                assertEquals(
                        "expected sslContext or " + setting.getKey()
                                + " but both are set: the trust and key managers of the context decide",
                        refused.getMessage());
                socket.control().sslContext(null); // and the socket can be configured anew
            }
        }
        control.sslContext(context)
                .publicKeyPins(PIN)
                .lowestTlsVersion(TlsVersion.TLS_1_3)
                .namedGroups("x25519");
        assertSame(context, control.tlsSnapshot().context());
    }

    @Test
    void nothingChangesOnceConnectHasStarted() throws Exception {
        Path pem = Files.writeString(folder.resolve("ca.pem"), SelfMadeAuthority.pem(Credentials.ANCHORS));
        List<Consumer<StreamWebSocketControl>> changes = new ArrayList<>(List.of(
                it -> it.ignorableServerCertificateErrors().add(ChainValidationResult.EXPIRED),
                it -> it.ignorableServerCertificateErrors().remove(ChainValidationResult.EXPIRED),
                it -> it.trustOnly(Credentials.ANCHORS),
                it -> it.publicKeyPins(PIN),
                it -> it.weakAlgorithmsRefused(false),
                it -> it.revocation(Revocation.REQUIRED),
                it -> it.revocationLists(List.of()),
                it -> it.ocspResponses(List.of()),
                it -> it.clientCertificate(null),
                it -> it.lowestTlsVersion(TlsVersion.TLS_1_3),
                it -> it.namedGroups("x25519"),
                it -> it.sslContext(null)));
        StreamWebSocketControl closed = new StreamWebSocketControl(() -> {
            throw new IllegalStateException("connected");
        });
        for (Consumer<StreamWebSocketControl> change : changes) {
            assertThrows(IllegalStateException.class, () -> change.accept(closed));
        }
        KeyStore anchors = ClientCredentials.anchors();
        assertThrows(IllegalStateException.class, () -> closed.trustOnly(pem));
        assertThrows(IllegalStateException.class, () -> closed.trustOnly(anchors));
        assertEquals(TlsSettings.trusting(List.of()), closed.tlsSnapshot());
    }
}
