package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.HandshakeResponse;
import io.github.streamwebsocket.OutgoingMessage;
import io.github.streamwebsocket.ServerStreamWebSocket;
import io.github.streamwebsocket.StreamWebSocket;
import io.github.streamwebsocket.WebSocketListener;
import io.github.streamwebsocket.WebSocketListenerOptions;
import io.github.streamwebsocket.internal.net.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transfer that does not come to its end leaves no half file, at neither end, and is never called a success. */
class BrokenTransferTest {
    @TempDir
    Path folder;

    private Path inbox;

    @BeforeEach
    void makeInbox() throws IOException {
        inbox = Files.createDirectory(folder.resolve("inbox"));
    }

    /** What a server of the test does with its one client. */
    private interface Server {
        void serve(ServerStreamWebSocket socket) throws Exception;
    }

    private static WebSocketListener listen(WebSocketListenerOptions options, Server server) throws IOException {
        WebSocketListener listener =
                WebSocketListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options);
        Thread.ofVirtual().start(() -> {
            try (ServerStreamWebSocket socket = listener.accept()) {
                server.serve(socket);
            } catch (Exception e) {
                // the command under test tells what became of it
            }
        });
        return listener;
    }

    private static String uri(WebSocketListener listener) {
        return ServeCommand.uri("ws", listener.localAddress()) + "film.mkv";
    }

    @Test
    void aSenderThatBreaksOffLeavesNothingAndTheServerGoesOn() throws IOException {
        try (Serving serving = Serving.with("--files", inbox.toString())) {
            for (boolean politely : new boolean[] {false, true}) {
                StreamWebSocket client = StreamWebSocket.open(serving.uriOf("/film.mkv"));
                OutgoingMessage message = client.beginMessage();
                message.write(new byte[500_000]);
                message.flush();
                Await.until("a part is there", () -> TestData.names(inbox).size() == 1);
                assertTrue(TestData.names(inbox).get(0).startsWith(PartFile.PREFIX));
                if (politely) {
                    client.close(1000, "");
                } else {
                    client.abort();
                }
                Await.until("nothing is left", () -> TestData.names(inbox).isEmpty());
            }
            Await.until("both are reported", () -> serving.err().lines().count() == 2);
            assertTrue(
                    serving.err().lines().allMatch(line -> line.startsWith("streamwebsocket: client ")), serving.err());

            Path source = TestData.file(folder, "whole", 1_000);
            assertEquals(
                    0,
                    CommandRun.of("send", source.toString(), serving.uri("/whole"))
                            .exitCode());
        }
        assertEquals(List.of("whole"), TestData.names(inbox));
    }

    @Test
    void aServerThatBreaksOffLeavesNothing() throws IOException {
        for (boolean politely : new boolean[] {false, true}) {
            Server breaking = socket -> {
                OutgoingMessage message = socket.beginMessage();
                message.write(new byte[500_000]);
                message.flush();
                if (politely) {
                    socket.close(1000, "");
                } else {
                    Await.until("a part is there", () -> hasPart(folder));
                    socket.abort();
                }
            };
            try (WebSocketListener listener = listen(new WebSocketListenerOptions(), breaking)) {
                CommandRun run = CommandRun.of("receive", uri(listener), folder.resolve("film.mkv") + "");
                assertEquals(6, run.exitCode(), run.err());
                assertEquals(1, run.err().lines().count(), run.err());
            }
            assertEquals(List.of("inbox"), TestData.names(folder));
        }
    }

    private static boolean hasPart(Path folder) {
        return TestData.names(folder).stream().anyMatch(name -> name.startsWith(PartFile.PREFIX));
    }

    @Test
    void aServerThatSendsNothingIsNoFile() throws IOException {
        try (WebSocketListener listener = listen(new WebSocketListenerOptions(), socket -> socket.close(1000, ""))) {
            CommandRun run = CommandRun.of("receive", uri(listener), folder.resolve("film.mkv") + "");
            assertEquals(6, run.exitCode());
            assertEquals("streamwebsocket: the server closed the connection without sending a message\n", run.err());
        }
        assertEquals(List.of("inbox"), TestData.names(folder));
    }

    @Test
    void aSenderIsToldThatItsFileCannotBeStored() throws IOException {
        Path source = TestData.file(folder, "film.mkv", 20_000_000);
        try (Serving serving = Serving.with("--files", inbox.toString())) {
            Files.delete(inbox);
            CommandRun run = CommandRun.of("send", source.toString(), serving.uri("/film.mkv"));
            assertEquals(6, run.exitCode(), run.err());
            assertEquals(
                    "streamwebsocket: the other end closed the connection with code 1011 (internal error): the file"
                            + " cannot be stored\n",
                    run.err());
            Await.until("it is reported", () -> serving.err().contains("cannot write "));
        }
    }

    @Test
    void aPromisedReceiptThatIsARefusalMakesSendFail() throws IOException {
        Path source = TestData.file(folder, "film.mkv", 100_000);
        WebSocketListenerOptions promising = new WebSocketListenerOptions()
                .onHandshake(request -> HandshakeResponse.accept().withHeader("Stream-Receipt", "close"));
        Server refusing = socket -> {
            socket.receive().readAllBytes();
            socket.close(4000, "no \u001b[31mroom\n");
        };
        try (WebSocketListener listener = listen(promising, refusing)) {
            CommandRun run = CommandRun.of("send", source.toString(), uri(listener));
            assertEquals(6, run.exitCode());
            assertEquals(
                    "streamwebsocket: the other end closed the connection with code 4000: no [31mroom\n", run.err());
        }
    }

    @Test
    void aServerThatNeverAnswersTheCloseMakesSendFail() throws IOException {
        Path source = TestData.file(folder, "film.mkv", 1_000);
        // Reads the opening request only, and answers it by hand.
        try (java.net.ServerSocket silent = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> SilentServer.accept(silent));
            String uri = "ws://127.0.0.1:" + silent.getLocalPort() + "/";
            CommandRun run = CommandRun.of("send", source.toString(), uri, "--close-timeout", "200ms");
            assertEquals(6, run.exitCode());
            assertEquals(
                    "streamwebsocket: the server did not answer the Close within 200 ms: it may not have read what was sent\n",
                    run.err());
        }
    }

    @Test
    void aServerThatSendsNothingInTimeMakesReceiveFail() throws IOException {
        try (WebSocketListener listener = listen(new WebSocketListenerOptions(), socket -> socket.receive())) {
            CommandRun run =
                    CommandRun.of("receive", uri(listener), folder.resolve("f") + "", "--read-timeout", "100ms");
            assertEquals(6, run.exitCode());
            assertEquals(1, run.err().lines().count(), run.err());
        }
        assertEquals(List.of("inbox"), TestData.names(folder));
    }
}
