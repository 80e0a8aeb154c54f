package io.github.streamwebsocket.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that a test runs beside itself, talks with over its standard input and output, and ends. */
public class ChildProcess implements AutoCloseable {
    /** How long a child that said something unexpected may go on to explain itself. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Process process;
    private final BufferedReader output;
    private final Writer input;

    /**
     * Starts it.
     *
     * @param patience how long it may run; then it is killed, which ends its output
     */
    public ChildProcess(Duration patience, List<String> command) throws IOException {
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output = process.inputReader(StandardCharsets.UTF_8);
        input = process.outputWriter(StandardCharsets.UTF_8);
        killAfter(patience);
    }

    private void killAfter(Duration patience) {
        Thread.ofVirtual().name("child-process-bound").start(() -> awaitEnd(patience));
    }

    private void awaitEnd(Duration patience) {
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the next line it prints, which must begin like this, and gives what follows. */
    public final String expect(String prefix) throws IOException {
        String line = output.readLine();
        if (line == null || !line.startsWith(prefix)) {
            killAfter(LAST_WORDS);
            StringBuilder rest = new StringBuilder();
            output.lines().limit(50).forEach(more -> rest.append('\n').append(more));
            throw new AssertionError("expected \"" + prefix + "...\" of the child but was " + line + rest);
        }
        return line.substring(prefix.length());
    }

    /** Gives it a line to read. */
    public final void tell(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /** Ends it, by its handle. */
    @Override
    public final void close() {
        process.destroyForcibly();
    }
}
