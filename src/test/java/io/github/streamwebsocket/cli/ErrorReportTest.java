package io.github.streamwebsocket.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.ServerCertificates;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketAbortedException;
import io.github.streamwebsocket.WebSocketCertificateException;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketHandshakeException;
import io.github.streamwebsocket.WebSocketProtocolException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorReportTest {
    static List<Arguments> failures() {
        return List.of(
                Arguments.of(ExitCode.NO_CONNECTION, "no way", connect(WebErrorStatus.CANNOT_CONNECT, null)),
                Arguments.of(
                        ExitCode.NO_CONNECTION,
                        "no way",
                        connect(WebErrorStatus.CANNOT_CONNECT, new ConnectException("refused"))),
                Arguments.of(ExitCode.NO_CONNECTION, "no way", connect(WebErrorStatus.TIMEOUT, null)),
                Arguments.of(
                        ExitCode.NO_CONNECTION,
                        "no way",
                        connect(WebErrorStatus.TIMEOUT, new SSLHandshakeException("cut short"))),
                Arguments.of(ExitCode.TLS, "no way", connect(WebErrorStatus.CERTIFICATE_EXPIRED, null)),
                Arguments.of(
                        ExitCode.TLS,
                        "not trusted: EXPIRED; see \"streamwebsocket cert URI\"",
                        certificate("not trusted: EXPIRED")),
                Arguments.of(
                        ExitCode.TLS,
                        "no way",
                        connect(WebErrorStatus.CANNOT_CONNECT, new IOException(new SSLHandshakeException("alert")))),
                Arguments.of(
                        ExitCode.REFUSED,
                        "the server refused with status 404: no such film",
                        refusal(404, "\r\n no such film\nat all")),
                Arguments.of(ExitCode.REFUSED, "the server refused with status 503", refusal(503, "")),
                Arguments.of(
                        ExitCode.REFUSED,
                        "the server's answer is no valid WebSocket handshake: expected x but was y",
                        refusal(101, "")),
                Arguments.of(
                        ExitCode.BROKEN,
                        "the other end closed the connection with code 1011 (internal error): no room",
                        closed(1011, "no room")),
                Arguments.of(ExitCode.BROKEN, "the other end closed the connection with code 4409", closed(4409, "")),
                Arguments.of(ExitCode.BROKEN, "the other end closed the connection without a code", closed(1005, "")),
                Arguments.of(ExitCode.BROKEN, "closed here", closed(1006, "")),
                Arguments.of(
                        ExitCode.BROKEN,
                        "broke",
                        new WebSocketAbortedException(WebErrorStatus.CONNECTION_RESET, "broke", null)),
                Arguments.of(
                        ExitCode.BROKEN,
                        "expected binary messages but the other end sent text",
                        new WebSocketProtocolException(1003, "use MessageWebSocket", null)),
                Arguments.of(ExitCode.BROKEN, "mask", new WebSocketProtocolException(1002, "mask", null)),
                Arguments.of(
                        ExitCode.FILE,
                        "cannot read f: no such file or directory",
                        Failure.ofFile("cannot read", Path.of("f"), new NoSuchFileException("f"))),
                Arguments.of(
                        ExitCode.FILE,
                        "cannot write f: permission denied",
                        Failure.ofFile("cannot write", Path.of("f"), new AccessDeniedException("f"))),
                Arguments.of(
                        ExitCode.FILE,
                        "cannot write f: disk full",
                        Failure.ofFile("cannot write", Path.of("f"), new FileSystemException("f", null, "disk full"))),
                Arguments.of(
                        ExitCode.FILE,
                        "cannot write f: No space left on device",
                        Failure.ofFile("cannot write", Path.of("f"), new IOException("No space left on device"))),
                Arguments.of(
                        ExitCode.FAILED,
                        "IllegalStateException: our mistake",
                        new IllegalStateException("our mistake")),
                Arguments.of(
                        ExitCode.FAILED, "out of memory: Java heap space", new OutOfMemoryError("Java heap space")));
    }

    private static Exception connect(WebErrorStatus status, Exception cause) {
        return new WebSocketConnectException(status, "no way", cause);
    }

    private static Exception certificate(String message) {
        return new WebSocketCertificateException(
                WebErrorStatus.CERTIFICATE_EXPIRED, message, ServerCertificates.NONE, null);
    }

    private static Exception refusal(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new WebSocketHandshakeException(
                WebErrorStatus.UNKNOWN, "expected x but was y", status, Headers.EMPTY, bytes);
    }

    private static Exception closed(int code, String reason) {
        return new WebSocketClosedException("closed here", 1000, code, reason, true, null);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void eachFailureHasItsExitCodeAndItsLine(ExitCode exitCode, String line, Throwable failure) {
        assertEquals(new ErrorReport(exitCode, line), ErrorReport.of(failure));
    }

    @Test
    void whatThePeerSaysStaysOnOneLineAndCommandsNoTerminal() {
        String bad = "a\nb\r\tc\u001b[31md\u0000e\u202ef\u009bg\u2028h";
        assertEquals("a b c[31mdefgh", ErrorReport.oneLine(bad));
        assertEquals(
                "the other end closed the connection with code 4000: a b c[31mdefgh",
                ErrorReport.of(closed(4000, bad)).line());
    }

    @Test
    void aLineIsCutWhenThePeerTalksTooMuch() {
        String line = ErrorReport.of(refusal(400, "x".repeat(8_000))).line();
        assertTrue(line.length() < 300 && line.endsWith("…"), line);
        String certificate = ErrorReport.of(certificate("x".repeat(8_000))).line();
        assertEquals(400, certificate.length());
        assertTrue(certificate.endsWith("x…; see \"streamwebsocket cert URI\""), certificate);
    }
}
