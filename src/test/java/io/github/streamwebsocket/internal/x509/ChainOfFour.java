package io.github.streamwebsocket.internal.x509;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.ServerCertificates;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A chain without a fault, root - upper - issuing - server, each of whose parts a test may change before it is judged. */
final class ChainOfFour {
    /** When the tests take place. */
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    static final String HOST = "a.example";

    final CertificateSpec root = CertificateSpec.authority("Root", "Root");
    final CertificateSpec upper = CertificateSpec.authority("Upper", "Root");
    final CertificateSpec issuing = CertificateSpec.authority("Issuing", "Upper");
    final CertificateSpec server = CertificateSpec.server(HOST, "Issuing");

    /** What the server sends. */
    final List<CertificateSpec> sent = new ArrayList<>(List.of(server, issuing, upper));

    final List<CertificateSpec> anchors = new ArrayList<>(List.of(root));

    @Nullable
    String host = HOST;

    boolean weakAlgorithmsRefused = true;
    ValidationPolicy.KeyUse keyUse = ValidationPolicy.KeyUse.DIGITAL_SIGNATURE;

    ServerCertificates verdict() {
        return verdict(sent.stream().map(CertificateSpec::issue).toList());
    }

    /** The verdict if this is sent. */
    ServerCertificates verdict(List<Certificate> certificates) {
        return ChainValidator.validate(request(certificates));
    }

    ValidationRequest request(List<Certificate> certificates) {
        return new ValidationRequest(
                certificates,
                host,
                new TrustAnchors(anchors.stream()
                        .map(spec -> spec.issue().jca().orElseThrow())
                        .toList()),
                NOW,
                ValidationPolicy.tlsServer(weakAlgorithmsRefused, keyUse),
                RevocationMaterial.NONE);
    }

    Set<ChainValidationResult> errors() {
        return Set.copyOf(verdict().errors());
    }
}
