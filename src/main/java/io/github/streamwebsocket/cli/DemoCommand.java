package io.github.streamwebsocket.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows that it works: a file larger than the heap, through TLS and back. */
@Command(
        name = "demo",
        header = "See it work: a message larger than the heap, through wss:// and back.",
        description = {
            "",
            "Starts a listener on this machine with a certificate made for the occasion, connects by wss:// trusting"
                    + " only that certificate's authority, and sends FILE as one message while the listener echoes it"
                    + " section by section and a second virtual thread receives it. Fails unless the SHA-256 of what"
                    + " came back is that of what was sent.",
            "",
            "Run it with a small heap (java -Xmx64m ...) and a large file: that is the point."
        },
        footer = {
            "",
            "Examples:",
            "  streamwebsocket demo",
            "  streamwebsocket demo film.mkv",
            "  streamwebsocket demo --size 20GiB"
        })
final class DemoCommand implements Callable<Integer> {
    private static final long USUAL_SIZE = 1L << 30;

    private final Console console;
    private final Cleanup cleanup;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            converter = Units.SizeConverter.class,
            description = "How much random data to send when there is no FILE. Default: 1GiB")
    private @Nullable Long size;

    @Mixin
    private final CompressionOption compression = new CompressionOption();

    @Mixin
    private final ProgressOption progressOption;

    @Mixin
    private final OutputOptions output;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "What to send. Without it, random data made on the fly.")
    private @Nullable Path file;

    DemoCommand(Console console, Cleanup cleanup) {
        this.console = console;
        this.cleanup = cleanup;
        progressOption = new ProgressOption(console, cleanup);
        output = new OutputOptions(console, cleanup);
    }

    @Override
    public Integer call() throws IOException {
        DemoData data = data();
        try (InputStream source = data.open();
                DemoRun run = new DemoRun(cleanup, compression.settings().orElse(null));
                HeapWatch heapWatch = HeapWatch.start()) {
            print("message", Units.size(data.size()) + exactly(data.size()) + ": " + data.description());
            print("through", run.uri() + ", to a listener in this process and back");
            print("trusting", "only the authority of a certificate made for the occasion");
            print("heap", Units.size(Runtime.getRuntime().maxMemory()) + " for all of this process");
            console.print("");
            Meter meter = new Meter();
            DemoRun.Result result;
            try (Progress progress = progressOption.show(output, "there and back", meter, data.size())) {
                result = run.transfer(source, meter);
            }
            print("sent", result.sent().text());
            print("received", result.received().text() + ", at the same time");
            if (compression.settings().isPresent()) {
                print("compressed", compressed(run));
            }
            print("heap used", Units.size(heapWatch.highest()) + " at most, measured after each collection");
            return report(result).value();
        }
    }

    private DemoData data() throws Failure {
        if (file == null) {
            return DemoData.random(size == null ? USUAL_SIZE : size);
        }
        if (size != null) {
            throw new Failure(ExitCode.USAGE, "expected either FILE or --size, for a file has its own size");
        }
        return DemoData.of(file);
    }

    private ExitCode report(DemoRun.Result result) throws Failure {
        if (result.equal()) {
            print("SHA-256", result.sent().sha256() + " both ways");
            console.print("");
            console.print("OK: what came back is what was sent.");
            return ExitCode.DONE;
        }
        print("SHA-256", result.sent().sha256() + " sent");
        print("", result.received().sha256() + " received");
        console.print("");
        console.print("FAILED: what came back is not what was sent.");
        return ExitCode.FAILED;
    }

    private static String compressed(DemoRun run) {
        return run.compression()
                .map(agreed -> "what gets smaller by it, by permessage-deflate of level " + agreed.level())
                .orElse("nothing, as the two sides did not agree on it");
    }

    /** Returns what the short form of a size leaves out. */
    private static String exactly(long bytes) {
        return bytes < 1_000 ? "" : String.format(Locale.ROOT, " (%,d bytes)", bytes);
    }

    private void print(String name, String value) throws Failure {
        console.print(String.format(Locale.ROOT, "%-10s %s", name, value));
    }
}
