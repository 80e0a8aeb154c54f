package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.WebSocketHandshakeException;
import io.github.streamwebsocket.internal.DeflateParameters;
import io.github.streamwebsocket.internal.PeerText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server's answer must be for the connection to be open (RFC 6455 4.1, "the client MUST validate"). Pure. */
final class OpeningResponseRules {
    /** What messages begin with. */
    static final String STEP = "opening handshake: ";

    private static final String ACCEPT = "Sec-WebSocket-Accept";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";
    private static final byte[] NO_BODY = {};

    private final StatusLine status;
    private final Headers headers;

    OpeningResponseRules(StatusLine status, Headers headers) {
        this.status = status;
        this.headers = headers;
    }

    /**
     * Checks a response with status 101, all but its extensions.
     *
     * @param key the Sec-WebSocket-Key that was sent
     * @param offered the subprotocols that were offered
     * @return the subprotocol the server has chosen, "" when none
     */
    String check(String key, List<String> offered) throws WebSocketHandshakeException {
        if (!status.switchingProtocols()) {
            throw invalid("expected \"HTTP/1.1 101\" but was " + PeerText.quote(status.toString()));
        }
        checkUpgrade();
        checkConnection();
        checkAccept(OpeningKey.accept(key));
        return protocol(offered);
    }

    /**
     * Checks the extensions of a response with status 101 (step 5): only what was offered can be agreed.
     *
     * @param offer what was offered, null when nothing was
     * @return how messages are compressed, null when they are not
     */
    @Nullable
    DeflateParameters checkExtensions(@Nullable DeflateOffer offer) throws WebSocketHandshakeException {
        List<String> values = headers.all(Extension.FIELD);
        if (offer == null) {
            if (!HttpSyntax.list(values).isEmpty()) {
                throw invalid("expected no " + Extension.FIELD + ", as none was offered, but was " + quote(values));
            }
            return null;
        }
        try {
            return offer.judge(ExtensionList.parse(values));
        } catch (MalformedHeadException | InvalidExtensionException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /** Makes the exception for a response with another status. */
    WebSocketHandshakeException refused(byte[] body) {
        String message = STEP + "expected \"HTTP/1.1 101\" but was " + PeerText.quote(status.toString());
        return new WebSocketHandshakeException(
                WebErrorStatus.ofHttpStatus(status.code()), message, status.code(), headers, body);
    }

    /** Step 2. No other protocol beside: "websocket, h2c" would say that frames go over another layer. */
    private void checkUpgrade() throws WebSocketHandshakeException {
        List<String> upgrades = HttpSyntax.list(headers.all("Upgrade"));
        if (upgrades.isEmpty() || !upgrades.stream().allMatch("websocket"::equalsIgnoreCase)) {
            throw unexpected("Upgrade", "\"websocket\"", headers.all("Upgrade"));
        }
    }

    /** Step 3. A list of tokens, in which "upgrade" may stand beside others ("keep-alive, Upgrade"). */
    private void checkConnection() throws WebSocketHandshakeException {
        List<String> values = headers.all("Connection");
        if (!HttpSyntax.listHas(values, "upgrade")) {
            throw unexpected("Connection", "a list with \"Upgrade\"", values);
        }
    }

    /** Step 4. */
    private void checkAccept(String expected) throws WebSocketHandshakeException {
        List<String> values = headers.all(ACCEPT);
        if (values.size() != 1 || !values.get(0).equals(expected)) {
            throw unexpected(ACCEPT, PeerText.quote(expected), values);
        }
    }

    /** Step 6. */
    private String protocol(List<String> offered) throws WebSocketHandshakeException {
        List<String> values = headers.all(PROTOCOL);
        if (values.isEmpty()) {
            return "";
        }
        if (offered.isEmpty()) {
            throw invalid("expected no " + PROTOCOL + ", as none was offered, but was " + quote(values));
        }
        if (values.size() != 1 || !offered.contains(values.get(0))) {
            throw unexpected(PROTOCOL, "one of " + offered, values);
        }
        return values.get(0);
    }

    private WebSocketHandshakeException unexpected(String name, String expected, List<String> values) {
        return invalid(
                values.isEmpty()
                        ? "expected " + name + " " + expected + " but it is missing"
                        : "expected " + name + " " + expected + " but was " + quote(values));
    }

    private static String quote(List<String> values) {
        return values.size() == 1
                ? PeerText.quote(values.get(0))
                : values.size() + " of them: " + PeerText.quote(String.join(" | ", values));
    }

    private WebSocketHandshakeException invalid(String message) {
        return new WebSocketHandshakeException(
                WebErrorStatus.ERROR_HTTP_INVALID_SERVER_RESPONSE, STEP + message, status.code(), headers, NO_BODY);
    }
}
