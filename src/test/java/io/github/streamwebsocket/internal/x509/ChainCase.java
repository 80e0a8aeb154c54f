package io.github.streamwebsocket.internal.x509;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.streamwebsocket.ChainValidationResult;
import io.github.streamwebsocket.Revocation;
import java.security.cert.X509CRL;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One question to the validator, for tests: chain, anchors, host and policy. */
final class ChainCase {
    /** Longest explanation that still is a line for a person. */
    static final int LONGEST_EXPLANATION = 300;

    private final List<Certificate> sent;
    private List<Certificate> anchors = List.of();
    private @Nullable String host = ChainFactory.HOST;
    private ValidationPolicy policy = ValidationPolicy.TLS_SERVER;
    private RevocationMaterial revocation = RevocationMaterial.NONE;

    private ChainCase(List<Certificate> sent) {
        this.sent = sent;
    }

    static ChainCase sent(List<Certificate> certificates) {
        return new ChainCase(certificates);
    }

    static ChainCase sent(Certificate... certificates) {
        return new ChainCase(List.of(certificates));
    }

    ChainCase trusting(Certificate... certificates) {
        anchors = List.of(certificates);
        return this;
    }

    ChainCase host(@Nullable String name) {
        host = name;
        return this;
    }

    ChainCase policy(ValidationPolicy other) {
        policy = other;
        return this;
    }

    ChainCase lists(List<X509CRL> lists) {
        revocation = new RevocationMaterial(Revocation.REQUIRED, lists, List.of(), List.of());
        return this;
    }

    /** Returns the errors and looks whether each explanation is fit to be shown. */
    Set<ChainValidationResult> errors() {
        Set<ChainValidationResult> errors = EnumSet.noneOf(ChainValidationResult.class);
        explanations().forEach((error, explanation) -> {
            errors.add(error);
            assertTrue(
                    explanation.length() <= LONGEST_EXPLANATION && explanation.matches("[ -~]+"),
                    () -> error + ": " + explanation.length() + " characters: " + explanation);
        });
        return errors;
    }

    Map<ChainValidationResult, String> explanations() {
        TrustAnchors trusted = new TrustAnchors(
                anchors.stream().map(anchor -> anchor.jca().orElseThrow()).toList());
        ValidationRequest request = new ValidationRequest(sent, host, trusted, ChainFactory.NOW, policy, revocation);
        return ChainValidator.validate(request).explanations();
    }
}
