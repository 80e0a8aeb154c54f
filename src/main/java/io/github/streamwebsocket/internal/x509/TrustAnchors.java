package io.github.streamwebsocket.internal.x509;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * Who is trusted, found by name. Holds the certificates as they came, so that a large store costs little until one of it
 * is asked for. Immutable.
 */
public final class TrustAnchors {
    private final Map<X500Name, List<X509Certificate>> bySubject = new HashMap<>();

    public TrustAnchors(Collection<X509Certificate> anchors) {
        for (X509Certificate anchor : anchors) {
            X500Name name =
                    X500Name.getInstance(anchor.getSubjectX500Principal().getEncoded());
            bySubject.computeIfAbsent(name, first -> new ArrayList<>(1)).add(anchor);
        }
    }

    /** Returns the anchors of this name. */
    List<Certificate> named(X500Name subject) {
        return bySubject.getOrDefault(subject, List.of()).stream()
                .map(Certificate::of)
                .filter(anchor -> DistinguishedNames.same(anchor.subject(), subject))
                .toList();
    }
}
