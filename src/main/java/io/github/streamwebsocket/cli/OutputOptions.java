package io.github.streamwebsocket.cli;

import picocli.CommandLine.Option;

/** How much a command says, for all commands. What it says goes to the standard error. */
final class OutputOptions {
    private final Console console;
    private final Cleanup cleanup;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option, not at the field
    private boolean help;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but errors.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show the log of the connection and the stack trace of an error.")
    private boolean verbose;

    OutputOptions(Console console, Cleanup cleanup) {
        this.console = console;
        this.cleanup = cleanup;
    }

    boolean verbose() {
        return verbose;
    }

    /** Says how something went, unless that is not wanted. */
    void note(String line) {
        if (!quiet && !cleanup.ending()) {
            console.say(line);
        }
    }

    /** Says something that only matters to who looks closely. */
    void detail(String line) {
        if (verbose) {
            note(line);
        }
    }

    boolean quiet() {
        return quiet;
    }
}
