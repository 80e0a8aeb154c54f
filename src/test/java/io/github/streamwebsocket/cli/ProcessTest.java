package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.IncomingMessage;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.ServerStreamWebSocket;
import io.github.streamwebsocket.StreamWebSocket;
import io.github.streamwebsocket.WebSocketClosedEventArgs;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketListener;
import io.github.streamwebsocket.WebSocketListenerOptions;
import io.github.streamwebsocket.internal.net.Await;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What only a process of its own shows: signals, exit codes, logs on the standard error, and a heap of 64 MiB. */
@Timeout(60)
class ProcessTest {
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir
    Path folder;

    @TempDir
    Path scratch;

    @Test
    void theDemoSendsMoreThanTheHeapHoldsAndSaysSo() throws Exception {
        try (ChildJvm demo = ChildJvm.start(scratch, "demo", "--size", "100MiB")) {
            assertEquals(0, demo.exitCode(), demo.err());
            String out = demo.out();
            for (String part : List.of(
                    "message    100 MiB (104,857,600 bytes)",
                    "through    wss://127.0.0.1:",
                    "sent       100 MiB in ",
                    "received   100 MiB in ",
                    "heap used  ",
                    "both ways",
                    "OK: what came back is what was sent.")) {
                assertTrue(out.contains(part), part + " in " + out);
            }
            assertFalse((out + demo.err()).contains("\u001b"), "no escape codes where there is no terminal");
            assertTrue(demo.err().lines().allMatch(line -> line.startsWith("there and back: ")), demo.err());
        }
    }

    @Test
    void ctrlCWhileReceivingClosesWith1001AndLeavesNoFile() throws Exception {
        CompletableFuture<WebSocketClosedEventArgs> closed = new CompletableFuture<>();
        try (WebSocketListener listener = WebSocketListener.bind(LOOPBACK, new WebSocketListenerOptions());
                ChildJvm child = ChildJvm.start(
                        scratch,
                        "receive",
                        ServeCommand.uri("ws", listener.localAddress()),
                        folder.resolve("film.mkv").toString())) {
            ServerStreamWebSocket socket = listener.accept();
            socket.onClosed(closed::complete);
            OutgoingMessage message = socket.beginMessage();
            message.write(new byte[300_000]);
            message.flush();
            Await.until(
                    "a part has data",
                    () -> TestData.names(folder).stream()
                            .anyMatch(name -> folder.resolve(name).toFile().length() > 0));
            int expected = child.interrupt();
            assertEquals(new WebSocketClosedEventArgs(1001, "stopped"), closed.get(10, TimeUnit.SECONDS));
            socket.abort();
            assertEquals(expected, child.exitCode());
            assertEquals("", child.out() + child.err(), "the user knows why");
        }
        assertEquals(List.of(), TestData.names(folder));
    }

    @Test
    void ctrlCWhileAStuckServerTakesNothingEndsWithinItsBound() throws Exception {
        Path film = TestData.file(scratch, "film.mkv", 30_000_000);
        try (WebSocketListener listener = WebSocketListener.bind(LOOPBACK, new WebSocketListenerOptions());
                ChildJvm child = ChildJvm.start(
                        scratch, "send", film.toString(), ServeCommand.uri("ws", listener.localAddress()))) {
            ServerStreamWebSocket socket = listener.accept();
            IncomingMessage message = socket.receive();
            assertNotNull(message);
            int expected = child.interrupt(); // nobody reads on
            long start = System.nanoTime();
            assertEquals(expected, child.exitCode());
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("Ctrl-C against a stuck peer took %.2f s%n", seconds);
            assertTrue(seconds < 6, "took " + seconds + " s");
            assertThrows(WebSocketException.class, message::readAllBytes, "half a message is no message");
            socket.abort();
        }
    }

    @Test
    void aSignalToTheServerClosesItsConnectionsWith1001AndLeavesNoHalfFile() throws Exception {
        CompletableFuture<WebSocketClosedEventArgs> closed = new CompletableFuture<>();
        try (ChildJvm server = ChildJvm.start(scratch, "serve", "--files", folder.toString())) {
            Await.until("it listens", () -> server.out().endsWith("/\n") || !server.isAlive());
            assertTrue(server.isAlive(), server.err());
            URI uri = URI.create(server.out().strip().replace("listening on ", "") + "film.mkv");
            try (StreamWebSocket client = StreamWebSocket.open(uri)) {
                client.onClosed(closed::complete);
                OutgoingMessage message = client.beginMessage();
                message.write(new byte[300_000]);
                message.flush();
                Await.until("a part is there", () -> TestData.names(folder).size() == 1);
                int expected = server.terminate();
                assertEquals(new WebSocketClosedEventArgs(1001, "stopped"), closed.get(10, TimeUnit.SECONDS));
                assertEquals(expected, server.exitCode());
                assertEquals("", server.err(), "what fails because of the signal is no news");
            }
        }
        assertEquals(List.of(), TestData.names(folder));
    }

    @Test
    void nothingIsLoggedUnlessAskedFor() throws Exception {
        try (Serving serving = Serving.with("--echo", "--tls");
                ChildJvm quiet = ChildJvm.start(scratch, "cat", serving.uri("/"));
                ChildJvm verbose = ChildJvm.start(scratch, "cat", "-v", serving.uri("/"))) {
            quiet.input().close();
            verbose.input().close();
            assertEquals(5, quiet.exitCode());
            assertEquals(5, verbose.exitCode());
            assertEquals(1, quiet.err().lines().count(), quiet.err());
            assertTrue(verbose.err().contains("\tat "), verbose.err());
            assertTrue(verbose.err().lines().count() > 5, verbose.err());
        }
    }

    @Test
    void whenTheReaderOfTheOutputIsGoneItEndsWithoutAWord() throws Exception {
        TestData.file(folder, "film.mkv", 10_000_000);
        try (Serving serving = Serving.with("--files", folder.toString())) {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Path err = scratch.resolve("err");
            Process shell = new ProcessBuilder(
                            "sh",
                            "-c",
                            "{ \"$0\" -Xmx64m -cp \"$1\" \"$2\" receive \"$3\" - -q; echo $? >&2; } | head -c 5",
                            java,
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            serving.uri("/film.mkv"))
                    .redirectError(err.toFile())
                    .start();
            assertEquals(5, shell.getInputStream().readAllBytes().length);
            assertTrue(shell.waitFor(30, TimeUnit.SECONDS));
            Await.until("it ends", () -> err.toFile().length() > 0);
            assertEquals("141\n", Files.readString(err));
        }
    }
}
