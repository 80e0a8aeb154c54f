package io.github.streamwebsocket.internal.x509;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way from the server's certificate up, each certificate named as issuer by the one before. Immutable.
 *
 * @param certificates the server's first; without the anchor, unless the server's own certificate is the anchor
 * @param anchor where it ends, null when it leads to nobody who is trusted
 * @param endsInRoot whether the last certificate is self-signed
 * @param badSignatures certificates of the path whose signature does not verify with the key of the next
 */
record Path(
        List<Certificate> certificates,
        @Nullable Certificate anchor,
        boolean endsInRoot,
        List<Certificate> badSignatures) {
    Path {
        certificates = List.copyOf(certificates);
        badSignatures = List.copyOf(badSignatures);
    }

    Certificate leaf() {
        return certificates.get(0);
    }

    /** Whether the server's own certificate is trusted directly. */
    boolean leafIsAnchor() {
        return anchor != null && leaf().equals(anchor);
    }

    /** The issuer of a certificate of the path, null when it is not there. */
    @Nullable
    Certificate issuerOf(int index) {
        return index + 1 < certificates.size() ? certificates.get(index + 1) : anchor;
    }

    /** How a certificate of the path is called in an explanation. */
    String shown(int index) {
        return index == 0 ? "the server's certificate" : certificates.get(index).shown();
    }
}
