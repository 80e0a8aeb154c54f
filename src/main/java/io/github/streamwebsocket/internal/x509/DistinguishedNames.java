package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.internal.PeerText;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** Compares distinguished names, and shows them to people. Pure. */
final class DistinguishedNames {
    /** Nobody has so many; BouncyCastle compares each with each. */
    private static final int MOST_RDNS = 100;

    private DistinguishedNames() {}

    /**
     * Makes sure of what BouncyCastle reads only when it compares or shows a name (RFC 5280 4.1.2.4).
     *
     * @throws IllegalArgumentException if a part has no attribute or no such form, or there are too many
     */
    static void check(X500Name name) {
        RDN[] all = name.getRDNs();
        if (all.length > MOST_RDNS) {
            throw new IllegalArgumentException("expected at most " + MOST_RDNS + " parts of a name");
        }
        for (RDN rdn : all) {
            if (rdn.getTypesAndValues().length == 0) {
                throw new IllegalArgumentException("expected an attribute in each part of a name");
            }
        }
    }

    /**
     * Whether two names are the same: the same attributes in the same order, text compared without regard to case and
     * surplus spaces (RFC 5280 7.1). BouncyCastle's own equality disregards the order.
     */
    static boolean same(X500Name one, X500Name other) {
        return startsWith(one, other) && one.getRDNs().length == other.getRDNs().length;
    }

    /** Whether a name begins with all of another. */
    static boolean startsWith(X500Name name, X500Name beginning) {
        RDN[] all = name.getRDNs();
        RDN[] first = beginning.getRDNs();
        if (first.length > all.length) {
            return false;
        }
        for (int i = 0; i < first.length; i++) {
            if (!IETFUtils.rDNAreEqual(all[i], first[i])) {
                return false;
            }
        }
        return true;
    }

    /** Returns the common name, else the whole name; escaped and cut. */
    static String shown(X500Name name) {
        RDN[] commonNames = name.getRDNs(BCStyle.CN);
        if (commonNames.length > 0) {
            return PeerText.shown("CN="
                    + IETFUtils.valueToString(
                            commonNames[commonNames.length - 1].getFirst().getValue()));
        }
        return name.getRDNs().length == 0 ? "a certificate without a name" : PeerText.shown(name.toString());
    }
}
