package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.StreamWebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Connects the standard input and output to a WebSocket. */
@Command(
        name = "cat",
        header = "Connect standard input and output to a WebSocket, as bytes.",
        description = {
            "",
            "What is read from the standard input goes out at once as a binary message; what comes in binary messages"
                    + " goes to the standard output. The boundaries of messages mean nothing here.",
            "",
            "Ends when the server closes. After the end of the input it waits for answers: when nothing has come for"
                    + " the time of --wait, it closes."
        },
        footer = {
            "",
            "Examples:",
            "  echo hello | streamwebsocket cat ws://127.0.0.1:8080/echo",
            "  streamwebsocket cat --protocol mqtt wss://example.org/broker < packets > answers",
            "  streamwebsocket cat --wait 1h ws://127.0.0.1:8080/news < /dev/null"
        })
final class CatCommand implements Callable<Integer> {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);
    private static final int SECTION = 65_536;

    private final Console console;
    private final Cleanup cleanup;

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
    @SuppressWarnings("UnusedVariable") // for picocli; this command has nothing to say but errors
    private final OutputOptions output;

    @Parameters(
            index = "0",
            paramLabel = "URI",
            converter = UriConverter.class,
            description = "Where to: ws://... or wss://...")
    private URI uri = URI.create("");

    /** What the two copying threads report; the command's own thread decides. */
    private enum Kind {
        INPUT_ENDED,
        DATA_CAME,
        SERVER_CLOSED,
        FAILED
    }

    private record Event(Kind kind, @Nullable Exception failure) {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    CatCommand(Console console, Cleanup cleanup) {
        this.console = console;
        this.cleanup = cleanup;
        output = new OutputOptions(console, cleanup);
    }

    @Override
    public Integer call() throws IOException {
        ClientSession.run(client.newSocket(Map.of(), CLOSE_TIMEOUT), uri, cleanup, this::copyBothWays);
        return ExitCode.DONE.value();
    }

    private void copyBothWays(StreamWebSocket socket) throws IOException {
        InputStream fromServer = socket.inputStream();
        OutputStream toServer = socket.outputStream();
        // A read of the standard input cannot be ended, so its thread must not keep the process alive; and it holds a
        // carrier, so it is no virtual thread.
        Thread.ofPlatform().daemon().name("cat-input").start(() -> copyInput(toServer));
        Thread.ofVirtual().name("cat-output").start(() -> copyOutput(fromServer));
        awaitEnd();
    }

    private void copyInput(OutputStream toServer) {
        byte[] section = new byte[SECTION];
        try {
            for (int length = read(section); length >= 0; length = read(section)) {
                toServer.write(section, 0, length);
                toServer.flush();
            }
            events.add(new Event(Kind.INPUT_ENDED, null));
        } catch (IOException | RuntimeException e) {
            events.add(new Event(Kind.FAILED, e));
        }
    }

    private int read(byte[] section) throws Failure {
        try {
            return console.in().read(section);
        } catch (IOException e) {
            throw new Failure(ExitCode.FILE, "cannot read the standard input: " + e.getMessage(), e);
        }
    }

    private void copyOutput(InputStream fromServer) {
        byte[] section = new byte[SECTION];
        try {
            for (int length = fromServer.read(section); length >= 0; length = fromServer.read(section)) {
                console.write(section, 0, length);
                if (events.isEmpty()) {
                    events.add(new Event(Kind.DATA_CAME, null)); // one is enough to begin the wait anew
                }
            }
            events.add(new Event(Kind.SERVER_CLOSED, null));
        } catch (IOException | RuntimeException e) {
            events.add(new Event(Kind.FAILED, e));
        }
    }

    /** Returns when it is time to close. */
    private void awaitEnd() throws IOException {
        boolean inputEnded = false;
        while (true) {
            Event event = next(inputEnded);
            if (event == null || event.kind == Kind.SERVER_CLOSED) {
                return;
            }
            if (event.failure instanceof IOException failure) {
                throw failure;
            }
            if (event.failure != null) {
                throw new IllegalStateException("copying failed", event.failure);
            }
            inputEnded |= event.kind == Kind.INPUT_ENDED;
        }
    }

    private @Nullable Event next(boolean inputEnded) throws Failure {
        try {
            return inputEnded ? events.poll(wait.toMillis(), TimeUnit.MILLISECONDS) : events.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "interrupted", e);
        }
    }
}
