package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.internal.PeerText;
import java.net.URI;

/**
 * A {@code ws:} or {@code wss:} URI, checked and taken apart (RFC 6455 3). Pure.
 *
 * @param secure whether it is {@code wss}
 * @param host the name or address to look up; IPv6 without brackets
 * @param port 1 to 65535; the scheme's default when the URI has none
 * @param resource path and query as they go into the request line, in ASCII; begins with "/"
 */
public record WebSocketUri(boolean secure, String host, int port, String resource) {
    private static final int DEFAULT_PORT = 80;
    private static final int DEFAULT_SECURE_PORT = 443;

    /**
     * Checks a URI.
     *
     * @throws IllegalArgumentException if it is no absolute ws or wss URI with a host, has a port out of range, a
     *     fragment or user info. The message shows neither user info nor query: both may be secrets
     */
    public static WebSocketUri of(URI uri) {
        String scheme = uri.getScheme();
        boolean secure = "wss".equalsIgnoreCase(scheme);
        if (!secure && !"ws".equalsIgnoreCase(scheme)) {
            String was = scheme == null ? "a relative URI" : PeerText.quote(scheme + ":");
            throw new IllegalArgumentException("expected a URI with the scheme ws or wss but was " + was);
        }
        if (uri.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "expected a URI without fragment but was one with " + PeerText.quote("#" + uri.getRawFragment()));
        }
        String authority = uri.getRawAuthority();
        if (authority != null && authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("expected a URI without user info but was one with it:"
                    + " give credentials as a request header or credential");
        }
        String host = uri.getHost();
        if (host == null) {
            throw new IllegalArgumentException(noHost(authority));
        }
        int port = uri.getPort() == -1 ? (secure ? DEFAULT_SECURE_PORT : DEFAULT_PORT) : uri.getPort();
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("expected a port from 1 to 65535 but was " + port);
        }
        boolean bracketed = host.startsWith("[");
        return new WebSocketUri(secure, bracketed ? host.substring(1, host.length() - 1) : host, port, resourceOf(uri));
    }

    private static String noHost(String authority) {
        return authority == null || authority.isEmpty()
                ? "expected a URI with a host but was one without"
                : "expected a host of letters, digits, \"-\" and \".\" (java.net.IDN.toASCII makes one of others)"
                        + " and a port from 1 to 65535 but was " + PeerText.quote(authority);
    }

    /** Only characters beyond ASCII are encoded anew: what the user has percent-encoded stays as it is. */
    private static String resourceOf(URI uri) {
        URI ascii = URI.create(uri.toASCIIString());
        String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        return ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
    }

    /**
     * Returns what the Host header says: the port only when it is not the scheme's default, IPv6 in brackets and
     * without its zone, which means nothing to another machine (RFC 6874 4).
     */
    public String hostHeader() {
        String name = host;
        if (host.indexOf(':') >= 0) {
            int zone = host.indexOf('%');
            name = "[" + (zone < 0 ? host : host.substring(0, zone)) + "]";
        }
        return port == (secure ? DEFAULT_SECURE_PORT : DEFAULT_PORT) ? name : name + ":" + port;
    }

    /** Says where the URI leads, without path and query, which may hold secrets. */
    @Override
    public String toString() {
        return (secure ? "wss://" : "ws://") + hostHeader();
    }
}
