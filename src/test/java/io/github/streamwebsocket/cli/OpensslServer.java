package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code openssl s_server}, where openssl is installed: TLS that shares nothing with ours. */
public final class OpensslServer implements AutoCloseable {
    private final Process process;
    private final int port;

    /** Starts it on a free port; skips the test where there is no openssl. */
    public static OpensslServer with(Path chain, Path key, String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", chain.toString(), "-cert_chain"));
        command.addAll(List.of(chain.toString(), "-key", key.toString()));
        command.addAll(List.of(options));
        try {
            return new OpensslServer(
                    new ProcessBuilder(command).redirectError(Redirect.DISCARD).start());
        } catch (IOException e) {
            assumeTrue(false, "openssl is not installed: " + e.getMessage());
            throw e;
        }
    }

    private OpensslServer(Process process) throws IOException {
        this.process = process;
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String line = out.readLine();
        while (line != null && !line.startsWith("ACCEPT ")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException(
                    "openssl s_server ended with " + process.onExit().join().exitValue());
        }
        port = Integer.parseInt(line.replaceFirst(".*:", ""));
        // So that it never waits for somebody to read what it says.
        Thread.ofVirtual().start(() -> out.lines().forEach(ignored -> {}));
    }

    public String uri() {
        return "wss://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
