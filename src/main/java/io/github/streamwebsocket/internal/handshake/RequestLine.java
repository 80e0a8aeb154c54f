package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.internal.PeerText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a request (RFC 9112 3). Pure.
 *
 * @param method any token
 * @param target visible ASCII, not empty
 * @param major the x of HTTP/x.y
 * @param minor the y of HTTP/x.y
 */
record RequestLine(String method, String target, int major, int minor) {
    /** Exactly one space between the parts: a lenient split would let the target hide a second version. */
    private static final Pattern GRAMMAR = Pattern.compile("([^ ]+) ([\\x21-\\x7e]+) HTTP/([0-9])\\.([0-9])");

    static RequestLine parse(String line) throws MalformedHeadException {
        Matcher matcher = GRAMMAR.matcher(line);
        if (!matcher.matches() || !HttpSyntax.isToken(matcher.group(1))) {
            throw new MalformedHeadException(400, "expected \"GET path HTTP/1.1\" but was " + PeerText.quote(line));
        }
        return new RequestLine(
                matcher.group(1),
                matcher.group(2),
                Integer.parseInt(matcher.group(3)),
                Integer.parseInt(matcher.group(4)));
    }

    /** The oldest version that has Upgrade (RFC 6455 4.1). */
    boolean atLeastHttp11() {
        return major == 1 && minor >= 1;
    }
}
