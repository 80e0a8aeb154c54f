package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.internal.tls.ServerCredential;
import io.github.streamwebsocket.internal.tls.TlsClient;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.JettyServer;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.ScriptedServer;
import io.github.streamwebsocket.testing.Soon;
import io.github.streamwebsocket.testing.ThirdPartyServer;
import io.github.streamwebsocket.testing.Transport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** The application decides about a server: while it does, nothing but the TLS handshake has begun. */
@Isolated("it looks at all threads")
@ExtendWith(NoThreadsLeft.class)
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ValidationHandlerTest {
    private final AtomicInteger requests = new AtomicInteger();
    private ScriptedServer server;
    private StreamWebSocket socket;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedServer(Transport.WSS_ECDSA, this::serve);
        socket = trusting();
    }

    @AfterEach
    void stop() throws IOException {
        socket.abort();
        server.close();
    }

    private void serve(ScriptedServer.Client client) throws Exception {
        requests.incrementAndGet();
        client.upgrade();
        client.awaitEnd();
    }

    private static StreamWebSocket trusting() {
        StreamWebSocket socket = new StreamWebSocket();
        socket.control().trustOnly(Credentials.ANCHORS);
        return socket;
    }

    private WebSocketCertificateException refused() {
        return assertThrows(WebSocketCertificateException.class, () -> socket.connect(server.uri()));
    }

    private void assertSees(String alert) throws InterruptedException {
        IOException end = server.end();
        assertInstanceOf(SSLHandshakeException.class, end);
        assertTrue(end.getMessage().contains(alert), end::toString);
        assertEquals(0, requests.get());
    }

    @Test
    void theHandlerSeesTheCertificatesOnAVirtualThreadOfItsOwn() throws Exception {
        CompletableFuture<WebSocketServerCustomValidationRequestedEventArgs> seen = new CompletableFuture<>();
        CompletableFuture<ServerCertificates> information = new CompletableFuture<>();
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        socket.onServerCustomValidationRequested(args -> {
            seen.complete(args);
            information.complete(socket.information().serverCertificates());
            thread.complete(Thread.currentThread());
            assertEquals(0, requests.get());
        });
        socket.connect(server.uri());
        WebSocketServerCustomValidationRequestedEventArgs args = seen.get();
        assertEquals(Credentials.EC.chain().get(0), args.serverCertificate());
        assertEquals(Credentials.ANCHORS, args.serverIntermediateCertificates());
        assertEquals(List.of(), args.serverCertificateErrors());
        assertEquals(SocketSslErrorSeverity.NONE, args.serverCertificateErrorSeverity());
        assertSame(args.certificates(), information.get());
        assertSame(args.certificates(), socket.information().serverCertificates());
        assertTrue(thread.get().isVirtual());
        assertNotEquals(Thread.currentThread(), thread.get());
        Soon.that("the request has come", () -> requests.get() == 1);
    }

    @Test
    void ofARejectionTheServerSeesTheAlertAndNeverARequest() throws Exception {
        socket.onServerCustomValidationRequested(WebSocketServerCustomValidationRequestedEventArgs::reject);
        for (int i = 0; i < 100; i++) {
            WebSocketCertificateException refused = refused();
            assertEquals(WebErrorStatus.CERTIFICATE_IS_INVALID, refused.status());
            assertEquals("certificate of 127.0.0.1 was rejected by the application", refused.getMessage());
            assertEquals(List.of(), refused.serverCertificateErrors());
            assertEquals(Credentials.EC.chain(), refused.chain());
            assertSees("bad_certificate");
        }
    }

    @Test
    void aHandlerThatThrowsRejects() throws Exception {
        IllegalStateException mistake = new IllegalStateException("no database");
        Registration registration = socket.onServerCustomValidationRequested(args -> {
            throw mistake;
        });
        WebSocketCertificateException refused = refused();
        assertSame(mistake, refused.getCause());
        assertEquals(WebErrorStatus.CERTIFICATE_IS_INVALID, refused.status());
        assertSees("bad_certificate");
        registration.close();
        socket.onServerCustomValidationRequested(args -> {
            throw new AssertionError("also an Error");
        });
        assertInstanceOf(AssertionError.class, refused().getCause());
    }

    @Test
    void connectWaitsForAHandlerThatBlocks() throws Exception {
        CountDownLatch allowed = new CountDownLatch(1);
        socket.onServerCustomValidationRequested(args -> await(allowed));
        Call<?> connecting = Call.run(() -> socket.connect(server.uri())).awaitInside(TlsClient.class);
        assertEquals(0, requests.get());
        allowed.countDown();
        connecting.result();
        assertTrue(socket.isOpen());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void connectWaitsForAllDeferralsOnWhateverThread() throws Exception {
        CompletableFuture<Deferral> one = new CompletableFuture<>();
        CompletableFuture<Deferral> two = new CompletableFuture<>();
        socket.onServerCustomValidationRequested(args -> {
            one.complete(args.getDeferral());
            two.complete(args.getDeferral());
        });
        Call<?> connecting = Call.run(() -> socket.connect(server.uri())).awaitInside(TlsClient.class);
        one.get().complete();
        one.get().complete(); // a second time does not stand for the other
        connecting.awaitInside(TlsClient.class);
        assertEquals(0, requests.get());
        two.get().close();
        connecting.result();
        assertTrue(socket.isOpen());
    }

    @Test
    void aDeferralCompletedInsideTheHandlerDoesNotAllowBeforeItReturns() throws Exception {
        socket.onServerCustomValidationRequested(args -> {
            try (Deferral deferral = args.getDeferral()) {
                deferral.complete();
            }
            args.reject();
        });
        refused();
        assertSees("bad_certificate");
    }

    @Test
    void aRejectionBehindADeferralEndsTheWaitAtOnce() throws Exception {
        CompletableFuture<WebSocketServerCustomValidationRequestedEventArgs> later = new CompletableFuture<>();
        socket.onServerCustomValidationRequested(args -> {
            args.getDeferral(); // never completed
            later.complete(args);
        });
        Call<?> connecting = Call.run(() -> socket.connect(server.uri()));
        later.get(10, TimeUnit.SECONDS).reject();
        later.get().reject();
        connecting.failure(WebSocketCertificateException.class);
        assertSees("bad_certificate");
    }

    @Test
    void aDeferralNeverCompletedEndsAtTheDeadline() throws Exception {
        socket.onServerCustomValidationRequested(WebSocketServerCustomValidationRequestedEventArgs::getDeferral);
        socket.control().connectTimeout(Duration.ofMillis(300));
        WebSocketConnectException failure =
                assertThrows(WebSocketConnectException.class, () -> socket.connect(server.uri()));
        assertEquals(WebErrorStatus.TIMEOUT, failure.status());
        assertTrue(
                failure.getMessage().endsWith("within 0.3 s: the validation by the application was under way"),
                failure::toString);
        assertEquals(
                Credentials.EC.chain(),
                socket.information().serverCertificates().sent());
        server.end();
        assertEquals(0, requests.get());
    }

    @Test
    void abortEndsConnectAtOnceAndInterruptsTheHandler() throws Exception {
        endsWhileTheHandlerBlocks(connecting -> socket.abort());
    }

    @Test
    void closeEndsConnectAtOnceAndInterruptsTheHandler() throws Exception {
        endsWhileTheHandlerBlocks(connecting -> socket.close());
    }

    @Test
    void interruptionEndsConnectAtOnceAndInterruptsTheHandler() throws Exception {
        Call<?> connecting = endsWhileTheHandlerBlocks(Call::interrupt);
        assertTrue(connecting.interruptStatusKept());
    }

    private interface Ending {
        void end(Call<?> connecting) throws Exception;
    }

    private Call<?> endsWhileTheHandlerBlocks(Ending ending) throws Exception {
        CompletableFuture<WebSocketServerCustomValidationRequestedEventArgs> asked = new CompletableFuture<>();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        CountDownLatch goOn = new CountDownLatch(1);
        socket.onServerCustomValidationRequested(args -> {
            asked.complete(args);
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                await(goOn);
                args.reject(); // too late to change anything, and no mistake
                interrupted.complete(true);
            }
        });
        Call<?> connecting = Call.run(() -> socket.connect(server.uri()));
        asked.get(10, TimeUnit.SECONDS);
        connecting.awaitInside(TlsClient.class);
        ending.end(connecting);
        WebSocketConnectException failure = connecting.failure(WebSocketConnectException.class);
        assertEquals(WebErrorStatus.OPERATION_CANCELED, failure.status());
        assertFalse(socket.isOpen());
        server.end();
        goOn.countDown();
        assertTrue(interrupted.get(10, TimeUnit.SECONDS));
        asked.get().reject();
        assertEquals(0, requests.get());
        return connecting;
    }

    @Test
    void nothingCanBeDecidedAfterTheDecision() throws Exception {
        CompletableFuture<WebSocketServerCustomValidationRequestedEventArgs> kept = new CompletableFuture<>();
        socket.onServerCustomValidationRequested(kept::complete);
        socket.connect(server.uri());
        assertThrows(IllegalStateException.class, kept.get()::getDeferral);
        assertThrows(IllegalStateException.class, kept.get()::reject);
        assertTrue(socket.isOpen());
    }

    @Test
    void severalHandlersAreAskedInOrderUntilOneRejects() throws Exception {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        socket.onServerCustomValidationRequested(args -> {
            Deferral deferral = args.getDeferral();
            Thread.ofVirtual().start(() -> {
                asked.add("first");
                deferral.complete();
            });
        });
        Registration second = socket.onServerCustomValidationRequested(args -> {
            asked.add("second");
            args.reject();
        });
        socket.onServerCustomValidationRequested(args -> asked.add("third"));
        refused();
        assertEquals(List.of("first", "second"), asked);
        second.close();
        second.close();
        asked.clear();
        socket.connect(server.uri());
        assertEquals(List.of("first", "third"), asked);
    }

    @Test
    void aServerThatFailsTheValidationIsNotAskedAbout() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        socket.onServerCustomValidationRequested(args -> asked.incrementAndGet());
        socket.control().trustOnly(Credentials.strange(KeyKind.EC).chain().subList(1, 2));
        WebSocketCertificateException refused = refused();
        assertEquals(0, asked.get());
        assertEquals(List.of(ChainValidationResult.UNTRUSTED), refused.serverCertificateErrors());
        assertSame(refused.certificates(), socket.information().serverCertificates());
        assertEquals(
                Credentials.EC.chain().get(0),
                socket.information().serverCertificate().orElseThrow());
        assertEquals(Credentials.ANCHORS, socket.information().serverIntermediateCertificates());
        assertEquals(SocketSslErrorSeverity.IGNORABLE, socket.information().serverCertificateErrorSeverity());
        assertSees("unknown_ca");
    }

    @Test
    void aNewAttemptForgetsTheCertificatesOfTheLast() throws Exception {
        socket.onServerCustomValidationRequested(WebSocketServerCustomValidationRequestedEventArgs::reject);
        refused();
        assertTrue(socket.information().serverCertificate().isPresent());
        try (ScriptedServer plain = new ScriptedServer(Transport.WS, this::serve)) {
            socket.connect(plain.uri());
            assertSame(ServerCertificates.NONE, socket.information().serverCertificates());
        }
    }

    @Test
    void theHandlerSeesErrorsThatAreIgnored() throws Exception {
        Instant ended = Instant.now().minus(Duration.ofDays(10));
        ServerCredential expired =
                Credentials.issue(KeyKind.EC, ended.minus(Duration.ofDays(1)), ended, "a.example", "b.example");
        try (ScriptedServer other = new ScriptedServer(Credentials.jdkContext(expired), this::serve)) {
            CompletableFuture<WebSocketServerCustomValidationRequestedEventArgs> seen = new CompletableFuture<>();
            socket.onServerCustomValidationRequested(seen::complete);
            socket.control().ignorableServerCertificateErrors().add(ChainValidationResult.EXPIRED);
            WebSocketCertificateException refused =
                    assertThrows(WebSocketCertificateException.class, () -> socket.connect(other.uri()));
            assertEquals(WebErrorStatus.CERTIFICATE_COMMON_NAME_IS_INCORRECT, refused.status());
            assertEquals(
                    "certificate of 127.0.0.1 is not trusted: INVALID_NAME (valid for: a.example, b.example)",
                    refused.getMessage());
            assertFalse(seen.isDone());
            socket.control().ignorableServerCertificateErrors().add(ChainValidationResult.INVALID_NAME);
            socket.connect(other.uri());
            List<ChainValidationResult> both =
                    List.of(ChainValidationResult.EXPIRED, ChainValidationResult.INVALID_NAME);
            assertEquals(both, seen.get().serverCertificateErrors());
            assertEquals(SocketSslErrorSeverity.IGNORABLE, seen.get().serverCertificateErrorSeverity());
            assertEquals(both, socket.information().serverCertificateErrors());
            assertEquals(both, refused.serverCertificateErrors());
        }
    }

    @Test
    void aThirdPartysServerIsAllowedOrRejected() throws Exception {
        JettyServer jetty = new JettyServer();
        try {
            Registration no =
                    socket.onServerCustomValidationRequested(WebSocketServerCustomValidationRequestedEventArgs::reject);
            assertThrows(
                    WebSocketCertificateException.class,
                    () -> socket.connect(jetty.uri(Transport.WSS_RSA, ThirdPartyServer.ECHO)));
            no.close();
            socket.onServerCustomValidationRequested(args -> {});
            socket.connect(jetty.uri(Transport.WSS_RSA, ThirdPartyServer.ECHO));
            socket.send(new byte[] {1, 2});
            try (IncomingMessage message = socket.receive()) {
                assertArrayEquals(new byte[] {1, 2}, message.readAllBytes());
            }
        } finally {
            jetty.close();
        }
    }
}
