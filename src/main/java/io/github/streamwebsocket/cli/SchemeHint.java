package io.github.streamwebsocket.cli;

import io.github.streamwebsocket.WebSocketConnectException;
import io.github.streamwebsocket.WebSocketHandshakeException;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Guesses whether a connect failed for {@code ws} in place of {@code wss}; the other mix-up the library tells. Pure. */
final class SchemeHint {
    /** A TLS record of an alert of SSL 3 or later (RFC 8446 5.1), as our exceptions escape it. */
    private static final String TLS_ALERT = "\\x15\\x03";

    private SchemeHint() {}

    /** Returns the question to ask after the failure, or "" when nothing speaks for a mix-up. */
    static String after(IOException failure, URI uri) {
        boolean plain = "ws".equalsIgnoreCase(uri.getScheme());
        return plain && repliedWithTls(failure) ? "; does the server want wss://?" : "";
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
