package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.internal.IpLiteral;
import io.github.streamwebsocket.internal.PeerText;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a certificate names a host (RFC 9525). Only subject alternative names count, never the common name; a
 * wildcard is a whole leftmost label, stands for exactly one label, and not directly over a top-level domain (6.3); an
 * address is named by an iPAddress only. Pure.
 */
final class ServerIdentity {
    private ServerIdentity() {}

    /** Notes an error unless the certificate names the host: a name, or an address written as numbers. */
    static void check(Certificate leaf, String host, Findings findings) {
        List<GeneralName> names = leaf.extensions().alternativeNames;
        InetAddress address = address(host);
        boolean named = address != null ? names(names, address) : names(names, dnsName(host));
        if (!named) {
            findings.add(ChainValidationResult.INVALID_NAME, explanation(leaf));
        }
    }

    private static @Nullable InetAddress address(String host) {
        try {
            return IpLiteral.parse(host);
        } catch (UnknownHostException neither) {
            return null;
        }
    }

    private static boolean names(List<GeneralName> names, InetAddress address) {
        for (GeneralName name : names) {
            if (name.getTagNo() == GeneralName.iPAddress
                    && Arrays.equals(ASN1OctetString.getInstance(name.getName()).getOctets(), address.getAddress())) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(List<GeneralName> names, @Nullable String host) {
        if (host == null) {
            return false;
        }
        for (GeneralName name : names) {
            if (name.getTagNo() == GeneralName.dNSName && matches(host, DnsNames.lower(text(name)))) {
                return true;
            }
        }
        return false;
    }

    /** The host as a certificate has it: A-labels, lower case, without the dot of the root; null when it has no such form. */
    private static @Nullable String dnsName(String host) {
        try {
            String ascii = DnsNames.lower(IDN.toASCII(host));
            String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
            return DnsNames.valid(name) && !DnsNames.isWildcard(name) && !endsInNumber(name) ? name : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** No top-level domain is a number (RFC 3696 2): such a host is an address that is spelt oddly. */
    private static boolean endsInNumber(String name) {
        return name.substring(name.lastIndexOf('.') + 1).chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean matches(String host, String pattern) {
        if (!DnsNames.isWildcard(pattern)) {
            return host.equals(pattern);
        }
        String parent = DnsNames.parent(pattern);
        int firstDot = host.indexOf('.');
        return firstDot > 0
                && parent.indexOf('.') > 0
                && host.substring(firstDot + 1).equals(parent);
    }

    private static String explanation(Certificate leaf) {
        List<String> shown = new ArrayList<>();
        for (GeneralName name : leaf.extensions().alternativeNames) {
            if (name.getTagNo() == GeneralName.dNSName) {
                shown.add(text(name));
            } else if (name.getTagNo() == GeneralName.iPAddress) {
                shown.add(
                        shownAddress(ASN1OctetString.getInstance(name.getName()).getOctets()));
            }
            if (shown.size() > PeerText.LIMIT / 2) {
                break; // more would be cut
            }
        }
        return shown.isEmpty() ? "valid for no name" : "valid for: " + PeerText.shown(String.join(", ", shown));
    }

    private static String shownAddress(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets).getHostAddress();
        } catch (UnknownHostException wrongLength) {
            return "an address of " + octets.length + " bytes";
        }
    }

    private static String text(GeneralName name) {
        return ASN1IA5String.getInstance(name.getName()).getString();
    }
}
