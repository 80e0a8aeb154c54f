package io.github.streamwebsocket.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Tells addresses written as numbers from names. Pure: nothing here looks a name up. */
public final class IpLiteral {

    private IpLiteral() {}

    /**
     * Returns the address that a host is, when it is one.
     *
     * @param host four decimal numbers for IPv4; for IPv6 the RFC 4291 form, with or without brackets
     * @return the address, null when the host is a name
     * @throws UnknownHostException when the host has a colon, which no name has, and is no IPv6 address
     */
    public static @Nullable InetAddress parse(String host) throws UnknownHostException {
        if (host.indexOf(':') >= 0) {
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            // In brackets the JDK takes it for a literal only, and never asks a name service.
            return InetAddress.getByName(bracketed ? host : "[" + host + "]");
        }
        byte[] address = parseIpv4(host);
        return address == null ? null : InetAddress.getByAddress(address);
    }

    /** Of the many old spellings (octal, fewer parts) only the plain one counts; the others go to the resolver. */
    private static byte @Nullable [] parseIpv4(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            String part = parts[i];
            if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) {
                return null;
            }
            int value = 0;
            for (int k = 0; k < part.length(); k++) {
                char digit = part.charAt(k);
                if (digit < '0' || digit > '9') {
                    return null;
                }
                value = value * 10 + (digit - '0');
            }
            if (value > 255) {
                return null;
            }
            address[i] = (byte) value;
        }
        return address;
    }
}
