package io.github.streamwebsocket.internal.tls;

import io.github.streamwebsocket.WebErrorStatus;
import io.github.streamwebsocket.internal.IpLiteral;
import io.github.streamwebsocket.internal.PeerText;
import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a certificate names a host (RFC 9525). Only subject alternative names count, never the common name;
 * a wildcard is a whole left-most label and stands for exactly one label (RFC 9525 6.3). Pure.
 */
final class CertificateNames {

    /** GeneralName types of RFC 5280 4.2.1.6. */
    private static final int DNS_NAME = 2;

    private static final int IP_ADDRESS = 7;

    private CertificateNames() {}

    /**
     * Checks that the certificate names the host.
     *
     * @param host a name, or an address written as numbers
     * @throws CertificateRefusedException when it does not; the message lists the names it has
     */
    static void check(X509Certificate certificate, String host) throws CertificateRefusedException {
        List<String> dnsNames = new ArrayList<>();
        List<String> addresses = new ArrayList<>();
        collect(certificate, host, dnsNames, addresses);
        if (!names(host, dnsNames, addresses)) {
            dnsNames.addAll(addresses);
            throw new CertificateRefusedException(
                    WebErrorStatus.CERTIFICATE_COMMON_NAME_IS_INCORRECT,
                    "the certificate does not name " + host
                            + (dnsNames.isEmpty()
                                    ? " (it has no subject alternative name)"
                                    : " (it is for: " + PeerText.shown(String.join(", ", dnsNames)) + ")"),
                    null);
        }
    }

    private static void collect(X509Certificate certificate, String host, List<String> dnsNames, List<String> addresses)
            throws CertificateRefusedException {
        Collection<List<?>> alternatives;
        try {
            alternatives = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            throw new CertificateRefusedException(
                    WebErrorStatus.CERTIFICATE_CONTAINS_ERRORS,
                    "the certificate of " + host + " has malformed subject alternative names",
                    e);
        }
        for (List<?> alternative : alternatives == null ? List.<List<?>>of() : alternatives) {
            if (alternative.get(1) instanceof String name) {
                int type = (Integer) alternative.get(0);
                if (type == DNS_NAME) {
                    dnsNames.add(name);
                } else if (type == IP_ADDRESS) {
                    addresses.add(name);
                }
            }
        }
    }

    private static boolean names(String host, List<String> dnsNames, List<String> addresses) {
        InetAddress address = address(host);
        if (address != null) {
            return addresses.stream().anyMatch(name -> address.equals(address(name)));
        }
        String asked = dnsName(host);
        return asked != null && dnsNames.stream().anyMatch(name -> matches(asked, name.toLowerCase(Locale.ROOT)));
    }

    private static @Nullable InetAddress address(String text) {
        try {
            return IpLiteral.parse(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /**
     * Returns a host as it stands in a certificate and in SNI: ASCII, lower case, without the dot of the root; null when
     * it has no such form or is an address.
     */
    static @Nullable String dnsName(String host) {
        if (host.indexOf(':') >= 0 || address(host) != null) {
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

    /** A wildcard needs two labels after it: nobody owns all of a top-level domain. */
    private static boolean matches(String host, String pattern) {
        if (!pattern.startsWith("*.")) {
            return host.equals(pattern);
        }
        String parent = pattern.substring(1);
        int firstDot = host.indexOf('.');
        return firstDot > 0 && host.substring(firstDot).equals(parent) && parent.indexOf('.', 1) > 0;
    }
}
