package io.github.streamwebsocket.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.ClientSettings;
import io.github.streamwebsocket.internal.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it looks at all threads")
@Timeout(30)
class AddressRaceTest {

    private static final ClientSettings SETTINGS = Loopback.settings(true, 0);

    /** Nothing of a race outlives it, whatever its end. */
    @AfterEach
    void noThreadIsLeft() {
        Await.until("no thread is left", () -> LiveThreads.named("connect").isEmpty());
    }

    @Test
    void familiesTakeTurnsBeginningWithTheFirst() throws Exception {
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : List.of("2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1", "192.0.2.2")) {
            addresses.add(IpLiteral.parse(text));
        }
        List<String> ordered = AddressRace.interleaved(addresses, 443).stream()
                .map(address -> address.getAddress().getHostAddress() + " " + address.getPort())
                .toList();
        assertEquals(
                List.of(
                        "2001:db8:0:0:0:0:0:1 443",
                        "192.0.2.1 443",
                        "2001:db8:0:0:0:0:0:2 443",
                        "192.0.2.2 443",
                        "2001:db8:0:0:0:0:0:3 443"),
                ordered);
    }

    @Test
    void oneAddressIsConnectedOnTheCallingThread() throws Exception {
        try (ServerSocket listener = Loopback.listen();
                ConnectScope scope = ConnectScope.begin("one", Duration.ZERO);
                Socket socket = AddressRace.connect(scope, List.of(Loopback.addressOf(listener)), SETTINGS)) {
            assertEquals(List.of(), LiveThreads.named("connect "));
            assertTrue(socket.isConnected());
        }
    }

    @Test
    void theSocketHasTheOptionsOfTheSettings() throws Exception {
        try (ServerSocket listener = Loopback.listen();
                ConnectScope scope = ConnectScope.begin("one", Duration.ZERO)) {
            List<InetSocketAddress> address = List.of(Loopback.addressOf(listener));
            Socket delayed = AddressRace.connect(scope, address, Loopback.settings(false, 4_096));
            Socket prompt = AddressRace.connect(scope, address, SETTINGS);
            assertFalse(delayed.getTcpNoDelay());
            assertTrue(prompt.getTcpNoDelay());
            assertTrue(delayed.getSendBufferSize() <= 8_192, () -> "SO_SNDBUF " + bufferOf(delayed));
            assertTrue(prompt.getSendBufferSize() > 8_192, () -> "SO_SNDBUF " + bufferOf(prompt));
        }
    }

    private static int bufferOf(Socket socket) {
        try {
            return socket.getSendBufferSize();
        } catch (java.net.SocketException e) {
            return -1;
        }
    }

    @Test
    void oneRefusingAddressIsCannotConnect() throws Exception {
        InetSocketAddress refusing = Loopback.refusing();
        try (ConnectScope scope = ConnectScope.begin("nobody:1", Duration.ofSeconds(10))) {
            WebSocketException failure = assertThrows(
                    WebSocketException.class, () -> AddressRace.connect(scope, List.of(refusing), SETTINGS));
            assertEquals(WebErrorStatus.CANNOT_CONNECT, failure.status());
            assertEquals(
                    "no connection to nobody:1: TCP to 127.0.0.1:" + refusing.getPort() + " failed: Connection refused",
                    failure.getMessage());
        }
    }

    @Test
    void anAddressThatRefusesMakesRoomForTheNextAtOnce() throws Exception {
        try (ServerSocket listener = Loopback.listen();
                ConnectScope scope = ConnectScope.begin("some", Duration.ofSeconds(10))) {
            List<InetSocketAddress> addresses = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                addresses.add(Loopback.refusing());
            }
            addresses.add(Loopback.addressOf(listener));
            long start = System.nanoTime();
            Socket socket = AddressRace.connect(scope, addresses, SETTINGS);
            long took = System.nanoTime() - start;
            assertEquals(listener.getLocalPort(), socket.getPort());
            assertTrue(took < 4 * AddressRace.HEAD_START_NANOS, "took " + took + " ns, as if each had been waited for");
        }
    }

    @Test
    void aDeadAddressIsOvertakenByTheNextAfterItsHeadStart() throws Exception {
        try (Loopback.BlackHole dead = new Loopback.BlackHole();
                ServerSocket listener = Loopback.listen();
                ConnectScope scope = ConnectScope.begin("some", Duration.ofSeconds(10))) {
            long start = System.nanoTime();
            Socket socket = AddressRace.connect(scope, List.of(dead.address(), Loopback.addressOf(listener)), SETTINGS);
            long took = System.nanoTime() - start;
            assertEquals(listener.getLocalPort(), socket.getPort());
            assertTrue(took >= AddressRace.HEAD_START_NANOS, "the dead one had only " + took + " ns");
            Await.until(
                    "the loser's thread ends",
                    () -> LiveThreads.named("connect").isEmpty());
            scope.succeed();
            assertFalse(socket.isClosed());
        }
    }

    @Test
    void allThatFailedAreTold() throws Exception {
        InetSocketAddress first = Loopback.refusing();
        InetSocketAddress second = Loopback.refusing();
        try (ConnectScope scope = ConnectScope.begin("nobody:1", Duration.ofSeconds(10))) {
            WebSocketException failure = assertThrows(
                    WebSocketException.class, () -> AddressRace.connect(scope, List.of(first, second), SETTINGS));
            assertEquals(WebErrorStatus.CANNOT_CONNECT, failure.status());
            assertTrue(failure.getMessage().contains("127.0.0.1:" + first.getPort() + " failed"), failure::getMessage);
            assertEquals(1, failure.getSuppressed().length);
            String other = failure.getSuppressed()[0].getMessage();
            assertTrue(other.contains("127.0.0.1:" + second.getPort() + " failed"), other);
        }
    }

    @Test
    void theDeadlineEndsARaceThatNobodyWins() throws Exception {
        try (Loopback.BlackHole dead = new Loopback.BlackHole();
                ConnectScope scope = ConnectScope.begin("dead:1", Duration.ofMillis(400))) {
            WebSocketException failure = assertThrows(
                    WebSocketException.class,
                    () -> AddressRace.connect(scope, List.of(dead.address(), dead.address()), SETTINGS));
            assertEquals(WebErrorStatus.TIMEOUT, failure.status());
            assertEquals(
                    "no connection to dead:1 within 0.4 s: TCP to one of 2 addresses was under way",
                    failure.getMessage());
        }
    }

    @Test
    void theDeadlineEndsAConnectToOneDeadAddress() throws Exception {
        try (Loopback.BlackHole dead = new Loopback.BlackHole();
                ConnectScope scope = ConnectScope.begin("dead:1", Duration.ofMillis(200))) {
            WebSocketException failure = assertThrows(
                    WebSocketException.class, () -> AddressRace.connect(scope, List.of(dead.address()), SETTINGS));
            assertEquals(WebErrorStatus.TIMEOUT, failure.status());
        }
    }

    @Test
    void cancellationEndsARace() throws Exception {
        try (Loopback.BlackHole dead = new Loopback.BlackHole();
                ConnectScope scope = ConnectScope.begin("dead:1", Duration.ZERO)) {
            Thread canceller = Thread.ofVirtual().start(() -> {
                Await.until(
                        "both are under way",
                        () -> LiveThreads.named("connect ").size() == 2);
                scope.cancel();
            });
            WebSocketException failure = assertThrows(
                    WebSocketException.class,
                    () -> AddressRace.connect(scope, List.of(dead.address(), dead.address()), SETTINGS));
            assertEquals(WebErrorStatus.OPERATION_CANCELED, failure.status());
            Await.end(canceller);
        }
    }

    @Test
    void interruptingTheVirtualThreadThatRacesCancels() throws Exception {
        try (Loopback.BlackHole dead = new Loopback.BlackHole();
                ConnectScope scope = ConnectScope.begin("dead:1", Duration.ZERO)) {
            interruptedWhileConnecting(scope, List.of(dead.address(), dead.address()));
        }
    }

    @Test
    void interruptingTheVirtualThreadThatConnectsToOneAddressCancels() throws Exception {
        try (Loopback.BlackHole dead = new Loopback.BlackHole();
                ConnectScope scope = ConnectScope.begin("dead:1", Duration.ZERO)) {
            interruptedWhileConnecting(scope, List.of(dead.address()));
        }
    }

    private static void interruptedWhileConnecting(ConnectScope scope, List<InetSocketAddress> addresses)
            throws Exception {
        CompletableFuture<WebErrorStatus> status = new CompletableFuture<>();
        Thread connecting = Thread.ofVirtual().start(() -> {
            try {
                AddressRace.connect(scope, addresses, SETTINGS);
            } catch (WebSocketException e) {
                status.complete(Thread.currentThread().isInterrupted() ? e.status() : WebErrorStatus.UNKNOWN);
            }
        });
        Await.until(
                "it waits",
                () -> connecting.getState() == Thread.State.WAITING
                        || connecting.getState() == Thread.State.TIMED_WAITING);
        connecting.interrupt();
        assertEquals(WebErrorStatus.OPERATION_CANCELED, status.get(10, TimeUnit.SECONDS));
    }

    @Test
    void noAddressIsTheCallersMistake() {
        ConnectScope scope = ConnectScope.begin("none", Duration.ZERO);
        assertThrows(IllegalArgumentException.class, () -> AddressRace.connect(scope, List.of(), SETTINGS));
    }
}
