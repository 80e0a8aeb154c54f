package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.MessageWebSocket;
import io.github.streamwebsocket.OutgoingMessage;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** Sends a file as one message. */
@Command(
        name = "send",
        defaultValueProvider = SendCommand.LongCloseTimeout.class,
        header = "Send a file as one binary message.",
        description = {
            "",
            "Sends FILE, of any size, as one message to the server at URI, waits until the server has it, and closes.",
            "",
            "With a server of \"streamwebsocket serve --files\", success means that the file is stored under its name;"
                    + " with any other server, that it answered our Close, which it reads after all of the message: data"
                    + " that was sent last may be long on the way to it, so it has more time for that than elsewhere."
        },
        footer = {
            "",
            "Examples:",
            "  streamwebsocket send film.mkv wss://example.org/films",
            "  streamwebsocket send film.mkv wss://127.0.0.1:8443/film.mkv --ca ca.pem",
            "  tar c src | streamwebsocket send - ws://127.0.0.1:8080/src.tar"
        })
final class SendCommand implements Callable<Integer> {
    private static final int SECTION = 65_536;

    private final Console console;
    private final Cleanup cleanup;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Mixin
    private final CompressionOption compression = new CompressionOption();

    @Mixin
    private final ProgressOption progressOption;

    @Mixin
    private final OutputOptions output;

    @Parameters(index = "0", paramLabel = "FILE", description = "What to send; - for the standard input.")
    private Path file = Path.of("");

    @Parameters(
            index = "1",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "Where to: ws://... or wss://...")
    private URI uri = URI.create("");

    SendCommand(Console console, Cleanup cleanup) {
        this.console = console;
        this.cleanup = cleanup;
        progressOption = new ProgressOption(console, cleanup);
        output = new OutputOptions(console, cleanup);
    }

    @Override
    public Integer call() throws IOException {
        // A message socket, for it does not mind what type the answers have, which are dropped.
        MessageWebSocket unconnected = client.configure(new MessageWebSocket(), TransferHeaders.SENDER);
        compression.offer(unconnected);
        try (InputStream source = open()) {
            ClientSession.run(unconnected, uri, cleanup, output, socket -> send(source, socket));
        }
        return ExitCode.DONE.value();
    }

    private void send(InputStream source, MessageWebSocket socket) throws IOException {
        Verdict verdict = Verdict.await(socket);
        Meter meter = new Meter();
        try (Progress progress = progressOption.show(output, label(), meter, size())) {
            send(source, socket, meter);
            conclude(socket, verdict);
        }
        output.note("sent " + label() + ": " + meter.summary());
        if (verdict.dropped() > 0) {
            output.note("dropped what the server sent meanwhile: " + Units.size(verdict.dropped()));
        }
    }

    private void send(InputStream source, MessageWebSocket socket, Meter meter) throws IOException {
        byte[] section = new byte[SECTION];
        try (OutgoingMessage message = socket.beginMessage()) {
            for (int length = source.read(section); length >= 0; length = source.read(section)) {
                message.write(section, 0, length);
                meter.add(length);
            }
            if (isStandardInput()) {
                cleanup.checkNotCutShort(socket);
            }
            message.complete();
        }
    }

    /** Waits for the server's word that it has the message; the server of our own gives it unasked. */
    private static void conclude(MessageWebSocket socket, Verdict verdict) throws IOException {
        boolean promised = socket.information()
                .responseHeaders()
                .first(TransferHeaders.RECEIPT)
                .filter(TransferHeaders.RECEIPT_BY_CLOSE::equalsIgnoreCase)
                .isPresent();
        if (promised) {
            verdict.awaitServersClose();
        } else {
            verdict.closeAndCheckAnswer();
        }
    }

    private boolean isStandardInput() {
        return file.toString().equals("-");
    }

    private String label() {
        return isStandardInput() ? "standard input" : String.valueOf(file.getFileName());
    }

    private long size() throws Failure {
        try {
            return isStandardInput() || !Files.isRegularFile(file) ? ProgressText.UNKNOWN : Files.size(file);
        } catch (IOException e) {
            throw Failure.ofFile("cannot read", file, e);
        }
    }

    private InputStream open() throws Failure {
        if (isStandardInput()) {
            return new LocalInput(console.in(), file);
        }
        if (Files.isDirectory(file)) {
            throw new Failure(ExitCode.FILE, "cannot read " + file + ": it is a directory");
        }
        try {
            return new LocalInput(Files.newInputStream(file), file);
        } catch (IOException e) {
            throw Failure.ofFile("cannot read", file, e);
        }
    }

    /** What was sent last may be long on the way, and the server answers our Close after it. */
    static final class LongCloseTimeout implements IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(ArgSpec argument) {
            return argument instanceof OptionSpec option && ClientOptions.CLOSE_TIMEOUT.equals(option.longestName())
                    ? "60s"
                    : null;
        }
    }

    /** Marks what fails here as the failure of a file. */
    private static final class LocalInput extends FilterInputStream {
        private final Path file;

        LocalInput(InputStream in, Path file) {
            super(in);
            this.file = file;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws Failure {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                throw Failure.ofFile("cannot read", file, e);
            }
        }
    }
}
