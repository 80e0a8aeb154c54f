package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.internal.net.Await;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A {@code serve} command that runs in this JVM until it is closed. */
final class Serving implements AutoCloseable {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Cleanup cleanup = new Cleanup();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final String[] lines;

    /** Starts it and waits until it listens. */
    static Serving with(String... options) {
        return new Serving(options);
    }

    private Serving(String... options) {
        List<String> args = new ArrayList<>(List.of("serve"));
        args.addAll(List.of(options));
        Console console = CommandRun.console(InputStream.nullInputStream(), out, err);
        Main main = new Main(console, cleanup, false);
        Thread.ofVirtual().start(() -> exitCode.complete(main.run(args.toArray(String[]::new))));
        int expected = args.contains("--tls") ? 2 : 1;
        Await.until(
                "serve listens: " + err(),
                () -> exitCode.isDone() || outText().lines().count() == expected);
        lines = outText().lines().toArray(String[]::new);
    }

    private String outText() {
        return out.toString(StandardCharsets.UTF_8);
    }

    /** All that was said so far. */
    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** What the first line of the output says, with a path instead of "/". */
    String uri(String path) {
        return lines[0].replaceFirst("listening on (.*)/$", "$1") + path;
    }

    URI uriOf(String path) {
        return URI.create(uri(path));
    }

    /** The file to trust, which the second line of the output says. */
    String ca() {
        return lines[1].replaceFirst("trust it with --ca ", "");
    }

    /** Ends it as a signal would, and returns its exit code. */
    int stop() {
        cleanup.end(Duration.ofSeconds(2));
        return exitCode.orTimeout(10, java.util.concurrent.TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        stop();
    }
}
