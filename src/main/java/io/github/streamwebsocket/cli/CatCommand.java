package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.ClientWebSocket;
import io.github.streamwebsocket.MessageWebSocket;
import io.github.streamwebsocket.StreamWebSocket;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connects the standard input and output to a WebSocket. */
@Command(
        name = "cat",
        header = "Connect standard input and output to a WebSocket, as bytes or text.",
        description = {
            "",
            "What is read from the standard input goes out at once as a binary message; what comes in binary messages"
                    + " goes to the standard output. The boundaries of messages mean nothing here, and text messages are"
                    + " refused.",
            "",
            "With --text, each line goes out as a text message, without its line end, \\n or \\r\\n; each text message"
                    + " that comes is written at once, as it is, and a line end after it. A line has to be UTF-8 and may"
                    + " have any length. Of a binary message the bytes are written, which is said once.",
            "",
            "Ends when the server closes. After the end of the input it waits for answers: when nothing has come for"
                    + " the time of --wait, it closes. A server that does not answer the Close may not have read all: that"
                    + " is a failure.",
            "",
            "Something is waited for all the time, so --read-timeout ends it whenever the server is silent for that"
                    + " long, also while the input goes on."
        },
        footer = {
            "",
            "Examples:",
            "  echo hello | streamwebsocket cat ws://127.0.0.1:8080/echo",
            "  streamwebsocket cat --text wss://example.org/chat",
            "  streamwebsocket cat --protocol mqtt wss://example.org/mqtt < packets > answers",
            "  streamwebsocket cat --wait 1h ws://127.0.0.1:8080/news < /dev/null"
        })
final class CatCommand implements Callable<Integer> {
    private final Console console;
    private final Cleanup cleanup;

    @Option(
            names = "--text",
            description = "Send each line as a text message, and write each message as a line; UTF-8 both ways.")
    private boolean text;

    @Option(
            names = "--wait",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = Units.DurationConverter.class,
            description = "How long a silence ends it after the end of the input. Default: ${DEFAULT-VALUE}")
    private Duration wait = Duration.ofSeconds(1);

    @Mixin
    private final ClientOptions client = new ClientOptions();

    @Mixin
    private final CompressionOption compression = new CompressionOption();

    @Mixin
    private final OutputOptions output;

    @Parameters(
            index = "0",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "Where to: ws://... or wss://...")
    private URI uri = URI.create("");

    CatCommand(Console console, Cleanup cleanup) {
        this.console = console;
        this.cleanup = cleanup;
        output = new OutputOptions(console, cleanup);
    }

    @Override
    public Integer call() throws IOException {
        if (text) {
            run(new MessageWebSocket(), socket -> new CatText(console, cleanup, output, socket));
        } else {
            run(new StreamWebSocket(), socket -> new CatBytes(console, socket));
        }
        return ExitCode.DONE.value();
    }

    private <S extends ClientWebSocket> void run(S socket, Function<S, BothWays.Conversation> how) throws IOException {
        client.configure(socket, Map.of());
        compression.offer(socket);
        ClientSession.run(socket, uri, cleanup, output, connected -> {
            CloseAnswer answer = new CloseAnswer(connected);
            BothWays.run(how.apply(connected), wait);
            answer.await();
        });
    }
}
