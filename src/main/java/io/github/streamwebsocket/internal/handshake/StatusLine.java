package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.internal.PeerText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first line of a response (RFC 9112 4). Pure.
 *
 * @param minor the y of HTTP/1.y
 * @param code the status code, 100 to 999
 * @param reason the reason phrase, often ""
 */
record StatusLine(int minor, int code, String reason) {
    /** What every response we take begins with. */
    static final String PREFIX = "HTTP/1.";

    static final int SWITCHING_PROTOCOLS = 101;

    /** The space before an empty reason phrase is often left out, and nothing depends on it. */
    private static final Pattern GRAMMAR = Pattern.compile("HTTP/1\\.([0-9]) ([1-9][0-9][0-9])(?: (.*))?");

    static StatusLine parse(String line) throws MalformedHeadException {
        Matcher matcher = GRAMMAR.matcher(line);
        if (!matcher.matches()) {
            throw new MalformedHeadException(400, "expected \"HTTP/1.1 101\" but was " + PeerText.quote(line));
        }
        String reason = matcher.group(3);
        return new StatusLine(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), reason == null ? "" : reason);
    }

    /** An answer that only announces another one (RFC 9110 15.2). 101 is the one that does not. */
    boolean interim() {
        return code < 200 && code != SWITCHING_PROTOCOLS;
    }

    boolean switchingProtocols() {
        return code == SWITCHING_PROTOCOLS && minor >= 1;
    }

    @Override
    public String toString() {
        return PREFIX + minor + " " + code + (reason.isEmpty() ? "" : " " + reason);
    }
}
