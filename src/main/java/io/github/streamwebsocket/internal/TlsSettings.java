package io.github.streamwebsocket.internal;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.Revocation;
import io.github.streamwebsocket.TlsVersion;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * What a TLS handshake is told: whom to trust, what to offer.
 *
 * @param trustAnchors the only authorities trusted; empty: the JDK's default trust store
 * @param ignorableErrors errors of a chain that do not matter
 * @param publicKeyPins SHA-256 of SubjectPublicKeyInfo in base64, one of which must be in the path; empty: no pins
 * @param weakAlgorithmsRefused whether weak keys and hashes below the anchor are an error
 * @param revocation whether to look if certificates were revoked
 * @param revocationLists CRLs of the application
 * @param ocspResponses OCSP responses of the application, DER
 * @param clientKeys what the client proves its name with, if asked; null: nothing
 * @param lowestVersion the lowest version of TLS that is spoken
 * @param namedGroups key exchange groups in order of preference; empty: the usual ones
 * @param context makes the TLS sockets instead of BouncyCastle; its trust manager decides instead of ours
 */
public record TlsSettings(
        List<X509Certificate> trustAnchors,
        Set<ChainValidationResult> ignorableErrors,
        Set<String> publicKeyPins,
        boolean weakAlgorithmsRefused,
        Revocation revocation,
        List<X509CRL> revocationLists,
        List<byte[]> ocspResponses,
        @Nullable X509ExtendedKeyManager clientKeys,
        TlsVersion lowestVersion,
        List<String> namedGroups,
        @Nullable SSLContext context) {

    public TlsSettings {
        trustAnchors = List.copyOf(trustAnchors);
        ignorableErrors = Set.copyOf(ignorableErrors);
        publicKeyPins = Set.copyOf(publicKeyPins);
        revocationLists = List.copyOf(revocationLists);
        ocspResponses = List.copyOf(ocspResponses);
        namedGroups = List.copyOf(namedGroups);
    }

    /** All settings at their defaults, but for the anchors. */
    public static TlsSettings trusting(List<X509Certificate> trustAnchors) {
        return new TlsSettings(
                trustAnchors,
                Set.of(),
                Set.of(),
                true,
                Revocation.NONE,
                List.of(),
                List.of(),
                null,
                TlsVersion.TLS_1_2,
                List.of(),
                null);
    }
}
