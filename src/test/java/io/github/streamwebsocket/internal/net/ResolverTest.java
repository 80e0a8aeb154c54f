package io.github.streamwebsocket.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.internal.IpLiteral;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResolverTest {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    /** A name service that does not answer until the test ends, and cannot be interrupted, like the system's. */
    private InetAddress[] hang(String name) {
        asked.countDown();
        boolean done = false;
        while (!done) {
            try {
                answer.await();
                done = true;
            } catch (InterruptedException e) {
                throw new AssertionError("the look-up's thread is nobody's to interrupt", e);
            }
        }
        return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    @Test
    void aNameIsLookedUpOnADaemonPlatformThreadThatEnds() throws Exception {
        AtomicReference<Thread> thread = new AtomicReference<>();
        try (ConnectScope scope = ConnectScope.begin("two:1", Duration.ofSeconds(10))) {
            InetAddress[] both = {IpLiteral.parse("::1"), InetAddress.getLoopbackAddress()};
            List<InetAddress> addresses = Resolver.resolve(scope, "two", name -> {
                thread.set(Thread.currentThread());
                return name.equals("two") ? both : new InetAddress[0];
            });
            assertEquals(List.of(both), addresses);
        }
        assertTrue(thread.get().isDaemon());
        assertFalse(thread.get().isVirtual());
        Await.end(thread.get());
    }

    @Test
    void localhostIsFoundByTheSystem() throws Exception {
        try (ConnectScope scope = ConnectScope.begin("localhost:1", Duration.ofSeconds(10))) {
            List<InetAddress> addresses = Resolver.resolve(scope, "localhost");
            assertTrue(
                    !addresses.isEmpty() && addresses.stream().allMatch(InetAddress::isLoopbackAddress),
                    addresses::toString);
        }
    }

    @Test
    void anAddressAsksNoNameService() throws Exception {
        try (ConnectScope scope = ConnectScope.begin("127.0.0.1:1", Duration.ofSeconds(10))) {
            Resolver.NameService none = name -> {
                throw new AssertionError("asked for " + name);
            };
            assertEquals(
                    "127.0.0.1",
                    Resolver.resolve(scope, "127.0.0.1", none).get(0).getHostAddress());
            assertEquals(
                    "0:0:0:0:0:0:0:1",
                    Resolver.resolve(scope, "[::1]", none).get(0).getHostAddress());
        }
    }

    @Test
    void aNameWithoutAddressIsHostNameNotResolved() {
        try (ConnectScope scope = ConnectScope.begin("nowhere.invalid:1", Duration.ofSeconds(10))) {
            WebSocketException failure = assertThrows(
                    WebSocketException.class,
                    () -> Resolver.resolve(scope, "nowhere.invalid", name -> {
                        throw new UnknownHostException(name + ": Name or service not known");
                    }));
            assertEquals(WebErrorStatus.HOST_NAME_NOT_RESOLVED, failure.status());
            assertEquals(
                    "no connection to nowhere.invalid:1: the look-up of nowhere.invalid failed: "
                            + "nowhere.invalid: Name or service not known",
                    failure.getMessage());
        }
    }

    @Test
    void aNameServiceThatBreaksIsCannotConnect() {
        try (ConnectScope scope = ConnectScope.begin("a:1", Duration.ofSeconds(10))) {
            WebSocketException failure = assertThrows(
                    WebSocketException.class,
                    () -> Resolver.resolve(scope, "a", name -> {
                        throw new IllegalStateException("broken");
                    }));
            assertEquals(WebErrorStatus.CANNOT_CONNECT, failure.status());
        }
    }

    @Test
    void theDeadlineEndsTheWaitForADeadNameService() {
        try (ConnectScope scope = ConnectScope.begin("slow:1", Duration.ofMillis(100))) {
            WebSocketException failure =
                    assertThrows(WebSocketException.class, () -> Resolver.resolve(scope, "slow", this::hang));
            assertEquals(WebErrorStatus.TIMEOUT, failure.status());
        } finally {
            answer.countDown();
        }
    }

    @Test
    void cancellationEndsTheWaitForADeadNameService() throws Exception {
        try (ConnectScope scope = ConnectScope.begin("slow:1", Duration.ZERO)) {
            Thread canceller = Thread.ofVirtual().start(() -> {
                awaitAsked();
                scope.cancel();
            });
            WebSocketException failure =
                    assertThrows(WebSocketException.class, () -> Resolver.resolve(scope, "slow", this::hang));
            assertEquals(WebErrorStatus.OPERATION_CANCELED, failure.status());
            Await.end(canceller);
        } finally {
            answer.countDown();
        }
    }

    @Test
    void interruptionEndsTheWaitForADeadNameServiceAndIsKept() throws Exception {
        CompletableFuture<WebErrorStatus> status = new CompletableFuture<>();
        try (ConnectScope scope = ConnectScope.begin("slow:1", Duration.ZERO)) {
            Thread connecting = Thread.ofVirtual().start(() -> {
                try {
                    Resolver.resolve(scope, "slow", this::hang);
                } catch (WebSocketException e) {
                    status.complete(Thread.currentThread().isInterrupted() ? e.status() : WebErrorStatus.UNKNOWN);
                }
            });
            awaitAsked();
            connecting.interrupt();
            Await.end(connecting);
            assertEquals(WebErrorStatus.OPERATION_CANCELED, status.getNow(WebErrorStatus.UNKNOWN));
        } finally {
            answer.countDown();
        }
    }

    private void awaitAsked() {
        try {
            asked.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
