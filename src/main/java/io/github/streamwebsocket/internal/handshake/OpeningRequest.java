package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.Headers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's opening request (RFC 6455 4.1). Pure.
 *
 * @param uri where it goes
 * @param key the fresh Sec-WebSocket-Key
 * @param protocols subprotocols offered, in order
 * @param deflate the offer of compression, null for none
 * @param extra what the user adds
 */
record OpeningRequest(
        WebSocketUri uri,
        String key,
        List<String> protocols,
        @Nullable DeflateOffer deflate,
        Headers extra) {
    static final String VERSION = "13";

    /** Takes only what keeps the rules, so that text of a request cannot be made of anything else. */
    OpeningRequest {
        RequestHeaderRules.checkProtocols(protocols);
        for (Headers.Field field : extra.fields()) {
            RequestHeaderRules.check(field.name(), field.value());
        }
    }

    byte[] encode() {
        StringBuilder text = new StringBuilder(256);
        text.append("GET ").append(uri.resource()).append(" HTTP/1.1\r\n");
        append(text, "Host", uri.hostHeader());
        append(text, "Upgrade", "websocket");
        append(text, "Connection", "Upgrade");
        append(text, "Sec-WebSocket-Key", key);
        append(text, "Sec-WebSocket-Version", VERSION);
        if (!protocols.isEmpty()) {
            append(text, "Sec-WebSocket-Protocol", String.join(", ", protocols));
        }
        if (deflate != null) {
            append(text, Extension.FIELD, deflate.encode());
        }
        for (Headers.Field field : extra.fields()) {
            append(text, field.name(), field.value());
        }
        return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void append(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }
}
