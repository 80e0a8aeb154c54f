package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.HandshakeResponse;
import io.github.streamwebsocket.Headers;
import io.github.streamwebsocket.internal.PeerText;
import io.github.streamwebsocket.internal.ServerSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a client's opening request must be for a server to accept it (RFC 6455 4.2.1). Pure. */
final class OpeningRequestRules {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int UPGRADE_REQUIRED = 426;
    private static final int HTTP_VERSION_NOT_SUPPORTED = 505;

    private static final String VERSION = "Sec-WebSocket-Version";
    private static final String KEY = "Sec-WebSocket-Key";
    private static final String PROTOCOL = "Sec-WebSocket-Protocol";

    /** A host and maybe a port, without anything that another reader could take for a path, a list or user info. */
    private static final Pattern HOST = Pattern.compile("[^\\s,/?#@\\\\]+");

    /** The form of a target that goes through proxies; servers must take it too (RFC 9112 3.2.2). */
    private static final Pattern ABSOLUTE =
            Pattern.compile("(?:https?|wss?)://([^/?#]+)([/?].*)?", Pattern.CASE_INSENSITIVE);

    private final RequestLine line;
    private final Headers headers;

    OpeningRequestRules(RequestLine line, Headers headers) {
        this.line = line;
        this.headers = headers;
    }

    /** Checks a request, in the order in which each answer helps most: first whether it is HTTP, last the details. */
    UpgradeRequest check() throws RefusedRequestException {
        checkVersionOfHttp();
        checkMethod();
        String host = host();
        checkNoBody();
        checkUpgrade();
        checkVersion();
        String key = key();
        List<String> protocols = protocols();
        String target = originForm(host);
        int question = target.indexOf('?');
        return question < 0
                ? new UpgradeRequest(target, "", key, protocols)
                : new UpgradeRequest(target.substring(0, question), target.substring(question + 1), key, protocols);
    }

    /**
     * Checks where the page comes from that a browser connects for (RFC 6455 10.2). Clients that are no browsers send no
     * Origin.
     */
    void checkOrigin(Set<String> allowed) throws RefusedRequestException {
        List<String> origins = headers.all("Origin");
        if (origins.isEmpty() || allowed.contains(ServerSettings.ANY_ORIGIN)) {
            return;
        }
        if (origins.size() != 1 || allowed.stream().noneMatch(origins.get(0)::equalsIgnoreCase)) {
            throw new RefusedRequestException(
                    "expected an allowed Origin but was " + PeerText.quote(String.join(" | ", origins)),
                    HandshakeResponse.refuse(FORBIDDEN, "this origin is not allowed\n"));
        }
    }

    /**
     * Takes the offers of extensions apart. For a server that may accept one: to others they mean nothing, and bad ones do no
     * harm.
     */
    List<Extension> extensions() throws MalformedHeadException {
        return ExtensionList.parse(headers.all(Extension.FIELD));
    }

    private void checkVersionOfHttp() throws RefusedRequestException {
        if (!line.atLeastHttp11()) {
            throw RefusedRequestException.of(
                    HTTP_VERSION_NOT_SUPPORTED, "expected HTTP/1.1 but was HTTP/" + line.major() + "." + line.minor());
        }
    }

    private void checkMethod() throws RefusedRequestException {
        if (!line.method().equals("GET")) {
            String message = "expected the method GET but was " + PeerText.quote(line.method());
            throw new RefusedRequestException(
                    message,
                    HandshakeResponse.refuse(METHOD_NOT_ALLOWED, message + "\n").withHeader("Allow", "GET"));
        }
    }

    /** Two hosts are how one request becomes two for two readers (RFC 9112 3.2). */
    private String host() throws RefusedRequestException {
        String host = single("Host");
        if (!HOST.matcher(host).matches()) {
            throw RefusedRequestException.of(
                    BAD_REQUEST, "expected Host to be a host and port but was " + PeerText.quote(host));
        }
        return host;
    }

    /** An opening request has no body; bytes of one would be taken for frames. */
    private void checkNoBody() throws RefusedRequestException {
        if (headers.first("Transfer-Encoding").isPresent()) {
            throw RefusedRequestException.of(BAD_REQUEST, "expected no body but there is a Transfer-Encoding");
        }
        for (String length : headers.all("Content-Length")) {
            if (!length.equals("0")) {
                throw RefusedRequestException.of(
                        BAD_REQUEST, "expected no body but was Content-Length " + PeerText.quote(length));
            }
        }
    }

    private void checkUpgrade() throws RefusedRequestException {
        if (!HttpSyntax.listHas(headers.all("Upgrade"), "websocket")
                || !HttpSyntax.listHas(headers.all("Connection"), "upgrade")) {
            throw upgradeRequired("expected Upgrade to have \"websocket\" and Connection to have \"Upgrade\""
                    + " but they were " + PeerText.quote(String.join(" | ", headers.all("Upgrade"))) + " and "
                    + PeerText.quote(String.join(" | ", headers.all("Connection"))));
        }
    }

    private void checkVersion() throws RefusedRequestException {
        List<String> versions = headers.all(VERSION);
        if (versions.size() != 1 || !versions.get(0).equals(OpeningRequest.VERSION)) {
            throw upgradeRequired(
                    "expected " + VERSION + " \"13\" but was " + PeerText.quote(String.join(" | ", versions)));
        }
    }

    private String key() throws RefusedRequestException {
        String key = single(KEY);
        if (!OpeningKey.isValid(key)) {
            throw RefusedRequestException.of(
                    BAD_REQUEST, "expected " + KEY + " to be base64 of 16 bytes but was " + PeerText.quote(key));
        }
        return key;
    }

    private List<String> protocols() throws RefusedRequestException {
        List<String> protocols = HttpSyntax.list(headers.all(PROTOCOL));
        Set<String> seen = new HashSet<>();
        for (String protocol : protocols) {
            if (!HttpSyntax.isToken(protocol) || !seen.add(protocol)) {
                throw RefusedRequestException.of(
                        BAD_REQUEST,
                        "expected " + PROTOCOL + " to be a list of different tokens but was "
                                + PeerText.quote(String.join(", ", protocols)));
            }
        }
        return protocols;
    }

    /** Takes scheme and host off an absolute target, if the host is the one of the Host header. */
    private String originForm(String host) throws RefusedRequestException {
        String target = line.target();
        Matcher absolute = ABSOLUTE.matcher(target);
        if (absolute.matches() && absolute.group(1).equalsIgnoreCase(host)) {
            String rest = absolute.group(2);
            target = rest == null ? "/" : rest.startsWith("?") ? "/" + rest : rest;
        }
        if (!target.startsWith("/") || target.indexOf('#') >= 0) {
            throw RefusedRequestException.of(
                    BAD_REQUEST,
                    "expected a request target that begins with \"/\" or names the Host but was "
                            + PeerText.quote(line.target()));
        }
        return target;
    }

    private String single(String name) throws RefusedRequestException {
        List<String> values = headers.all(name);
        if (values.size() != 1) {
            throw RefusedRequestException.of(
                    BAD_REQUEST, "expected the header " + name + " once but it is there " + values.size() + " times");
        }
        return values.get(0);
    }

    /** Says which protocol and version would do (RFC 9110 15.5.22, RFC 6455 4.4). */
    private static RefusedRequestException upgradeRequired(String message) {
        return new RefusedRequestException(
                message,
                HandshakeResponse.refuse(UPGRADE_REQUIRED, message + "\n")
                        .withHeader("Upgrade", "websocket")
                        .withHeader(VERSION, OpeningRequest.VERSION));
    }
}
