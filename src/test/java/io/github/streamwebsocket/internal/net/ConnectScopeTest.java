package io.github.streamwebsocket.internal.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketException;
import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ConnectScopeTest {

    private final AtomicInteger closed = new AtomicInteger();
    private final Closeable resource = closed::incrementAndGet;

    @Test
    void theDeadlineClosesWhatIsRegisteredAndNamesTheStep() throws Exception {
        try (ConnectScope scope = ConnectScope.begin("example.org:443", Duration.ofMillis(50))) {
            scope.enter("the TLS handshake");
            scope.register(resource);
            Await.until("the deadline closes it", () -> closed.get() == 1);
            WebSocketException failure = scope.failure(new SocketException("Socket closed"));
            assertEquals(WebErrorStatus.TIMEOUT, failure.status());
            assertEquals(
                    "no connection to example.org:443 within 0.05 s: the TLS handshake was under way",
                    failure.getMessage());
            assertEquals(SocketException.class, failure.getCause().getClass());
        }
    }

    @Test
    void cancellationClosesWhatIsRegistered() throws Exception {
        try (ConnectScope scope = ConnectScope.begin("example.org:443", Duration.ofSeconds(60))) {
            scope.enter("TCP");
            scope.register(resource);
            scope.cancel();
            assertEquals(1, closed.get());
            WebSocketException failure = scope.failure(new SocketException("Socket closed"));
            assertEquals(WebErrorStatus.OPERATION_CANCELED, failure.status());
            assertEquals("no connection to example.org:443: cancelled while TCP was under way", failure.getMessage());
        }
        assertEquals(1, closed.get());
    }

    @Test
    void whatIsRegisteredTooLateIsClosedAtOnce() {
        ConnectScope scope = ConnectScope.begin("example.org:443", Duration.ZERO);
        scope.cancel();
        WebSocketException failure = assertThrows(WebSocketConnectException.class, () -> scope.register(resource));
        assertEquals(WebErrorStatus.OPERATION_CANCELED, failure.status());
        assertEquals(1, closed.get());
    }

    @Test
    void aNewStepOfACancelledAttemptDoesNotBegin() {
        ConnectScope scope = ConnectScope.begin("example.org:443", Duration.ZERO);
        scope.cancel();
        assertThrows(WebSocketConnectException.class, () -> scope.enter("TCP"));
    }

    @Test
    void anAttemptThatIsLeftClosesWhatItOpened() throws Exception {
        try (ConnectScope scope = ConnectScope.begin("example.org:443", Duration.ofSeconds(60))) {
            scope.register(resource);
        }
        assertEquals(1, closed.get());
    }

    @Test
    void successKeepsWhatIsOpenFromDeadlineAndCancellation() throws Exception {
        ConnectScope scope = ConnectScope.begin("example.org:443", Duration.ofMillis(100));
        try (scope) {
            scope.register(resource);
            scope.succeed();
        }
        scope.cancel();
        pass(Duration.ofMillis(200));
        assertEquals(0, closed.get());
    }

    @Test
    void successAfterCancellationIsAFailure() {
        ConnectScope scope = ConnectScope.begin("example.org:443", Duration.ZERO);
        scope.cancel();
        WebSocketException failure = assertThrows(WebSocketConnectException.class, scope::succeed);
        assertEquals(WebErrorStatus.OPERATION_CANCELED, failure.status());
    }

    @Test
    void whatIsReleasedIsNotClosed() throws Exception {
        ConnectScope scope = ConnectScope.begin("example.org:443", Duration.ZERO);
        scope.register(resource);
        scope.release(resource);
        scope.cancel();
        assertEquals(0, closed.get());
    }

    @Test
    void aResourceThatFailsToCloseDoesNotKeepTheOthersOpen() throws Exception {
        ConnectScope scope = ConnectScope.begin("example.org:443", Duration.ZERO);
        scope.register(() -> {
            throw new IOException("no");
        });
        scope.register(resource);
        scope.cancel();
        assertEquals(1, closed.get());
    }

    @Test
    void interruptionCancelsAndTheStatusIsKept() throws Exception {
        try (ConnectScope scope = ConnectScope.begin("example.org:443", Duration.ofSeconds(60))) {
            scope.enter("TCP");
            Thread.currentThread().interrupt();
            WebSocketException failure = scope.failure(new SocketException("Closed by interrupt"));
            assertTrue(Thread.interrupted());
            assertEquals(WebErrorStatus.OPERATION_CANCELED, failure.status());
            assertEquals(
                    "no connection to example.org:443: the thread was interrupted while TCP was under way",
                    failure.getMessage());
        }
    }

    @Test
    void otherFailuresKeepTheirKindAndOursAreLeftAlone() throws Exception {
        try (ConnectScope scope = ConnectScope.begin("example.org:443", Duration.ofSeconds(60))) {
            scope.enter("TCP");
            WebSocketException refused = scope.failure(new ConnectException("Connection refused"));
            assertEquals(WebErrorStatus.CANNOT_CONNECT, refused.status());
            assertEquals("no connection to example.org:443: TCP failed: Connection refused", refused.getMessage());
            assertEquals(
                    WebErrorStatus.CONNECTION_RESET,
                    scope.failure(new SocketException("Connection reset")).status());
            assertEquals(
                    WebErrorStatus.CANNOT_CONNECT,
                    scope.failure(new IOException("strange")).status());
            assertSame(refused, scope.failure(refused));
        }
    }

    @Test
    void neitherAnAttemptWithoutALimitNorOneOfCenturiesEndsByItself() throws Exception {
        try (ConnectScope forever = ConnectScope.begin("a:1", Duration.ZERO);
                ConnectScope centuries = ConnectScope.begin("a:1", Duration.ofDays(1_000_000))) {
            pass(Duration.ofMillis(50));
            forever.check();
            centuries.check();
        }
    }

    /** Waits until a deadline set now has passed, and so every earlier one. */
    private static void pass(Duration time) throws InterruptedException {
        CountDownLatch passed = new CountDownLatch(1);
        Deadline.in(time, passed::countDown);
        assertTrue(passed.await(10, TimeUnit.SECONDS));
    }
}
