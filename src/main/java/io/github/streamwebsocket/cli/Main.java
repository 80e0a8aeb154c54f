package io.github.streamwebsocket.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code streamwebsocket COMMAND ...}. */
@Command(
        name = Main.NAME,
        header = "Send and receive files of any size through a WebSocket, in constant memory.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  streamwebsocket demo                               see it work",
            "  streamwebsocket serve --files inbox --port 8080    a place for files",
            "  streamwebsocket send film.mkv ws://127.0.0.1:8080/film.mkv",
            "  streamwebsocket receive ws://127.0.0.1:8080/film.mkv copy.mkv",
            "  streamwebsocket cert wss://example.org             what a certificate has",
            "",
            "Sizes are in KiB, MiB and GiB, powers of 1024. Times are written 500ms, 10s, 2m or 1h.",
            "\"streamwebsocket COMMAND --help\" tells all about a command."
        })
public final class Main implements Callable<Integer> {
    static final String NAME = "streamwebsocket";

    /** How long other ends may take to answer a Close when the process is told to end. */
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private static final int HELP_WIDTH = 80;

    private final Console console;
    private final Cleanup cleanup;
    private final boolean ownsProcess;
    private final CommandLine line;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option, not at the field
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli looks at the option, not at the field
    private boolean version;

    /**
     * Makes a command line.
     *
     * @param ownsProcess whether settings of the whole process, such as its logging, may be changed
     */
    Main(Console console, Cleanup cleanup, boolean ownsProcess) {
        this.console = console;
        this.cleanup = cleanup;
        this.ownsProcess = ownsProcess;
        line = new CommandLine(this)
                .addSubcommand(new SendCommand(console, cleanup))
                .addSubcommand(new ReceiveCommand(console, cleanup))
                .addSubcommand(new CatCommand(console, cleanup))
                .addSubcommand(new CertCommand(console, cleanup, Clock.systemUTC()))
                .addSubcommand(new ServeCommand(console, cleanup))
                .addSubcommand(new DemoCommand(console, cleanup))
                .addSubcommand(new HelpCommand());
    }

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        Cleanup cleanup = new Cleanup();
        cleanup.whenTheProcessEnds(GOODBYE);
        System.exit(new Main(Console.ofProcess(), cleanup, true).run(args));
    }

    /** Runs a command and returns its exit code. */
    int run(String... args) {
        line.setOut(new PrintWriter(new OutputStreamWriter(console.out(), console.outCharset()), true))
                .setErr(new PrintWriter(console.err(), true, console.err().charset()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(HELP_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(this::misused)
                .setExecutionStrategy(this::execute)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command, verbose(parsed)));
        help(line);
        line.getSubcommands().values().forEach(Main::help);
        try {
            return line.execute(args);
        } catch (Error e) {
            return failed(e, line, true);
        } finally {
            cleanup.finish();
        }
    }

    /** What all help pages have in common. */
    private static void help(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.synopsisHeading("%nUsage: ")
                .abbreviateSynopsis(true)
                .sortOptions(false)
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .commandListHeading("%nCommands:%n")
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.table());
    }

    private int execute(ParseResult parsed) {
        if (ownsProcess) {
            Logging.configure(verbose(parsed));
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** Every command has its output options. */
    private static boolean verbose(ParseResult parsed) {
        ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
        return command.matchedOptionValue("--verbose", false);
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public Integer call() {
        line.usage(line.getErr());
        return ExitCode.USAGE.value();
    }

    private int misused(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        if (command.getParent() == null
                && e instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()) {
            List<String> similar = unmatched.getSuggestions();
            String hint = similar.isEmpty() ? "" : ", did you mean " + String.join(" or ", similar) + "?";
            return misused("no such command: " + unmatched.getUnmatched().get(0) + hint, command);
        }
        return misused(e.getMessage() + CompressionOption.hint(args), command);
    }

    private int misused(String what, CommandLine command) {
        console.say(NAME + ": " + what + "; see \"" + command.getCommandSpec().qualifiedName() + " --help\"");
        return ExitCode.USAGE.value();
    }

    private int failed(Throwable failure, CommandLine command, boolean verbose) {
        ErrorReport report = ErrorReport.of(failure);
        if (cleanup.ending() || report.exitCode() == ExitCode.PIPE) {
            return report.exitCode().value(); // no news: the user ended it, or whoever read the output did
        }
        if (report.exitCode() == ExitCode.USAGE) {
            return misused(report.line(), command);
        }
        console.say(NAME + ": " + report.line());
        if (verbose) {
            failure.printStackTrace(console.err());
        }
        return report.exitCode().value();
    }
}
