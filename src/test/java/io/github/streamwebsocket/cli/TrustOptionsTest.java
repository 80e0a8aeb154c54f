package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.StreamWebSocket;
import io.github.streamwebsocket.StreamWebSocketControl;
import io.github.streamwebsocket.TlsVersion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class TrustOptionsTest {
    private static final String PIN = "sha256/" + "A".repeat(43) + "=";
    private static final String BACKUP = "sha256/" + "B".repeat(42) + "A=";

    @Command
    private static final class Client {
        @Mixin
        private final ClientOptions options = new ClientOptions();
    }

    private static StreamWebSocketControl control(String... args) throws Failure {
        Client client = new Client();
        new CommandLine(client).parseArgs(args);
        try (StreamWebSocket socket = client.options.configure(new StreamWebSocket(), Map.of())) {
            return socket.control();
        } catch (Failure e) {
            throw e;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nothingIsIgnoredAndNothingPinnedUnlessAskedFor() throws Failure {
        StreamWebSocketControl control = control();
        assertEquals(Set.of(), control.ignorableServerCertificateErrors());
        assertEquals(Set.of(), control.publicKeyPins());
        assertEquals(TlsVersion.TLS_1_2, control.lowestTlsVersion());
    }

    @Test
    void errorsToIgnoreAreNamedTogetherOrOneByOneInAnyCase() throws Failure {
        assertEquals(
                Set.of(
                        ChainValidationResult.UNTRUSTED,
                        ChainValidationResult.EXPIRED,
                        ChainValidationResult.INVALID_NAME),
                control("--ignore", "untrusted,Expired", "--ignore", "invalid-name")
                        .ignorableServerCertificateErrors());
    }

    @ParameterizedTest
    @ValueSource(strings = {"REVOKED", "SUCCESS", "OTHER_ERRORS", "expierd", "EXPIRED,nope", "EXPIRED UNTRUSTED"})
    void whatCannotBeIgnoredIsAMisuseThatNamesWhatCan(String errors) {
        String message = assertThrows(ParameterException.class, () -> control("--ignore", errors))
                .getMessage();
        String allowed = "expected some of UNTRUSTED, EXPIRED, INCOMPLETE_CHAIN, WRONG_USAGE, INVALID_NAME,"
                + " REVOCATION_INFORMATION_MISSING, REVOCATION_FAILURE but was '";
        assertEquals(true, message.contains(allowed), message);
    }

    @Test
    void pinsAddUp() throws Failure {
        assertEquals(
                List.of(PIN, BACKUP),
                List.copyOf(control("--pin", PIN, "--pin", BACKUP).publicKeyPins()));
    }

    @Test
    void tls12CanBeRefused() throws Failure {
        assertEquals(TlsVersion.TLS_1_3, control("--tls13").lowestTlsVersion());
    }
}
