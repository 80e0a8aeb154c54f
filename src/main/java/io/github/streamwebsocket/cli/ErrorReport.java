package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketCertificateException;
import io.github.streamwebsocket.WebSocketClosedException;
import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketException;
import io.github.streamwebsocket.WebSocketHandshakeException;
import io.github.streamwebsocket.WebSocketProtocolException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.bouncycastle.tls.TlsException;
import org.jspecify.annotations.Nullable;

/**
 * What a failure comes to: a number for scripts and one line for people.
 *
 * @param line without line ends and control characters, whatever the peer put into it
 */
record ErrorReport(ExitCode exitCode, String line) {
    /** The code for data of a type that is not taken (RFC 6455 7.4.1); ours when it is text. */
    static final int NOT_TAKEN = 1003;

    private static final int LONGEST_LINE = 400;
    private static final String SEE_CERT = "; see \"" + Main.NAME + " cert URI\"";

    static ErrorReport of(Throwable failure) {
        return switch (failure) {
            case Failure e -> report(e.exitCode(), e.getMessage());
            case WebSocketHandshakeException e -> report(ExitCode.REFUSED, refusal(e));
            case WebSocketCertificateException e -> new ErrorReport(ExitCode.TLS, certificate(e));
            case WebSocketConnectException e ->
                report(isTls(e) ? ExitCode.TLS : ExitCode.NO_CONNECTION, e.getMessage());
            case WebSocketClosedException e -> report(ExitCode.BROKEN, closing(e));
            case WebSocketProtocolException e
            when e.closeCode() == NOT_TAKEN ->
                report(ExitCode.BROKEN, "expected binary messages but the other end sent text");
            case WebSocketException e -> report(ExitCode.BROKEN, e.getMessage());
            case FileSystemException e -> report(ExitCode.FILE, e.getMessage());
            case OutOfMemoryError e -> report(ExitCode.FAILED, "out of memory: " + e.getMessage());
            default -> report(ExitCode.FAILED, failure.getClass().getSimpleName() + ": " + failure.getMessage());
        };
    }

    private static ErrorReport report(ExitCode exitCode, @Nullable String text) {
        return new ErrorReport(exitCode, oneLine(String.valueOf(text)));
    }

    /** The hint stays whole, however long the rest is. */
    private static String certificate(WebSocketCertificateException failure) {
        String what = oneLine(String.valueOf(failure.getMessage()));
        return shorten(what, LONGEST_LINE - SEE_CERT.length()) + SEE_CERT;
    }

    private static boolean isTls(WebSocketConnectException failure) {
        boolean certificate = failure.status().name().startsWith("CERTIFICATE_");
        for (Throwable link = failure; link != null && !certificate; link = link.getCause()) {
            certificate = link instanceof SSLException || link instanceof TlsException;
        }
        // A handshake that was cut short by the connect timeout is a matter of time, not of TLS.
        return certificate
                && failure.status() != WebErrorStatus.TIMEOUT
                && failure.status() != WebErrorStatus.OPERATION_CANCELED;
    }

    private static String refusal(WebSocketHandshakeException failure) {
        if (failure.statusCode() == 0 || failure.statusCode() == 101) {
            return "the server's answer is no valid WebSocket handshake: " + failure.getMessage();
        }
        Optional<String> body = new String(failure.body(), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst();
        return "the server refused with status " + failure.statusCode()
                + body.map(line -> ": " + shorten(line, 200)).orElse("");
    }

    private static String closing(WebSocketClosedException failure) {
        int code = failure.remoteCode();
        if (code == WebSocketClosedException.NO_CLOSE_FRAME) {
            return String.valueOf(failure.getMessage());
        }
        return closing(code, failure.remoteReason());
    }

    /** Says that the other end closed the connection with an error. */
    static String closing(int code, String reason) {
        String with = code == 1005 ? "without a code" : "with code " + code + meaning(code);
        return oneLine("the other end closed the connection " + with + (reason.isEmpty() ? "" : ": " + reason));
    }

    /** The codes that a person is likely to meet (RFC 6455 7.4.1). */
    private static String meaning(int code) {
        return switch (code) {
            case 1000 -> " (done)";
            case 1001 -> " (going away)";
            case 1002 -> " (protocol error)";
            case 1003 -> " (data of a kind it does not take)";
            case 1008 -> " (against its policy)";
            case 1009 -> " (message too big)";
            case 1011 -> " (internal error)";
            case 1012 -> " (restarting)";
            case 1013 -> " (try again later)";
            default -> "";
        };
    }

    /** Returns the text on one line and without anything a terminal would obey, cut where it gets long. */
    static String oneLine(String text) {
        return shorten(printable(text), LONGEST_LINE);
    }

    /** Returns the text on one line and without anything a terminal would obey. */
    static String printable(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\t') {
                line.append(' ');
            } else if (!Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT
                    && c != 0x2028
                    && c != 0x2029) {
                line.appendCodePoint(c);
            }
        });
        return line.toString().strip();
    }

    /** Cuts the text to a length. */
    static String shorten(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
