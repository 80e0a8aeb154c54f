package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketHandshakeException;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;

/** Guesses whether a connect failed for a mix-up of {@code ws} and {@code wss}, which is easily made. Pure. */
final class SchemeHint {
    /** A TLS record of an alert of SSL 3 or later (RFC 8446 5.1), as our exceptions escape it. */
    private static final String TLS_ALERT = "\\x15\\x03";

    private SchemeHint() {}

    /** Returns the question to ask after the failure, or "" when nothing speaks for a mix-up. */
    static String after(IOException failure, URI uri) {
        if ("wss".equalsIgnoreCase(uri.getScheme())) {
            return repliedWithoutTls(failure) ? "; does the server want ws://?" : "";
        }
        return repliedWithTls(failure) ? "; does the server want wss://?" : "";
    }

    /** What is no TLS record at all is refused with this alert (RFC 8446 5.1). */
    private static boolean repliedWithoutTls(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (link instanceof TlsFatalAlert alert
                    && alert.getAlertDescription() == AlertDescription.unexpected_message
                    && String.valueOf(alert.getMessage()).contains("UNKNOWN")) {
                return true;
            }
        }
        return false;
    }

    /** A TLS server answers plain text with an alert, with a page that says so, or just ends the connection. */
    private static boolean repliedWithTls(IOException failure) {
        if (failure instanceof WebSocketHandshakeException answer) {
            String body = new String(answer.body(), StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            return answer.statusCode() == 0
                    ? String.valueOf(answer.getMessage()).contains(TLS_ALERT)
                    : answer.statusCode() == 400 && (body.contains("https") || body.contains("tls"));
        }
        return failure instanceof WebSocketConnectException && failure.getCause() instanceof EOFException;
    }
}
