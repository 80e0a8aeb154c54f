package io.github.streamwebsocket.internal.x509;

import java.net.URI;
import java.net.URISyntaxException;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.OtherName;
import org.jspecify.annotations.Nullable;

/**
 * How a name lies to a subtree of names (RFC 5280 4.2.1.10). A name that makes no sense, and a form of name that is not
 * known here, is within no permitted subtree and touched by every excluded one. Pure.
 */
final class NameSubtrees {
    private NameSubtrees() {}

    /** Whether a subtree speaks of names of this form. */
    static boolean sameForm(GeneralName name, GeneralName subtree) {
        if (name.getTagNo() != subtree.getTagNo()) {
            return false;
        }
        return name.getTagNo() != GeneralName.otherName
                || OtherName.getInstance(name.getName())
                        .getTypeID()
                        .equals(OtherName.getInstance(subtree.getName()).getTypeID());
    }

    /** Whether all that a name stands for lies in a subtree of its form. */
    static boolean contains(GeneralName subtree, GeneralName name) {
        return switch (name.getTagNo()) {
            case GeneralName.dNSName -> dnsContains(text(subtree), DnsNames.lower(text(name)));
            case GeneralName.iPAddress -> addressContains(octets(subtree), octets(name));
            case GeneralName.directoryName ->
                DistinguishedNames.startsWith(
                        X500Name.getInstance(name.getName()), X500Name.getInstance(subtree.getName()));
            case GeneralName.rfc822Name -> mailContains(text(subtree), text(name));
            case GeneralName.uniformResourceIdentifier -> hostContains(text(subtree), hostOf(text(name)));
            default -> false;
        };
    }

    /** Whether something that a name stands for may lie in a subtree of its form. */
    static boolean touches(GeneralName subtree, GeneralName name) {
        return switch (name.getTagNo()) {
            case GeneralName.dNSName -> dnsTouches(DnsNames.lower(text(subtree)), DnsNames.lower(text(name)));
            case GeneralName.iPAddress -> !addressValid(octets(name)) || contains(subtree, name);
            case GeneralName.directoryName -> contains(subtree, name);
            case GeneralName.rfc822Name -> text(name).indexOf('@') < 1 || contains(subtree, name);
            case GeneralName.uniformResourceIdentifier -> hostOf(text(name)) == null || contains(subtree, name);
            default -> true;
        };
    }

    /** Whether a subtree makes sense for its form. */
    static boolean valid(GeneralName subtree) {
        return switch (subtree.getTagNo()) {
            case GeneralName.dNSName -> dnsSubtreeValid(DnsNames.lower(text(subtree)));
            case GeneralName.iPAddress -> maskValid(octets(subtree));
            default -> true;
        };
    }

    private static boolean dnsSubtreeValid(String subtree) {
        String domain = withoutLeadingDot(subtree);
        return subtree.isEmpty() || (DnsNames.valid(domain) && !DnsNames.isWildcard(domain));
    }

    /** The RFC knows no dot in front; who writes one means what lies below the domain. */
    private static String withoutLeadingDot(String subtree) {
        return subtree.startsWith(".") ? subtree.substring(1) : subtree;
    }

    private static boolean dnsContains(String subtree, String name) {
        String domain = withoutLeadingDot(DnsNames.lower(subtree));
        if (!DnsNames.valid(name)) {
            return false;
        }
        if (DnsNames.isWildcard(name)) {
            return DnsNames.within(DnsNames.parent(name), domain);
        }
        return DnsNames.within(name, domain) && !(subtree.startsWith(".") && name.equals(domain));
    }

    /** A wildcard also touches a domain that is one of the names it stands for. */
    private static boolean dnsTouches(String subtree, String name) {
        String domain = withoutLeadingDot(subtree);
        if (!DnsNames.valid(name)) {
            return true;
        }
        if (DnsNames.isWildcard(name)) {
            String parent = DnsNames.parent(name);
            int dot = domain.indexOf('.');
            return DnsNames.within(parent, domain)
                    || (dot > 0 && domain.substring(dot + 1).equals(parent));
        }
        return DnsNames.within(name, domain);
    }

    private static boolean addressValid(byte[] address) {
        return address.length == 4 || address.length == 16;
    }

    /** An address and a mask, whose ones all stand before its zeros. */
    private static boolean maskValid(byte[] subtree) {
        if (subtree.length != 8 && subtree.length != 32) {
            return false;
        }
        boolean zeroSeen = false;
        for (int bit = subtree.length * 4; bit < subtree.length * 8; bit++) {
            boolean one = (subtree[bit / 8] >> (7 - bit % 8) & 1) == 1;
            if (one && zeroSeen) {
                return false;
            }
            zeroSeen |= !one;
        }
        return true;
    }

    private static boolean addressContains(byte[] subtree, byte[] address) {
        if (!addressValid(address) || subtree.length != 2 * address.length) {
            return false;
        }
        for (int i = 0; i < address.length; i++) {
            int mask = subtree[address.length + i];
            if ((address[i] & mask) != (subtree[i] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** A mailbox, all mailboxes of a host, or with a dot in front of all hosts of a domain. */
    private static boolean mailContains(String subtree, String address) {
        int at = address.lastIndexOf('@');
        if (at < 1) {
            return false;
        }
        int subtreeAt = subtree.lastIndexOf('@');
        String host = address.substring(at + 1);
        return subtreeAt < 0
                ? hostContains(subtree, host)
                : address.substring(0, at).equals(subtree.substring(0, subtreeAt))
                        && hostContains(subtree.substring(subtreeAt + 1), host);
    }

    /** A host itself, or with a dot in front all that lies below it. The dot of the root makes it no other host. */
    private static boolean hostContains(String subtree, @Nullable String host) {
        if (host == null) {
            return false;
        }
        String wanted = DnsNames.lower(subtree);
        String lower = DnsNames.lower(host.endsWith(".") ? host.substring(0, host.length() - 1) : host);
        return wanted.startsWith(".") ? lower.endsWith(wanted) : wanted.isEmpty() || lower.equals(wanted);
    }

    /** The host of a URI, if it is a name; constraints cannot speak of addresses. */
    private static @Nullable String hostOf(String uri) {
        try {
            String host = new URI(uri).getHost();
            boolean name = host != null && !host.startsWith("[") && !host.matches("[0-9.]+");
            return name ? host : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    static String shown(GeneralName name) {
        return switch (name.getTagNo()) {
            case GeneralName.dNSName, GeneralName.rfc822Name, GeneralName.uniformResourceIdentifier -> text(name);
            case GeneralName.directoryName ->
                X500Name.getInstance(name.getName()).toString();
            default -> name.toString();
        };
    }

    private static String text(GeneralName name) {
        return ASN1IA5String.getInstance(name.getName()).getString();
    }

    private static byte[] octets(GeneralName name) {
        return ASN1OctetString.getInstance(name.getName()).getOctets();
    }
}
