package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.HandshakeResponse;
import io.github.streamwebsocket.Headers;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of a server's response to an opening request (RFC 6455 4.2.2). Pure. */
final class OpeningAnswer {
    private OpeningAnswer() {}

    /**
     * Encodes the response that opens the connection.
     *
     * @param key the client's Sec-WebSocket-Key
     * @param protocol the subprotocol chosen, "" for none
     * @param deflate how an offer of compression is accepted, null when none is
     * @param extra headers to add
     */
    static byte[] accepting(String key, String protocol, @Nullable DeflateAnswer deflate, Headers extra) {
        StringBuilder text = new StringBuilder(192);
        text.append("HTTP/1.1 101 Switching Protocols\r\n");
        append(text, "Upgrade", "websocket");
        append(text, "Connection", "Upgrade");
        append(text, "Sec-WebSocket-Accept", OpeningKey.accept(key));
        if (!protocol.isEmpty()) {
            append(text, "Sec-WebSocket-Protocol", protocol);
        }
        if (deflate != null) {
            append(text, Extension.FIELD, deflate.encode());
        }
        return end(text, extra);
    }

    /** Encodes a refusal, with its length and with the end of the connection said. */
    static byte[] refusing(HandshakeResponse response) {
        Headers extra = response.headers();
        byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(192);
        text.append("HTTP/1.1 ")
                .append(response.status())
                .append(' ')
                .append(reason(response.status()))
                .append("\r\n");
        // Whoever sends Upgrade must name it in Connection (RFC 9110 7.8).
        append(text, "Connection", extra.first("Upgrade").isPresent() ? "close, Upgrade" : "close");
        if (extra.first("Content-Type").isEmpty()) {
            append(text, "Content-Type", "text/plain; charset=utf-8");
        }
        append(text, "Content-Length", Integer.toString(body.length));
        byte[] head = end(text, extra);
        byte[] all = new byte[head.length + body.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(body, 0, all, head.length, body.length);
        return all;
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }

    private static byte[] end(StringBuilder text, Headers extra) {
        for (Headers.Field field : extra.fields()) {
            append(text, field.name(), field.value());
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The reason phrases of what we send ourselves and of what handlers are likely to; "" is as good (RFC 9112 4). */
    private static String reason(int status) {
        return switch (status) {
            case 301 -> "Moved Permanently";
            case 302 -> "Found";
            case 303 -> "See Other";
            case 307 -> "Temporary Redirect";
            case 308 -> "Permanent Redirect";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 414 -> "URI Too Long";
            case 426 -> "Upgrade Required";
            case 429 -> "Too Many Requests";
            case 431 -> "Request Header Fields Too Large";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            case 505 -> "HTTP Version Not Supported";
            default -> "";
        };
    }
}
