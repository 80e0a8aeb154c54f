package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.github.streamwebsocket.cli.SelfMadeAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** No code of the library holds a carrier while it waits (rule 17 of the design). */
@Isolated // other tests pin on purpose
class VirtualThreadsAreNotPinnedTest {
    private static final String PINNED = "jdk.VirtualThreadPinned";
    /** More than the buffers of both sockets take, so that a sender stalls whose peer does not read. */
    private static final int MESSAGE = 32 << 20;

    @TempDir
    Path folder;

    @Test
    void nothingOfOursPinsInAConversationWithStallsOnBothSides() throws Exception {
        SelfMadeAuthority authority = SelfMadeAuthority.create("pinning", SelfMadeAuthority.KeyKind.EC);
        var credential = authority.issue(SelfMadeAuthority.KeyKind.EC, "localhost");
        converse(authority, credential); // class loading pins, and is not ours
        List<RecordedEvent> events = record(() -> converse(authority, credential));
        assertEquals(List.of(), events.stream().filter(this::ours).toList());
    }

    /** That the recording sees a pin at all: a class initializer that parks holds its carrier on every JDK. */
    @Test
    void thisTestSeesAPinWhereThereIsOne() throws Exception {
        List<RecordedEvent> events = record(() -> onVirtualThread(() -> {
            Pins.touch();
            return null;
        }));
        assertFalse(events.isEmpty());
    }

    private static final class Pins {
        static {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30));
        }

        static void touch() {}
    }

    private interface Action {
        void run() throws Exception;
    }

    private List<RecordedEvent> record(Action action) throws Exception {
        Path file = folder.resolve("pinned.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(PINNED))
                .toList();
        Files.delete(file);
        return events;
    }

    private boolean ours(RecordedEvent event) {
        return event.getStackTrace() != null
                && event.getStackTrace().getFrames().stream().anyMatch(frame -> {
                    String type = frame.getMethod().getType().getName();
                    return type.startsWith("io.github.streamwebsocket.") && !type.contains("Test");
                });
    }

    /** Connects by name over TLS, and sends to a peer that reads nothing until the sender waits; the echo stalls too. */
    private static void converse(SelfMadeAuthority authority, SelfMadeAuthority.Credential credential)
            throws Exception {
        var options = new WebSocketListenerOptions().tls(credential.chain(), credential.privateKey());
        CountDownLatch senderWaits = new CountDownLatch(1);
        try (WebSocketListener listener =
                WebSocketListener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options)) {
            FutureTask<Void> server = new FutureTask<>(() -> {
                try (ServerStreamWebSocket socket = listener.accept()) {
                    senderWaits.await();
                    echo(socket);
                }
                return null;
            });
            Thread.startVirtualThread(server);
            onVirtualThread(() -> {
                sendAndReceive(authority, listener.localAddress().getPort(), senderWaits);
                return null;
            });
            server.get(10, TimeUnit.SECONDS);
        }
    }

    private static void sendAndReceive(SelfMadeAuthority authority, int port, CountDownLatch senderWaits)
            throws Exception {
        StreamWebSocket socket = new StreamWebSocket();
        socket.control().trustOnly(List.of(authority.certificate()));
        socket.connect(URI.create("wss://localhost:" + port));
        try (socket) {
            FutureTask<Void> sender = new FutureTask<>(() -> {
                socket.send(new byte[MESSAGE]);
                return null;
            });
            awaitWaiting(Thread.startVirtualThread(sender));
            senderWaits.countDown();
            IncomingMessage echo = socket.receive();
            assertNotNull(echo);
            assertEquals(MESSAGE, echo.readAllBytes().length);
            sender.get(10, TimeUnit.SECONDS);
        }
    }

    /** Waits until the thread waits, for the socket as nothing else is in its way. */
    private static void awaitWaiting(Thread thread) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (thread.getState() != Thread.State.WAITING && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertEquals(Thread.State.WAITING, thread.getState());
    }

    private static void echo(ServerStreamWebSocket socket) throws IOException {
        IncomingMessage message = socket.receive();
        assertNotNull(message);
        socket.send(message::transferTo);
    }

    private static void onVirtualThread(Callable<Void> action) throws Exception {
        FutureTask<Void> task = new FutureTask<>(action);
        Thread.startVirtualThread(task);
        task.get(30, TimeUnit.SECONDS);
    }
}
