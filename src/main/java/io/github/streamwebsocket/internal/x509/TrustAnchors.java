package io.github.streamwebsocket.internal.x509;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * Who is trusted, found by name. Holds the certificates as they came, so that a large store costs little until one of it
 * is asked for. For any thread.
 */
public final class TrustAnchors {
    private final Map<X500Name, List<X509Certificate>> bySubject = new HashMap<>();
    private final ConcurrentMap<X500Name, List<Certificate>> read = new ConcurrentHashMap<>();

    public TrustAnchors(Collection<X509Certificate> anchors) {
        for (X509Certificate anchor : anchors) {
            X500Name name =
                    X500Name.getInstance(anchor.getSubjectX500Principal().getEncoded());
            bySubject.computeIfAbsent(name, first -> new ArrayList<>(1)).add(anchor);
        }
    }

    /** Returns the anchors of this name. */
    List<Certificate> named(X500Name subject) {
        return bySubject.containsKey(subject) ? read.computeIfAbsent(subject, this::readAll) : List.of();
    }

    private List<Certificate> readAll(X500Name subject) {
        return bySubject.getOrDefault(subject, List.of()).stream()
                .map(Certificate::of)
                .toList();
    }
}
