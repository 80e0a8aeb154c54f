package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import io.github.streamwebsocket.internal.tls.Credentials;
import io.github.streamwebsocket.internal.tls.ServerCredential;
import io.github.streamwebsocket.internal.tls.TlsClient;
import io.github.streamwebsocket.testing.Call;
import io.github.streamwebsocket.testing.NoThreadsLeft;
import io.github.streamwebsocket.testing.ScriptedServer;
import io.github.streamwebsocket.testing.Transport;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** An SSLContext of the application's own: its trust manager judges the chain, and pins and handlers come after it. */
@Isolated("it looks at all threads")
@ExtendWith(NoThreadsLeft.class)
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
class OwnSslContextTest {
    private static final String OTHER_PIN = "sha256/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    private final AtomicInteger requests = new AtomicInteger();
    private ScriptedServer server;
    private StreamWebSocket socket;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedServer(Transport.WSS_ECDSA, this::serve);
        socket = new StreamWebSocket();
        socket.control().sslContext(Credentials.jdkContext(Credentials.RSA));
    }

    @AfterEach
    void stop() throws IOException {
        socket.abort();
        server.close();
    }

    private void serve(ScriptedServer.Client client) throws Exception {
        requests.incrementAndGet();
        client.upgrade();
        client.answerClose();
    }

    private WebSocketCertificateException refused(ScriptedServer server) {
        return assertThrows(WebSocketCertificateException.class, () -> socket.connect(server.uri()));
    }

    private void assertGotNothing() throws InterruptedException {
        IOException end = server.end();
        assertInstanceOf(EOFException.class, end);
        assertEquals("after 0 bytes of the opening request", end.getMessage());
        assertEquals(0, requests.get());
    }

    @Test
    void itsServersAreConnectedToAndTheHandlerSeesTheCertificates() throws Exception {
        socket.onServerCustomValidationRequested(args -> {
            assertEquals(Credentials.EC.chain(), args.certificates().sent());
            assertEquals(Credentials.EC.chain(), args.certificates().path());
            assertEquals(List.of(), args.serverCertificateErrors());
        });
        socket.connect(server.uri());
        assertTrue(socket.isOpen());
        assertEquals(
                Credentials.EC.chain().get(0),
                socket.information().serverCertificate().orElseThrow());
    }

    @Test
    void aRejectionClosesBeforeAByteOfTheRequest() throws Exception {
        socket.onServerCustomValidationRequested(WebSocketServerCustomValidationRequestedEventArgs::reject);
        for (int i = 0; i < 10; i++) {
            assertEquals(
                    "certificate of 127.0.0.1 was rejected by the application",
                    refused(server).getMessage());
            assertGotNothing();
        }
    }

    @Test
    void pinsHold() throws Exception {
        socket.control().publicKeyPins(OTHER_PIN);
        WebSocketCertificateException refused = refused(server);
        assertEquals(List.of(ChainValidationResult.OTHER_ERRORS), refused.serverCertificateErrors());
        assertTrue(refused.getMessage().contains("of CN=Test Authority"), refused::toString);
        assertGotNothing();
        String message = refused.getMessage();
        int pin = message.lastIndexOf("sha256/");
        socket.control().publicKeyPins(message.substring(pin, message.indexOf(' ', pin)));
        socket.connect(server.uri());
    }

    @Test
    void whatItsTrustManagerRefusesIsOtherErrors() throws Exception {
        ServerCredential strange = Credentials.strange(KeyKind.EC);
        try (ScriptedServer other = new ScriptedServer(Credentials.jdkContext(strange), this::serve)) {
            WebSocketCertificateException refused = refused(other);
            assertEquals(List.of(ChainValidationResult.OTHER_ERRORS), refused.serverCertificateErrors());
            assertEquals(WebErrorStatus.CERTIFICATE_IS_INVALID, refused.status());
            assertTrue(
                    refused.getMessage().startsWith("certificate of 127.0.0.1 is not trusted: OTHER_ERRORS ("),
                    refused::toString);
            assertSame(refused.certificates(), socket.information().serverCertificates());
        }
    }

    @Test
    void theNameIsLookedAtAsHttpsDoes() throws Exception {
        ServerCredential elsewhere = Credentials.issue(KeyKind.EC, "elsewhere.example");
        try (ScriptedServer other = new ScriptedServer(Credentials.jdkContext(elsewhere), this::serve)) {
            assertEquals(
                    WebErrorStatus.CERTIFICATE_COMMON_NAME_IS_INCORRECT,
                    refused(other).status());
        }
    }

    @Test
    void aResumedSessionIsAskedAboutToo() throws Exception {
        Judge judge = new Judge();
        SSLContext context = SSLContext.getInstance("TLSv1.2");
        context.init(null, new TrustManager[] {judge}, null);
        AtomicInteger asked = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            try (StreamWebSocket one = new StreamWebSocket()) {
                one.control().sslContext(context);
                one.onServerCustomValidationRequested(args -> {
                    asked.incrementAndGet();
                    assertEquals(Credentials.EC.chain().get(0), args.serverCertificate());
                });
                one.connect(server.uri());
            }
        }
        assertEquals(1, judge.asked.get(), "the session is expected to be resumed");
        assertEquals(2, asked.get());
        socket.control().sslContext(context).publicKeyPins(OTHER_PIN);
        refused(server);
        assertEquals(1, judge.asked.get());
    }

    @Test
    void theDeadlineEndsAHandlerThatBlocks() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        socket.onServerCustomValidationRequested(args -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        socket.control().connectTimeout(Duration.ofMillis(300));
        WebSocketConnectException failure =
                assertThrows(WebSocketConnectException.class, () -> socket.connect(server.uri()));
        assertEquals(WebErrorStatus.TIMEOUT, failure.status());
        server.end();
        assertEquals(0, requests.get());
    }

    @Test
    void abortEndsAHandlerThatBlocks() throws Exception {
        socket.onServerCustomValidationRequested(WebSocketServerCustomValidationRequestedEventArgs::getDeferral);
        Call<?> connecting = Call.run(() -> socket.connect(server.uri())).awaitInside(TlsClient.class);
        socket.abort();
        assertEquals(
                WebErrorStatus.OPERATION_CANCELED,
                connecting.failure(WebSocketConnectException.class).status());
        server.end();
        assertEquals(0, requests.get());
    }

    /** Trusts everybody, and counts how often it is asked. */
    private static final class Judge extends X509ExtendedTrustManager {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
            asked.incrementAndGet();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("not expected");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("not expected");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw new CertificateException("not expected");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("not expected");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("not expected");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
