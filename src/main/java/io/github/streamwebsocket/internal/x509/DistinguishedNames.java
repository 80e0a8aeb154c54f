package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.internal.PeerText;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/** Shows distinguished names to people. Pure. */
final class DistinguishedNames {
    private DistinguishedNames() {}

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
