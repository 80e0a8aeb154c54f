package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.Revocation;
import java.security.cert.X509CRL;
import java.util.List;

/**
 * Whether to look for revoked certificates, and what there is to look at. All of it is checked; the application's may be
 * wrong by mistake, the server's on purpose.
 *
 * @param mode what is demanded
 * @param lists CRLs from the application
 * @param responses OCSP responses from the application, each an OCSPResponse in DER
 * @param stapled OCSP responses that the server stapled, the one for its own certificate first
 */
public record RevocationMaterial(Revocation mode, List<X509CRL> lists, List<byte[]> responses, List<byte[]> stapled) {

    /** Looks at nothing. */
    public static final RevocationMaterial NONE =
            new RevocationMaterial(Revocation.NONE, List.of(), List.of(), List.of());

    public RevocationMaterial {
        lists = List.copyOf(lists);
        responses = List.copyOf(responses);
        stapled = List.copyOf(stapled);
    }
}
