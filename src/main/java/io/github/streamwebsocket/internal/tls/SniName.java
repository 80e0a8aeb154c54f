package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.internal.IpLiteral;
import java.net.IDN;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The form of a host's name in the server name indication (RFC 6066 3). Pure. */
final class SniName {

    private SniName() {}

    /**
     * Returns a host as SNI names it: ASCII, lower case, without the dot of the root; null when it has no such form or is
     * an address.
     */
    static @Nullable String of(String host) {
        if (isAddress(host)) {
            return null;
        }
        try {
            String ascii = IDN.toASCII(host).toLowerCase(Locale.ROOT);
            String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            return name.isEmpty() ? null : name;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isAddress(String host) {
        try {
            return IpLiteral.parse(host) != null;
        } catch (UnknownHostException e) {
            return true; // it has a colon, which no name has
        }
    }
}
