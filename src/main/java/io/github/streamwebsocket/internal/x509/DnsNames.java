package io.github.streamwebsocket.internal.x509;

import java.util.Locale;

/** The text of DNS names in certificates (RFC 5280 4.2.1.6, RFC 9525 6.3). All in lower case. Pure. */
final class DnsNames {
    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;

    private DnsNames() {}

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static boolean isWildcard(String name) {
        return name.startsWith("*.");
    }

    /** What a wildcard stands directly over. */
    static String parent(String wildcard) {
        return wildcard.substring(2);
    }

    /**
     * Whether this is a name: labels of letters, digits, hyphens and, as they exist, underscores; the first may be the
     * wildcard. No dot at the end.
     */
    static boolean valid(String name) {
        String rest = isWildcard(name) ? parent(name) : name;
        if (rest.isEmpty() || rest.length() > LONGEST_NAME) {
            return false;
        }
        for (String label : rest.split("\\.", -1)) {
            if (!validLabel(label)) {
                return false;
            }
        }
        return true;
    }

    private static boolean validLabel(String label) {
        if (label.isEmpty() || label.length() > LONGEST_LABEL || label.startsWith("-") || label.endsWith("-")) {
            return false;
        }
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /** Whether a name is the domain or lies below it; the empty domain has all names. */
    static boolean within(String name, String domain) {
        return domain.isEmpty() || name.equals(domain) || name.endsWith("." + domain);
    }
}
