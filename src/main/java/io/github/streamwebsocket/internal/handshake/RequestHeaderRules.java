package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.internal.PeerText;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a user may add to the opening handshake: names and values that keep HTTP's grammar, so that they cannot smuggle a
 * second field, and none that the handshake itself writes. Pure.
 */
public final class RequestHeaderRules {
    /** Host is among them because the URI gives it; to reach another machine under that name there is targetAddress. */
    private static final Set<String> OWNED =
            Set.of("host", "upgrade", "connection", "content-length", "transfer-encoding");

    private static final String OWNED_PREFIX = "sec-websocket-";

    private RequestHeaderRules() {}

    /**
     * Checks a header of the opening request; also right for one of the response.
     *
     * @throws IllegalArgumentException if the name is no token or belongs to the handshake, or the value has characters
     *     other than tab and the printable ones of ISO-8859-1. The message does not show the value: it may be a secret
     */
    public static void check(String name, String value) {
        if (!HttpSyntax.isToken(name)) {
            throw new IllegalArgumentException(
                    "expected a header name that is a token (RFC 9110 5.6.2) but was " + PeerText.quote(name));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (OWNED.contains(lower) || lower.startsWith(OWNED_PREFIX)) {
            throw new IllegalArgumentException(
                    "expected a header that the handshake does not write itself but was " + PeerText.quote(name));
        }
        for (int i = 0; i < value.length(); i++) {
            if (!HttpSyntax.isValueCharacter(value.charAt(i))) {
                throw new IllegalArgumentException(String.format(
                        "expected printable ISO-8859-1 in the value of header \"%s\" but was U+%04X at index %d",
                        name, (int) value.charAt(i), i));
            }
        }
    }

    /**
     * Checks subprotocol names (RFC 6455 4.1, element 10).
     *
     * @throws IllegalArgumentException if one is no token or stands there twice
     */
    public static void checkProtocols(Collection<String> protocols) {
        Set<String> seen = new HashSet<>();
        for (String protocol : protocols) {
            if (!HttpSyntax.isToken(protocol)) {
                throw new IllegalArgumentException(
                        "expected a subprotocol that is a token (RFC 9110 5.6.2) but was " + PeerText.quote(protocol));
            }
            if (!seen.add(protocol)) {
                throw new IllegalArgumentException(
                        "expected each subprotocol once but was twice " + PeerText.quote(protocol));
            }
        }
    }
}
