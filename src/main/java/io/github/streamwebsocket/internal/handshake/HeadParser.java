package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.internal.PeerText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes the head of an HTTP/1.1 message apart: start line and fields (RFC 9112 2-5). Pure: is fed bytes as they come,
 * in pieces of any size, and refuses at the first byte that cannot be right, so that nobody waits for the end of what
 * is not HTTP.
 *
 * <p>Strict where leniency lets two readers see two different messages, which is what request smuggling lives from: a
 * line ends with CR LF only, though RFC 9112 2.2 allows a lone LF; no continuation lines (5.2); no white space before
 * the colon (5.1); no control characters. No empty line before the start line either, as nothing came before it on this
 * connection.
 */
final class HeadParser {
    /** Most fields in a head. Each costs a line and an object, so the limit in bytes alone is not enough. */
    static final int MAX_FIELDS = 200;

    private static final int REQUEST_HEADER_FIELDS_TOO_LARGE = 431;
    private static final int URI_TOO_LONG = 414;
    private static final int BAD_REQUEST = 400;

    private static final Map<String, String> COMMON_WORDS = Stream.of(
                    "Upgrade",
                    "upgrade",
                    "Connection",
                    "connection",
                    "websocket",
                    "Sec-WebSocket-Accept",
                    "sec-websocket-accept",
                    "Sec-WebSocket-Protocol",
                    "Sec-WebSocket-Extensions",
                    "Sec-WebSocket-Key",
                    "Sec-WebSocket-Version",
                    "13",
                    "Host",
                    "Date",
                    "Server",
                    "Content-Length")
            .collect(Collectors.toUnmodifiableMap(word -> word, word -> word));

    /** Lines that stand in nearly every head. */
    private static final Map<String, Headers.Field> COMMON_LINES = Stream.of(
                    new Headers.Field("Upgrade", "websocket"),
                    new Headers.Field("upgrade", "websocket"),
                    new Headers.Field("Connection", "Upgrade"),
                    new Headers.Field("Connection", "upgrade"),
                    new Headers.Field("connection", "upgrade"),
                    new Headers.Field("connection", "Upgrade"),
                    new Headers.Field("Sec-WebSocket-Version", "13"))
            .collect(Collectors.toUnmodifiableMap(field -> field.name() + ": " + field.value(), field -> field));

    /** Content types of TLS records: alert and handshake (RFC 8446 5.1). */
    private static final int TLS_ALERT = 0x15;

    private static final int TLS_HANDSHAKE = 0x16;

    /** Which of the two heads is read; they differ in their first line only. */
    enum Kind {
        REQUEST("an HTTP request", "use ws:, or give the listener a certificate"),
        RESPONSE("an HTTP response", "use wss:");

        final String noun;
        private final String tlsAdvice;

        Kind(String noun, String tlsAdvice) {
            this.noun = noun;
            this.tlsAdvice = tlsAdvice;
        }

        private void checkStartLine(String line) throws MalformedHeadException {
            switch (this) {
                case REQUEST -> RequestLine.parse(line);
                case RESPONSE -> StatusLine.parse(line);
            }
        }

        /** Whether a byte may stand at this place of the first line. */
        private boolean admits(int index, int c) {
            if (this == RESPONSE) {
                return index >= StatusLine.PREFIX.length() || c == StatusLine.PREFIX.charAt(index);
            }
            return index > 0 || HttpSyntax.isTokenCharacter(c);
        }
    }

    private final Kind kind;
    private final int limit;
    private final List<Headers.Field> fields = new ArrayList<>();
    private byte[] line = new byte[256];
    private int lineLength;
    private int taken;
    private String startLine = "";
    private boolean complete;

    /**
     * @param limit most bytes of the head, with the empty line that ends it
     */
    HeadParser(Kind kind, int limit) {
        this.kind = kind;
        this.limit = limit;
    }

    /**
     * Takes bytes up to the end of the head.
     *
     * @return how many bytes belong to the head; fewer than given when its end is among them
     */
    int feed(byte[] buffer, int offset, int length) throws MalformedHeadException {
        int end = offset + length;
        int position = offset;
        while (position < end && !complete) {
            int c = buffer[position] & 0xff;
            if (startLine.isEmpty() && c != '\r' && c != '\n' && !kind.admits(lineLength, c)) {
                throw notHttp(buffer, position, end);
            }
            take(c);
            position++;
        }
        return position - offset;
    }

    Kind kind() {
        return kind;
    }

    boolean complete() {
        return complete;
    }

    /** How many bytes of the head have come. */
    int taken() {
        return taken;
    }

    /** Returns the request line or status line, without its CR LF. */
    String startLine() {
        return startLine;
    }

    Headers headers() {
        return Headers.of(fields);
    }

    private void take(int c) throws MalformedHeadException {
        if (taken == limit) {
            int answer = startLine.isEmpty() ? URI_TOO_LONG : REQUEST_HEADER_FIELDS_TOO_LARGE;
            throw new MalformedHeadException(answer, "expected a head of at most " + limit + " bytes but it is longer");
        }
        taken++;
        boolean afterReturn = lineLength > 0 && line[lineLength - 1] == '\r';
        if (c == '\n') {
            if (!afterReturn) {
                throw malformed("CR LF at the end of a line", lineText(lineLength) + "\n");
            }
            endLine(lineText(lineLength - 1));
            lineLength = 0;
            return;
        }
        if (afterReturn || (c != '\r' && !HttpSyntax.isValueCharacter(c))) {
            throw malformed("no control characters in the head", lineText(lineLength) + (char) c);
        }
        if (lineLength == line.length) {
            line = Arrays.copyOf(line, lineLength * 2);
        }
        line[lineLength++] = (byte) c;
    }

    private void endLine(String text) throws MalformedHeadException {
        if (startLine.isEmpty()) {
            if (text.isEmpty()) {
                throw malformed(kind.noun, "\r\n");
            }
            // Checked now and not only when the head is complete: what is not HTTP may never complete one.
            kind.checkStartLine(text);
            startLine = text;
        } else if (text.isEmpty()) {
            complete = true;
        } else {
            addField(text);
        }
    }

    private void addField(String text) throws MalformedHeadException {
        if (fields.size() == MAX_FIELDS) {
            throw new MalformedHeadException(
                    REQUEST_HEADER_FIELDS_TOO_LARGE,
                    "expected at most " + MAX_FIELDS + " header fields but there are more");
        }
        if (HttpSyntax.isBlank(text.charAt(0))) {
            throw malformed("no folded header field (RFC 9112 5.2)", text);
        }
        Headers.Field common = COMMON_LINES.get(text);
        if (common != null) {
            fields.add(common);
            return;
        }
        int colon = text.indexOf(':');
        if (colon > 0 && HttpSyntax.isBlank(text.charAt(colon - 1))) {
            throw malformed("no white space before the colon of a header field", text);
        }
        if (colon < 0 || !HttpSyntax.isToken(text.substring(0, colon))) {
            throw malformed("a header field \"name: value\"", text);
        }
        fields.add(new Headers.Field(
                shared(text.substring(0, colon)), shared(HttpSyntax.trim(text.substring(colon + 1)))));
    }

    /** Every connection keeps its head: of the words that stand in each of them one copy is enough. */
    private static String shared(String word) {
        String common = COMMON_WORDS.get(word);
        return common == null ? word : common;
    }

    /** Shows the whole first line as far as it is here, and knows the commonest mistake: the wrong one of ws and wss. */
    private MalformedHeadException notHttp(byte[] buffer, int position, int end) {
        int stop = position;
        while (stop < end && buffer[stop] != '\r' && buffer[stop] != '\n') {
            stop++;
        }
        String came = lineText(lineLength) + new String(buffer, position, stop - position, StandardCharsets.ISO_8859_1);
        MalformedHeadException plain = malformed(kind.noun, came);
        boolean tls = came.charAt(0) == TLS_ALERT || came.charAt(0) == TLS_HANDSHAKE;
        return tls
                ? new MalformedHeadException(
                        BAD_REQUEST, plain.getMessage() + ": this looks like TLS, " + kind.tlsAdvice)
                : plain;
    }

    private static MalformedHeadException malformed(String expected, String came) {
        return new MalformedHeadException(BAD_REQUEST, "expected " + expected + " but was " + PeerText.quote(came));
    }

    private String lineText(int length) {
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }
}
