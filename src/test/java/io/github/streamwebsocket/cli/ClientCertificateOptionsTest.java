package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority.Credential;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.tls.ClientCredentials;
import io.github.streamwebsocket.testing.OpensslServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClientCertificateOptionsTest {
    private static final String NOWHERE = "ws://127.0.0.1:1/";
    private static final ClientCredentials.Credential CLIENT = ClientCredentials.issue(KeyKind.EC, "client");

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws Exception {
        String certificates = SelfMadeAuthority.pem(CLIENT.chain());
        String key = SelfMadeAuthority.pem(CLIENT.privateKey());
        write("cert.pem", certificates);
        write("key.pem", key);
        write("both.pem", "a note before it\n" + certificates + key);
        write("password", "secret\nnot this\n");
        write("wrong", "guess\n");
        write("empty", "");
        try (OutputStream out = Files.newOutputStream(folder.resolve("client.p12"))) {
            char[] password = "secret".toCharArray();
            CLIENT.keyStore(password, "client").store(out, password);
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Names of files become files of the folder. */
    private String[] args(List<String> first, List<String> options) {
        return java.util.stream.Stream.concat(
                        first.stream(),
                        options.stream()
                                .map(option -> option.startsWith("--")
                                        ? option
                                        : folder.resolve(option).toString()))
                .toArray(String[]::new);
    }

    static List<List<String>> ways() {
        return List.of(
                List.of("--client-cert", "cert.pem", "--client-key", "key.pem"),
                List.of("--client-cert", "both.pem"),
                List.of("--client-cert", "client.p12", "--client-password-file", "password"));
    }

    /** The server is openssl's, which lets nobody in without a certificate. */
    @ParameterizedTest
    @MethodSource("ways")
    void aServerThatAsksForACertificateGetsIt(List<String> options) throws IOException {
        SelfMadeAuthority authority = SelfMadeAuthority.create("Example Root", KeyKind.EC);
        Credential server = authority.issue(KeyKind.EC, "127.0.0.1");
        Path chain = write("server.pem", SelfMadeAuthority.pem(server.chain()));
        Path key = write("server.key", SelfMadeAuthority.pem(server.privateKey()));
        try (OpensslServer asking = OpensslServer.with(chain, key, "-Verify", "1", "-www")) {
            List<String> first = List.of("cat", asking.uri(), "--ca", chain.toString());
            CommandRun without = CommandRun.of(first.toArray(String[]::new));
            assertEquals(5, without.exitCode(), without.err());
            CommandRun with = CommandRun.of(args(first, options));
            assertEquals(4, with.exitCode(), with.err()); // no WebSocket, but let in
            assertTrue(with.err().contains("refused with status 200"), with.err());
        }
    }

    static List<Arguments> faults() {
        return List.of(
                Arguments.of(2, "beside --client-cert", List.of("--client-key", "key.pem")),
                Arguments.of(2, "beside --client-cert", List.of("--client-password-file", "password")),
                Arguments.of(
                        2,
                        "client.p12 is none: PKCS#12 has its own",
                        List.of("--client-cert", "client.p12", "--client-key", "key.pem")),
                Arguments.of(
                        7,
                        "wrong password for client.p12: none was given, see --client-password-file",
                        List.of("--client-cert", "client.p12")),
                Arguments.of(7, "none: no such file", List.of("--client-cert", "none")),
                Arguments.of(
                        7,
                        "none: no such file",
                        List.of("--client-cert", "client.p12", "--client-password-file", "none")),
                Arguments.of(
                        7, "no password in", List.of("--client-cert", "client.p12", "--client-password-file", "empty")),
                Arguments.of(
                        7, "client.p12", List.of("--client-cert", "client.p12", "--client-password-file", "wrong")),
                Arguments.of(7, "client.p12", List.of("--client-cert", "client.p12")),
                Arguments.of(7, "no private key in", List.of("--client-cert", "cert.pem")),
                Arguments.of(7, "no certificate in", List.of("--client-cert", "key.pem")),
                Arguments.of(7, "password", List.of("--client-cert", "password")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whatIsWrongIsSaidInOneLineBeforeConnecting(int exitCode, String part, List<String> options) {
        CommandRun run = CommandRun.of(args(List.of("cat", NOWHERE), options));
        assertEquals(exitCode, run.exitCode(), run.err());
        assertTrue(run.err().contains(part), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
    }

    @Test
    void thePasswordIsNeverShown() {
        CommandRun run = CommandRun.of(args(
                List.of("cat", NOWHERE, "-v"),
                List.of("--client-cert", "client.p12", "--client-password-file", "wrong")));
        assertTrue(!run.err().contains("guess"), run.err());
    }
}
