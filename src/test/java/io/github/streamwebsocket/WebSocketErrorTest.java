package io.github.streamwebsocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.streamwebsocket.cli.SelfMadeAuthority;
import io.github.streamwebsocket.cli.SelfMadeAuthority.KeyKind;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.KeyStore;
import java.security.cert.CRLReason;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WebSocketErrorTest {
    /** As the JDK's ValidatorException: a CertificateException of a class that is not public. */
    private static final class OfTheJdk extends CertificateException {
        private static final long serialVersionUID = 1L;

        OfTheJdk(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static <T extends Throwable> T causedBy(T failure, Throwable cause) {
        failure.initCause(cause);
        return failure;
    }

    @SuppressWarnings("JavaUtilDate") // what the exception takes
    private static CertificateRevokedException revoked() {
        return new CertificateRevokedException(
                new Date(0), CRLReason.UNSPECIFIED, new X500Principal("CN=authority"), Map.of());
    }

    private static CertPathValidatorException path(BasicReason reason) {
        return new CertPathValidatorException("path", null, null, -1, reason);
    }

    static Stream<Arguments> failuresOfTheJdk() {
        return Stream.of(
                arguments(WebErrorStatus.UNKNOWN, new RuntimeException("no idea")),
                arguments(WebErrorStatus.UNKNOWN, new IOException("no idea")),
                arguments(WebErrorStatus.UNKNOWN, new FileNotFoundException("file")),
                arguments(WebErrorStatus.UNKNOWN, new OutOfMemoryError()),
                arguments(WebErrorStatus.HOST_NAME_NOT_RESOLVED, new UnknownHostException("host")),
                arguments(WebErrorStatus.HOST_NAME_NOT_RESOLVED, new UnresolvedAddressException()),
                arguments(WebErrorStatus.SERVER_UNREACHABLE, new NoRouteToHostException("No route to host")),
                arguments(WebErrorStatus.SERVER_UNREACHABLE, new PortUnreachableException()),
                arguments(WebErrorStatus.SERVER_UNREACHABLE, new SocketException("Network is unreachable")),
                arguments(WebErrorStatus.CANNOT_CONNECT, new ConnectException("Connection refused")),
                arguments(WebErrorStatus.CANNOT_CONNECT, new ConnectException()),
                arguments(WebErrorStatus.CANNOT_CONNECT, new BindException("Cannot assign requested address")),
                arguments(WebErrorStatus.TIMEOUT, new ConnectException("Connection timed out")),
                arguments(WebErrorStatus.TIMEOUT, new SocketTimeoutException("Read timed out")),
                arguments(WebErrorStatus.TIMEOUT, new TimeoutException()),
                arguments(WebErrorStatus.CONNECTION_RESET, new SocketException("Connection reset")),
                arguments(WebErrorStatus.CONNECTION_RESET, new SocketException("Connection reset by peer")),
                arguments(WebErrorStatus.CONNECTION_ABORTED, new SocketException("Broken pipe")),
                arguments(WebErrorStatus.CONNECTION_ABORTED, new SocketException("Socket closed")),
                arguments(WebErrorStatus.CONNECTION_ABORTED, new SocketException()),
                arguments(WebErrorStatus.CONNECTION_ABORTED, new EOFException()),
                arguments(WebErrorStatus.CONNECTION_ABORTED, new ClosedChannelException()),
                arguments(WebErrorStatus.CONNECTION_ABORTED, new AsynchronousCloseException()),
                arguments(WebErrorStatus.OPERATION_CANCELED, new SocketException("Closed by interrupt")),
                arguments(WebErrorStatus.OPERATION_CANCELED, new ClosedByInterruptException()),
                arguments(WebErrorStatus.OPERATION_CANCELED, new InterruptedIOException()),
                arguments(WebErrorStatus.OPERATION_CANCELED, new InterruptedException()),
                arguments(WebErrorStatus.OPERATION_CANCELED, new CancellationException()),
                arguments(WebErrorStatus.CANNOT_CONNECT, new SSLException("Unsupported record")),
                arguments(WebErrorStatus.CANNOT_CONNECT, new SSLHandshakeException("handshake_failure")),
                arguments(WebErrorStatus.CERTIFICATE_EXPIRED, new CertificateExpiredException()),
                arguments(WebErrorStatus.CERTIFICATE_EXPIRED, new CertificateNotYetValidException()),
                arguments(WebErrorStatus.CERTIFICATE_REVOKED, revoked()),
                arguments(WebErrorStatus.CERTIFICATE_IS_INVALID, new CertificateException("something")),
                arguments(WebErrorStatus.CERTIFICATE_IS_INVALID, new CertificateException()),
                arguments(WebErrorStatus.CERTIFICATE_IS_INVALID, new CertPathBuilderException()),
                arguments(WebErrorStatus.CERTIFICATE_IS_INVALID, new CertPathValidatorException()),
                arguments(WebErrorStatus.CERTIFICATE_IS_INVALID, path(BasicReason.INVALID_SIGNATURE)),
                arguments(WebErrorStatus.CERTIFICATE_EXPIRED, path(BasicReason.EXPIRED)),
                arguments(WebErrorStatus.CERTIFICATE_EXPIRED, path(BasicReason.NOT_YET_VALID)),
                arguments(WebErrorStatus.CERTIFICATE_REVOKED, path(BasicReason.REVOKED)),
                arguments(
                        WebErrorStatus.CERTIFICATE_COMMON_NAME_IS_INCORRECT,
                        new CertificateException("No name matching example.org found")),
                arguments(
                        WebErrorStatus.CERTIFICATE_COMMON_NAME_IS_INCORRECT,
                        new CertificateException("No subject alternative DNS name matching example.org found.")));
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheJdk")
    void anExceptionOfTheJdkIsUnderstood(WebErrorStatus expected, Throwable failure) {
        assertEquals(expected, WebSocketError.getStatus(failure));
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheJdk")
    void itIsUnderstoodAlsoInsideWrappersThatTellNothing(WebErrorStatus expected, Throwable failure) {
        assertEquals(expected, WebSocketError.getStatus(new IOException(failure)));
        assertEquals(expected, WebSocketError.getStatus(new ExecutionException(failure)));
        assertEquals(
                expected,
                WebSocketError.getStatus(
                        new CompletionException(new UncheckedIOException(new IOException("outer", failure)))));
    }

    /** What the JDK and others really throw when TLS fails: the reason is at the bottom of general wrappers. */
    static Stream<Arguments> chains() {
        return Stream.of(
                arguments(
                        WebErrorStatus.CERTIFICATE_COMMON_NAME_IS_INCORRECT,
                        causedBy(
                                new SSLHandshakeException("No name matching example.org found"),
                                new CertificateException("No name matching example.org found"))),
                arguments(
                        WebErrorStatus.CERTIFICATE_IS_INVALID,
                        causedBy(new SSLHandshakeException("bad"), new CertificateException("bad"))),
                arguments(
                        WebErrorStatus.CERTIFICATE_IS_INVALID,
                        causedBy(
                                new SSLHandshakeException("PKIX path building failed"),
                                new OfTheJdk("PKIX path building failed", new CertPathBuilderException()))),
                arguments(
                        WebErrorStatus.CERTIFICATE_EXPIRED,
                        causedBy(
                                new SSLHandshakeException("PKIX path validation failed"),
                                new OfTheJdk(
                                        "PKIX path validation failed",
                                        new CertPathValidatorException(
                                                "validity check failed", new CertificateExpiredException())))),
                arguments(
                        WebErrorStatus.CERTIFICATE_EXPIRED,
                        new CertificateException("chain", new CertificateExpiredException())),
                arguments(
                        WebErrorStatus.CERTIFICATE_REVOKED,
                        causedBy(
                                new SSLHandshakeException("PKIX path validation failed"),
                                new OfTheJdk(
                                        "PKIX path validation failed",
                                        new CertPathValidatorException("revoked", revoked())))),
                arguments(
                        WebErrorStatus.CONNECTION_RESET,
                        new SSLException("Connection reset", new SocketException("Connection reset"))),
                arguments(
                        WebErrorStatus.CONNECTION_ABORTED,
                        causedBy(
                                new SSLHandshakeException("Remote host terminated the handshake"),
                                new EOFException("SSL peer shut down incorrectly"))),
                arguments(
                        WebErrorStatus.TIMEOUT,
                        new SSLException("Read timed out", new SocketTimeoutException("Read timed out"))),
                arguments(
                        WebErrorStatus.CONNECTION_RESET,
                        causedBy(new SocketException("Socket closed"), new SocketException("Connection reset"))),
                arguments(
                        WebErrorStatus.OPERATION_CANCELED,
                        causedBy(new SocketException("Socket closed"), new InterruptedException())));
    }

    @ParameterizedTest
    @MethodSource("chains")
    void thePreciseCauseOutweighsItsGeneralWrappers(WebErrorStatus expected, Throwable failure) {
        assertEquals(expected, WebSocketError.getStatus(failure));
    }

    @Test
    void amongEquallyPreciseCausesTheOutermostWins() {
        Exception inner = new UnknownHostException("host");
        assertEquals(
                WebErrorStatus.TIMEOUT,
                WebSocketError.getStatus(causedBy(new SocketTimeoutException("Connect timed out"), inner)));
    }

    @ParameterizedTest
    @EnumSource
    void anExceptionOfOursAnswersForItself(WebErrorStatus status) {
        WebSocketException ours = new WebSocketAbortedException(status, "ours", null);
        assertEquals(status, ours.status());
        assertEquals(status, WebSocketError.getStatus(ours));
        assertEquals(status, WebSocketError.getStatus(new RuntimeException(ours)));
    }

    @Test
    void anExceptionOfOursOutweighsWhatLedToItAndWhatWrapsIt() {
        WebSocketException ours =
                new WebSocketConnectException(WebErrorStatus.CANNOT_CONNECT, "ours", new UnknownHostException("x"));
        assertEquals(WebErrorStatus.CANNOT_CONNECT, WebSocketError.getStatus(ours));
        assertEquals(
                WebErrorStatus.CANNOT_CONNECT,
                WebSocketError.getStatus(causedBy(new SocketTimeoutException("outer"), ours)));
    }

    @Test
    void theOutermostOfOursWithAKnownStatusAnswers() {
        WebSocketException inner = new WebSocketAbortedException(WebErrorStatus.CONNECTION_RESET, "inner", null);
        assertEquals(
                WebErrorStatus.TIMEOUT,
                WebSocketError.getStatus(new WebSocketConnectException(WebErrorStatus.TIMEOUT, "outer", inner)));
        assertEquals(
                WebErrorStatus.CONNECTION_RESET,
                WebSocketError.getStatus(new WebSocketConnectException(WebErrorStatus.UNKNOWN, "outer", inner)));
    }

    @Test
    void aCycleOfCausesEnds() {
        Exception one = new Exception("one");
        Exception two = new Exception("two", one);
        one.initCause(two);
        Exception three = new Exception("three");
        three.initCause(new SocketTimeoutException("x").initCause(three));
        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertEquals(WebErrorStatus.UNKNOWN, WebSocketError.getStatus(one));
            assertEquals(WebErrorStatus.UNKNOWN, WebSocketError.getStatus(new RuntimeException(two)));
            assertEquals(WebErrorStatus.TIMEOUT, WebSocketError.getStatus(three));
        });
    }

    @Test
    void whatTheJdkSaysOfAnExpiredCertificateIsUnderstood() throws Exception {
        Instant now = Instant.now();
        assertEquals(
                WebErrorStatus.CERTIFICATE_EXPIRED,
                statusOfACertificateValid(now.minus(Duration.ofDays(2)), now.minus(Duration.ofDays(1))));
        assertEquals(
                WebErrorStatus.CERTIFICATE_EXPIRED,
                statusOfACertificateValid(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2))));
    }

    @Test
    void whatTheJdkSaysOfAnUnknownAuthorityIsUnderstood() throws Exception {
        SelfMadeAuthority stranger = SelfMadeAuthority.create("Stranger", KeyKind.EC);
        X509Certificate[] chain =
                stranger.issue(KeyKind.EC, "localhost").chain().toArray(new X509Certificate[0]);
        X509TrustManager trust = trusting(SelfMadeAuthority.create("Authority", KeyKind.EC));
        assertEquals(
                WebErrorStatus.CERTIFICATE_IS_INVALID,
                WebSocketError.getStatus(causedBy(
                        new SSLHandshakeException("as JSSE wraps it"),
                        assertThrows(
                                CertificateException.class, () -> trust.checkServerTrusted(chain, "ECDHE_ECDSA")))));
    }

    private static WebErrorStatus statusOfACertificateValid(Instant notBefore, Instant notAfter) throws Exception {
        SelfMadeAuthority authority = SelfMadeAuthority.create("Authority", KeyKind.EC);
        X509Certificate[] chain = authority
                .issue(KeyKind.EC, notBefore, notAfter, "localhost")
                .chain()
                .toArray(new X509Certificate[0]);
        X509TrustManager trust = trusting(authority);
        CertificateException refused =
                assertThrows(CertificateException.class, () -> trust.checkServerTrusted(chain, "ECDHE_ECDSA"));
        return WebSocketError.getStatus(causedBy(new SSLHandshakeException("as JSSE wraps it"), refused));
    }

    private static X509TrustManager trusting(SelfMadeAuthority authority) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("anchor", authority.certificate());
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX", "SunJSSE");
        factory.init(anchors);
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    @Test
    void whatTheJdkSaysOfARefusedConnectionIsUnderstood() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = (InetSocketAddress) server.getLocalSocketAddress();
        }
        try (Socket socket = new Socket()) {
            IOException refused = assertThrows(IOException.class, () -> socket.connect(nobody, 5000));
            assertEquals(WebErrorStatus.CANNOT_CONNECT, WebSocketError.getStatus(refused));
        }
    }

    @Test
    void whatTheJdkSaysOfAResetConnectionIsUnderstood() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            Socket peer = server.accept();
            peer.setSoLinger(true, 0);
            peer.close();
            client.setSoTimeout(5000);
            IOException reset = assertThrows(
                    IOException.class, () -> client.getInputStream().read());
            assertEquals(WebErrorStatus.CONNECTION_RESET, WebSocketError.getStatus(reset));
        }
    }

    @Test
    void whatTheJdkSaysOfAReadTimeoutIsUnderstood() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            client.setSoTimeout(1);
            IOException timeout = assertThrows(
                    IOException.class, () -> client.getInputStream().read());
            assertEquals(WebErrorStatus.TIMEOUT, WebSocketError.getStatus(timeout));
        }
    }
}
