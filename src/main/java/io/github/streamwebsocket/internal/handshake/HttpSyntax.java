package io.github.streamwebsocket.internal.handshake;

import java.util.ArrayList;
import java.util.List;

/** The few rules of HTTP's grammar that both sides need: tokens, field values and comma lists (RFC 9110 5.6). Pure. */
final class HttpSyntax {
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private HttpSyntax() {}

    /** Whether the text is a token: what names of fields, methods and subprotocols are made of (RFC 9110 5.6.2). */
    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(HttpSyntax::isTokenCharacter);
    }

    static boolean isTokenCharacter(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || (c < 0x80 && TOKEN_MARKS.indexOf(c) >= 0);
    }

    /** Whether a byte may stand in a field's value: printable ASCII, space, tab, or 0x80 and above (RFC 9110 5.5). */
    static boolean isValueCharacter(int c) {
        return c == '\t' || (c >= 0x20 && c != 0x7f && c <= 0xff);
    }

    /** Splits a field's values, of one line or several, into the members of its list; empty ones are dropped (RFC 9110 5.6.1). */
    static List<String> list(List<String> values) {
        List<String> members = new ArrayList<>();
        for (String value : values) {
            for (String member : value.split(",", -1)) {
                String trimmed = trim(member);
                if (!trimmed.isEmpty()) {
                    members.add(trimmed);
                }
            }
        }
        return members;
    }

    static boolean listHas(List<String> values, String wanted) {
        return list(values).stream().anyMatch(wanted::equalsIgnoreCase);
    }

    /** Takes the optional white space off both ends: spaces and tabs only, as HTTP means it (RFC 9110 5.6.3). */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    static boolean isBlank(int c) {
        return c == ' ' || c == '\t';
    }
}
