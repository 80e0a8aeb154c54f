package io.github.streamwebsocket.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** One command, run in this JVM with streams of its own, and all that came of it. */
final class CommandRun {
    private final int exitCode;
    private final byte[] out;
    private final String err;

    private CommandRun(int exitCode, byte[] out, String err) {
        this.exitCode = exitCode;
        this.out = out;
        this.err = err;
    }

    static CommandRun of(String... args) {
        return withInput(new byte[0], args);
    }

    static CommandRun withInput(byte[] input, String... args) {
        return withInput(new ByteArrayInputStream(input), args);
    }

    static CommandRun withInput(InputStream input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = new Main(console(input, out, err), new Cleanup(), false).run(args);
        return new CommandRun(exitCode, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    static Console console(InputStream in, OutputStream out, OutputStream err) {
        return new Console(in, out, new PrintStream(err, true, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    int exitCode() {
        return exitCode;
    }

    byte[] out() {
        return out;
    }

    String err() {
        return err;
    }

    String outText() {
        return new String(out, StandardCharsets.UTF_8);
    }
}
