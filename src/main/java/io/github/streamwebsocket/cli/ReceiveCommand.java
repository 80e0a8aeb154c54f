package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.StreamWebSocket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Receives one message into a file. */
@Command(
        name = "receive",
        header = "Receive one binary message into a file.",
        description = {
            "",
            "Receives the first message of the server at URI, of any size, and closes. The data goes to a hidden file"
                    + " beside FILE, which gets the name FILE when it is complete: FILE is whole or not there."
        },
        footer = {
            "",
            "Examples:",
            "  streamwebsocket receive wss://example.org/films/1 film.mkv",
            "  streamwebsocket receive wss://127.0.0.1:8443/film.mkv copy.mkv --ca ca.pem",
            "  streamwebsocket receive ws://127.0.0.1:8080/src.tar - | tar x"
        })
final class ReceiveCommand implements Callable<Integer> {
    private static final int SECTION = 65_536;

    private final Console console;
    private final Cleanup cleanup;

    @Option(names = "--force", description = "Replace FILE if it exists.")
    private boolean force;

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Mixin
    private final CompressionOption compression = new CompressionOption();

    @Mixin
    private final ProgressOption progressOption;

    @Mixin
    private final OutputOptions output;

    @Parameters(
            index = "0",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "Where from: ws://... or wss://...")
    private URI uri = URI.create("");

    @Parameters(index = "1", paramLabel = "FILE", description = "Where to; - for the standard output.")
    private Path file = Path.of("");

    ReceiveCommand(Console console, Cleanup cleanup) {
        this.console = console;
        this.cleanup = cleanup;
        progressOption = new ProgressOption(console, cleanup);
        output = new OutputOptions(console, cleanup);
    }

    /** Where the data goes. */
    private interface Sink {
        void write(byte[] buffer, int offset, int length) throws Failure;
    }

    @Override
    public Integer call() throws IOException {
        boolean toStandardOutput = file.toString().equals("-");
        if (!toStandardOutput) {
            PartFile.checkTarget(file, force);
        }
        StreamWebSocket unconnected = client.configure(new StreamWebSocket(), TransferHeaders.RECEIVER);
        compression.offer(unconnected);
        if (toStandardOutput) {
            ClientSession.run(unconnected, uri, cleanup, output, socket -> receive(socket, console::write));
        } else {
            // Made before connecting: where nothing can be written, nothing need be sent.
            try (PartFile part = PartFile.create(file, cleanup)) {
                ClientSession.run(unconnected, uri, cleanup, output, socket -> {
                    receive(socket, part::write);
                    part.commit(force);
                });
            }
        }
        return ExitCode.DONE.value();
    }

    private void receive(StreamWebSocket socket, Sink sink) throws IOException {
        Meter meter = new Meter();
        String label = String.valueOf(file.toString().equals("-") ? "standard output" : file.getFileName());
        try (Progress progress = progressOption.show(output, label, meter, announcedLength(socket))) {
            IncomingMessage message = socket.receive();
            if (message == null) {
                throw new Failure(ExitCode.BROKEN, "the server closed the connection without sending a message");
            }
            copy(message, sink, meter);
        }
        output.note("received " + label + ": " + meter.summary());
    }

    /** Not closed before its end: that would cut the connection off where a Close could still say why. */
    private static void copy(IncomingMessage message, Sink sink, Meter meter) throws IOException {
        byte[] section = new byte[SECTION];
        for (int length = message.read(section); length >= 0; length = message.read(section)) {
            sink.write(section, 0, length);
            meter.add(length);
        }
    }

    private static long announcedLength(StreamWebSocket socket) {
        return socket.information()
                .responseHeaders()
                .first(TransferHeaders.LENGTH)
                .filter(length -> length.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(ProgressText.UNKNOWN);
    }
}
