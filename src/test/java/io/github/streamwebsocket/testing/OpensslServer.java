package io.github.streamwebsocket.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code openssl s_server}, where openssl is installed: TLS that shares nothing with ours. */
public final class OpensslServer implements AutoCloseable {
    private static final Pattern ALERT = Pattern.compile("SSL alert number (\\d+)");

    private final Process process;
    private final int port;
    private final BlockingQueue<Integer> alerts = new LinkedBlockingQueue<>();

    /** Starts it on a free port; skips the test where there is no openssl. */
    public static OpensslServer with(Path chain, Path key, String... options) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("openssl", "s_server", "-accept", "127.0.0.1:0", "-cert", chain.toString(), "-cert_chain"));
        command.addAll(List.of(chain.toString(), "-key", key.toString()));
        command.addAll(List.of(options));
        try {
            return new OpensslServer(new ProcessBuilder(command).start());
        } catch (IOException e) {
            assumeTrue(false, "openssl is not installed: " + e.getMessage());
            throw e;
        }
    }

    private OpensslServer(Process process) throws IOException {
        this.process = process;
        // Both are read to the end, so that it never waits for somebody to hear what it says.
        Thread.ofVirtual().start(() -> readAll(process.errorReader(StandardCharsets.US_ASCII), this::hear));
        BufferedReader out = process.inputReader(StandardCharsets.US_ASCII);
        String line = out.readLine();
        while (line != null && !line.startsWith("ACCEPT ")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException(
                    "openssl s_server ended with " + process.onExit().join().exitValue());
        }
        port = Integer.parseInt(line.replaceFirst(".*:", ""));
        Thread.ofVirtual().start(() -> readAll(out, said -> {}));
    }

    private static void readAll(BufferedReader reader, Consumer<String> listener) {
        try {
            reader.lines().forEach(listener);
        } catch (UncheckedIOException ended) {
            // The process has, which closes the stream.
        }
    }

    private void hear(String line) {
        Matcher alert = ALERT.matcher(line);
        if (alert.find()) {
            alerts.add(Integer.valueOf(alert.group(1)));
        }
    }

    public String uri() {
        return "wss://127.0.0.1:" + port();
    }

    public int port() {
        return port;
    }

    /** Waits for a client to send a fatal alert, and returns its number (RFC 8446 6). */
    public int alert() throws InterruptedException {
        Integer alert = alerts.poll(10, TimeUnit.SECONDS);
        if (alert == null) {
            throw new AssertionError("expected a client to send an alert");
        }
        return alert;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
}
