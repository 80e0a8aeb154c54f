package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.StreamWebSocket;
import io.github.streamwebsocket.WebSocketCertificateException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketHandshakeException;
import io.github.streamwebsocket.internal.tls.AnyChainServer;
import io.github.streamwebsocket.testing.BouncyCastleLog;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Between a public case and its verdict stands a whole TLS handshake: a server of the JDK's shows the chain, a
 * StreamWebSocket connects, and must find what the validator finds when it is asked directly.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class HandshakeVerdictTest {
    /** BouncyCastle reads no longer Certificate message (jdk.tls.maxHandshakeMessageSize). */
    private static final int LONGEST_MESSAGE = 32_768;

    /** What stands in a Certificate message beside the certificates (RFC 8446 4.4.2): of each, and of the whole. */
    private static final int EACH = 5;

    private static final int WHOLE = 4;

    private static final Set<ASN1Encodable> CURVES =
            Set.of(SECObjectIdentifiers.secp256r1, SECObjectIdentifiers.secp384r1, SECObjectIdentifiers.secp521r1);

    /** The alerts that may tell the server of an error (RFC 8446 6.2). */
    private static final Map<ChainValidationResult, String> ALERTS = Map.ofEntries(
            Map.entry(ChainValidationResult.UNTRUSTED, "unknown_ca"),
            Map.entry(ChainValidationResult.INCOMPLETE_CHAIN, "unknown_ca"),
            Map.entry(ChainValidationResult.BASIC_CONSTRAINTS_ERROR, "unknown_ca"),
            Map.entry(ChainValidationResult.EXPIRED, "certificate_expired"),
            Map.entry(ChainValidationResult.REVOKED, "certificate_revoked"),
            Map.entry(ChainValidationResult.WRONG_USAGE, "unsupported_certificate"),
            Map.entry(ChainValidationResult.UNKNOWN_CRITICAL_EXTENSION, "unsupported_certificate"),
            Map.entry(ChainValidationResult.INVALID_NAME, "certificate_unknown"),
            Map.entry(ChainValidationResult.INVALID_CERTIFICATE_AUTHORITY_POLICY, "certificate_unknown"),
            Map.entry(ChainValidationResult.INVALID_SIGNATURE, "bad_certificate"),
            Map.entry(ChainValidationResult.OTHER_ERRORS, "bad_certificate"));

    private final Map<String, List<String>> leftOut = new TreeMap<>();
    private final List<String> refusedBefore = new ArrayList<>();
    private final List<String> disagreeing = new ArrayList<>();
    private int same;

    @BeforeAll
    static void look() {
        assumeTrue(
                Files.isDirectory(PublicCase.FOLDER),
                () -> "skipped: the corpora are not at " + PublicCase.FOLDER
                        + "; -Dx509.cases=FOLDER names another place");
        BouncyCastleLog.silence();
    }

    @Test
    void aHandshakeFindsWhatTheValidatorFinds() throws Exception {
        try (AnyChainServer server = new AnyChainServer()) {
            for (PublicCase row : PublicCase.of("limbo.tsv")) {
                byte[] key = row.leafKey();
                String reason = key == null ? "the key is not known" : incomparable(row);
                if (key == null || !reason.isEmpty()) {
                    leftOut.computeIfAbsent(reason, none -> new ArrayList<>()).add(row.id());
                } else {
                    server.show(row.sent(), key);
                    connect(row, server, unseen(row, key));
                }
            }
        }
        System.out.println("through a handshake: " + same + " cases with the verdict of the validator, "
                + refusedBefore.size() + " refused before it");
        leftOut.forEach((reason, ids) -> System.out.println("  left out, as " + reason + ": " + ids.size()));
        refusedBefore.forEach(row -> System.out.println("  refused before: " + row));
        assertAll(
                () -> assertEquals(List.of(), disagreeing),
                () -> assertTrue(same > 100, () -> "expected most cases to be compared but they were " + same));
    }

    /** Why the same question cannot be put to a socket; "" when it can. */
    private static String incomparable(PublicCase row) {
        if (row.host() == null) {
            return "a socket always looks for the name";
        }
        if (!row.columns().get(10).isEmpty()) {
            return "a socket judges by today's date";
        }
        if (row.host().contains("_")) {
            return "a server of the JDK's refuses to be asked for such a name";
        }
        return row.parameters().containsKey("maxdepth") ? "a socket has no limit of depth" : "";
    }

    /** Why TLS cannot show such a chain to the validator; "" when it can. */
    private static String unseen(PublicCase row, byte[] key) {
        int length = WHOLE;
        for (byte[] der : row.sent()) {
            length += EACH + der.length;
        }
        if (length > LONGEST_MESSAGE) {
            return "a Certificate message of " + length + " bytes";
        }
        AlgorithmIdentifier algorithm = PrivateKeyInfo.getInstance(key).getPrivateKeyAlgorithm();
        boolean signs = algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
                || CURVES.contains(algorithm.getParameters());
        return signs ? "" : "TLS 1.3 has no signatures by such a key (RFC 8446 4.2.3)";
    }

    private void connect(PublicCase row, AnyChainServer server, String unseen) throws Exception {
        List<ChainValidationResult> expected =
                unseen.isEmpty() ? ChainValidator.validate(row.request(true)).errors() : List.of();
        try (StreamWebSocket socket = new StreamWebSocket()) {
            socket.control()
                    .trustOnly(row.anchors())
                    .targetAddress(server.address())
                    .serverName(row.host());
            WebSocketException outcome = outcome(socket);
            AnyChainServer.Visit visit = server.visit();
            List<ChainValidationResult> found = socket.information().serverCertificateErrors();
            boolean agrees = unseen.isEmpty()
                    ? found.equals(expected)
                            && (expected.isEmpty() ? passed(outcome, visit) : refused(found, outcome, visit))
                    : !row.accept()
                            && !(outcome instanceof WebSocketHandshakeException)
                            && !visit.fault().isEmpty();
            if (!agrees) {
                disagreeing.add(row + ": expected " + expected + " but found " + found + ", " + visit + ", " + outcome);
            } else if (unseen.isEmpty()) {
                same++;
            } else {
                refusedBefore.add(row + ": " + unseen + ": " + outcome.getMessage());
            }
        }
    }

    private static WebSocketException outcome(StreamWebSocket socket) throws Exception {
        try {
            socket.connect(URI.create("wss://localhost/"));
        } catch (WebSocketException e) {
            return e;
        }
        throw new AssertionError("a server that answers 404 was taken for a WebSocket");
    }

    private static boolean passed(WebSocketException outcome, AnyChainServer.Visit visit) {
        return outcome instanceof WebSocketHandshakeException answered
                && answered.statusCode() == 404
                && visit.fault().isEmpty()
                && visit.received() > 0;
    }

    /** By an alert that fits, with nothing behind it. */
    private static boolean refused(
            List<ChainValidationResult> errors, WebSocketException outcome, AnyChainServer.Visit visit) {
        return outcome instanceof WebSocketCertificateException refusal
                && refusal.serverCertificateErrors().equals(errors)
                && errors.stream().anyMatch(error -> visit.fault().contains("alert: " + ALERTS.get(error)))
                && visit.received() == 0;
    }
}
