package io.github.streamwebsocket.internal.x509;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;

/**
 * The way from a server's certificate to its issuers as far as signatures lead. A server may send any certificate beside
 * its own, such as one whose key is pinned; here only those count that vouch for it. Pure.
 */
public final class SignedPath {

    /** Most certificates that are looked at, so that a server cannot make us verify for long. */
    private static final int LIMIT = 10;

    private SignedPath() {}

    /**
     * Follows signatures up.
     *
     * @param certificates the server's own first, the others in any order
     * @return the first, who signed it, and so on, as far as they are among the first ten
     */
    public static List<X509Certificate> of(List<X509Certificate> certificates) {
        return of(certificates, certificate -> true);
    }

    /**
     * The same, but only through authorities: where nobody else has looked whether who signed may sign, as whoever has a
     * server's certificate of an authority could sign others with its key (RFC 5280 4.2.1.9, 4.2.1.3).
     *
     * @param certificates the server's own first, the others in any order
     * @return the first, which authority signed it, and so on, as far as they are among the first ten
     */
    public static List<X509Certificate> ofAuthorities(List<X509Certificate> certificates) {
        return of(certificates, SignedPath::maySign);
    }

    /** An old root of version 1 cannot say that it is an authority; whoever issues such certificates to others is none. */
    private static boolean maySign(Certificate certificate) {
        boolean oldRoot = certificate.holder().getExtensions() == null && certificate.selfIssued();
        return oldRoot
                || (certificate.extensions().isAuthority()
                        && certificate.extensions().allows(KeyUsage.keyCertSign));
    }

    private static List<X509Certificate> of(List<X509Certificate> certificates, Predicate<Certificate> maySign) {
        List<X509Certificate> left = new ArrayList<>(certificates.subList(0, Math.min(certificates.size(), LIMIT)));
        List<X509Certificate> path = new ArrayList<>();
        X509Certificate next = left.isEmpty() ? null : left.get(0);
        while (next != null) {
            left.remove(next);
            path.add(next);
            next = issuer(Certificate.of(next), left, maySign);
        }
        return path;
    }

    private static @Nullable X509Certificate issuer(
            Certificate certificate, List<X509Certificate> candidates, Predicate<Certificate> maySign) {
        for (X509Certificate candidate : candidates) {
            Certificate issuer = Certificate.of(candidate);
            if (signed(certificate, issuer) && maySign.test(issuer)) {
                return candidate;
            }
        }
        return null;
    }

    private static boolean signed(Certificate certificate, Certificate issuer) {
        return !certificate.malformed()
                && !issuer.malformed()
                && certificate.issuer().equals(issuer.subject())
                && Crypto.verifies(certificate.holder(), issuer.publicKeyInfo());
    }
}
