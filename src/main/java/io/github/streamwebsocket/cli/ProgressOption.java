package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.Registration;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How progress is shown, for the commands that transfer something of a size. */
final class ProgressOption {
    private static final int USUAL_COLUMNS = 80;

    /** The forms there are. */
    enum Form {
        /** A bar on a terminal, else lines. */
        AUTO,
        /** A bar. */
        BAR,
        /** A line every few seconds. */
        LINES,
        /** Not at all. */
        NONE;

        /** As it is written on the command line. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Console console;
    private final Cleanup cleanup;

    @Option(
            names = "--progress",
            paramLabel = "FORM",
            description = "How progress is shown: bar, lines, none, or auto for a bar on a terminal and a line every"
                    + " 3 s elsewhere. Default: ${DEFAULT-VALUE}",
            defaultValue = "auto")
    private Form form = Form.AUTO;

    ProgressOption(Console console, Cleanup cleanup) {
        this.console = console;
        this.cleanup = cleanup;
    }

    /**
     * Begins to show a transfer on the standard error.
     *
     * @param total the bytes to come, or {@link ProgressText#UNKNOWN}
     */
    Progress show(OutputOptions output, String label, Meter meter, long total) {
        if (output.quiet() || form == Form.NONE) {
            return () -> {};
        }
        Progress progress = start(new ProgressText(ErrorReport.oneLine(label), meter, total, unicode()));
        Registration registration = cleanup.addFirst(progress::close);
        return () -> {
            progress.close();
            registration.close();
        };
    }

    private Progress start(ProgressText text) {
        int columns =
                form == Form.LINES ? 0 : Terminal.columnsOfStandardError().orElse(form == Form.BAR ? USUAL_COLUMNS : 0);
        return columns > 0 ? ProgressOnTerminal.start(console, text, columns) : ProgressInLog.start(console, text);
    }

    private boolean unicode() {
        return console.err().charset().name().startsWith("UTF");
    }
}
