package io.github.streamwebsocket.internal.handshake;

import io.github.streamwebsocket.internal.PeerText;
import io.github.streamwebsocket.internal.handshake.Extension.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes Sec-WebSocket-Extensions apart (RFC 6455 9.1). White space may stand between any two words and marks, as the
 * grammar of that RFC has it (RFC 2616 2.1), and lists may have empty members (RFC 9110 5.6.1.2). Each character is looked
 * at once. Pure.
 */
final class ExtensionList {
    /** Most extensions and parameters taken, all together: far beyond what is ever offered. */
    static final int MAX_MEMBERS = 256;

    private static final int BAD_REQUEST = 400;

    private final List<Extension> extensions = new ArrayList<>();
    private int members;

    /** The value under way, and where in it we are. */
    private String text = "";

    private int at;

    private ExtensionList() {}

    /**
     * Parses the values of all fields of that name: together they are one list (RFC 6455 9.1).
     *
     * @return the extensions, in order; none for no field and for an empty one
     */
    static List<Extension> parse(List<String> values) throws MalformedHeadException {
        ExtensionList list = new ExtensionList();
        for (String value : values) {
            list.parse(value);
        }
        return list.extensions;
    }

    private void parse(String value) throws MalformedHeadException {
        text = value;
        at = 0;
        skipBlanks();
        while (at < text.length()) {
            if (!taken(',')) {
                extensions.add(extension());
                if (at < text.length() && text.charAt(at) != ',') {
                    throw unexpected("\";\" or \",\"");
                }
            }
        }
    }

    private Extension extension() throws MalformedHeadException {
        String name = token("the name of an extension");
        count();
        List<Parameter> parameters = new ArrayList<>();
        while (taken(';')) {
            parameters.add(parameter());
            count();
        }
        return new Extension(name, parameters);
    }

    private Parameter parameter() throws MalformedHeadException {
        String name = token("the name of a parameter");
        @Nullable String value = null;
        if (taken('=')) {
            boolean quoted = at < text.length() && text.charAt(at) == '"';
            value = quoted ? quoted() : token("the value of a parameter");
        }
        return new Parameter(name, value);
    }

    private String token(String what) throws MalformedHeadException {
        int start = at;
        while (at < text.length() && HttpSyntax.isTokenCharacter(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw unexpected(what);
        }
        String token = text.substring(start, at);
        skipBlanks();
        return token;
    }

    /** Unescapes a quoted-string; what comes of it must be a token (RFC 6455 9.1). */
    private String quoted() throws MalformedHeadException {
        at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && (text.charAt(at) != '"' || value.isEmpty())) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            if (at == text.length() || !HttpSyntax.isTokenCharacter(text.charAt(at))) {
                throw unexpected("a token between the quotes");
            }
            value.append(text.charAt(at++));
        }
        if (!taken('"')) {
            throw unexpected("a closing quote");
        }
        return value.toString();
    }

    /** Goes past a mark and the white space behind it, if it stands here. */
    private boolean taken(char mark) {
        if (at == text.length() || text.charAt(at) != mark) {
            return false;
        }
        at++;
        skipBlanks();
        return true;
    }

    private void skipBlanks() {
        while (at < text.length() && HttpSyntax.isBlank(text.charAt(at))) {
            at++;
        }
    }

    private void count() throws MalformedHeadException {
        if (++members > MAX_MEMBERS) {
            throw new MalformedHeadException(
                    BAD_REQUEST,
                    "expected at most " + MAX_MEMBERS + " extensions and parameters in " + Extension.FIELD
                            + " but there are more");
        }
    }

    /** Shows the value from where it goes wrong. */
    private MalformedHeadException unexpected(String expected) {
        String came = at < text.length() ? "was " + PeerText.quote(text.substring(at)) : "it ends there";
        return new MalformedHeadException(
                BAD_REQUEST, "expected " + expected + " at index " + at + " of " + Extension.FIELD + " but " + came);
    }
}
