package io.github.streamwebsocket.jmh.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a case that is a main class, whose last line is the figure, in a JVM of its own.
 *
 * @param jvmArguments tell it where the peer is
 * @param log takes all that it prints
 */
record Program(List<String> jvmArguments, PrintStream log) {
    /** How much longer than planned it may take, in seconds: thousands of TLS handshakes take minutes at first. */
    private static final int PATIENCE = 300;

    Outcome run(Case subject, String transport, String client, Effort effort) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(subject.program(transport, client));
        command.addAll(subject.parameters(transport, client).values());
        log.println(String.join(" ", command));
        String last;
        try (Overdue overdue = Overdue.after(effort.forkMilliseconds(transport) + PATIENCE * 1000L)) {
            last = lastLine(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        }
        try {
            double figure = Double.parseDouble(last);
            return new Outcome(List.of(figure * subject.measures().getFirst().scale()), 1);
        } catch (NumberFormatException e) {
            throw new IOException("expected a number in the last line but was \"" + last + "\"", e);
        }
    }

    private String lastLine(Process process) throws IOException, InterruptedException {
        String last = "";
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.println(line);
                last = line;
            }
            if (process.waitFor() != 0) {
                throw new IOException("expected exit code 0 but was " + process.exitValue());
            }
            return last;
        } finally {
            process.destroyForcibly();
        }
    }
}
