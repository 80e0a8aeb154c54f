package io.github.streamwebsocket.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of the tests in a JVM of its own, with this one's class path: so that it is alone in its heap. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    /**
     * Starts it.
     *
     * @param patience how long it may run; then it is killed, which ends its output
     * @param heap what is given to -Xmx
     */
    public ChildJvm(Duration patience, String heap, Class<?> mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "-cp",
                System.getProperty("java.class.path"),
                mainClass.getName()));
        command.addAll(List.of(arguments));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.UTF_8);
        input = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().name("child-jvm-bound").start(() -> killAfter(patience));
    }

    private void killAfter(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the next line it prints, which must begin like this, and gives what follows. */
    public String expect(String prefix) throws IOException {
        String line = output.readLine();
        if (line == null || !line.startsWith(prefix)) {
            StringBuilder rest = new StringBuilder();
            output.lines().limit(50).forEach(more -> rest.append('\n').append(more));
            throw new AssertionError("expected \"" + prefix + "...\" of the child but was " + line + rest);
        }
        return line.substring(prefix.length());
    }

    /** Gives it a line to read. */
    public void tell(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** Ends it, by its handle. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
